import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import { graphJsonDuplicate, graphJsonUnknownTask, graphJsonVersion } from '../diagnostics/graph.ts';
import { TaskGraphBuilder } from './builder.ts';
import { type Codec, isObject, JsonReader } from './json-codec.ts';
import { edge, FORMAT_VERSION, output, scope, task } from './json-format.ts';
import type { TaskGraph } from './task-graph.ts';

export type FromJsonResult =
  /** The diagnostics are warnings. */
  | { readonly ok: true; readonly graph: TaskGraph; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const SECTIONS: ReadonlySet<string> = new Set(['formatVersion', 'tasks', 'edges', 'scopes', 'outputs']);

/**
 * The graph of what `JSON.parse` gave. The data may come from anywhere: whatever is wrong with it is told, with the
 * path at which it stands, and nothing is thrown. Whether the graph has a cycle is for `order` to say.
 */
export function fromJSON(data: unknown): FromJsonResult {
  const reader = new JsonReader();
  if (!isObject(data)) {
    reader.wrong('a graph: an object with formatVersion, tasks, edges, scopes and outputs', data);
    return { ok: false, diagnostics: reader.diagnostics };
  }
  const version = own(data, 'formatVersion');
  if (version !== FORMAT_VERSION) {
    reader.report(graphJsonVersion(version, FORMAT_VERSION));
    return { ok: false, diagnostics: reader.diagnostics };
  }
  const builder = new TaskGraphBuilder();
  readScopes(data, reader, builder);
  readTasks(data, reader, builder);
  // An edge to a task that could not be read would be told as an unknown task.
  if (!reader.failed) readEdges(data, reader, builder);
  if (!reader.failed) readOutputs(data, reader, builder);
  for (const key of Object.keys(data)) if (!SECTIONS.has(key)) reader.unknownKey(key, [...SECTIONS]);
  if (reader.failed) return { ok: false, diagnostics: reader.diagnostics };
  return { ok: true, graph: builder.build(), diagnostics: reader.diagnostics };
}

function readScopes(data: object, reader: JsonReader, builder: TaskGraphBuilder): void {
  const seen = new Set<string>();
  readEach(data, 'scopes', scope, reader, (one, path) => {
    if (seen.has(one.path)) return reader.report(graphJsonDuplicate(path, 'scope', one.path));
    seen.add(one.path);
    builder.scope(one);
  });
}

function readTasks(data: object, reader: JsonReader, builder: TaskGraphBuilder): void {
  readEach(data, 'tasks', task, reader, (one, path) => {
    if (builder.indexOf(one.id) >= 0) reader.report(graphJsonDuplicate(path, 'task', one.id));
    else builder.task(one);
  });
}

function readEdges(data: object, reader: JsonReader, builder: TaskGraphBuilder): void {
  readEach(data, 'edges', edge, reader, (one, path) => {
    const requirer = taskIndex(one.requirer, [...path, 'requirer'], reader, builder);
    const required = taskIndex(one.required, [...path, 'required'], reader, builder);
    if (one.reasons.length === 0) reader.wrongAt([...path, 'reasons'], 'at least one reason', one.reasons);
    if (requirer < 0 || required < 0) return;
    for (const reason of one.reasons) builder.edge(requirer, required, reason);
  });
}

function readOutputs(data: object, reader: JsonReader, builder: TaskGraphBuilder): void {
  const seen = new Map<string, Set<string>>();
  readEach(data, 'outputs', output, reader, (one, path) => {
    const names = seen.get(one.scope) ?? new Set();
    seen.set(one.scope, names);
    if (names.has(one.name)) return reader.report(graphJsonDuplicate(path, 'output', one.name));
    names.add(one.name);
    const requires = one.requires.map((id, i) => taskIndex(id, [...path, 'requires', i], reader, builder));
    if (!requires.includes(-1)) builder.output({ ...one, requires });
  });
}

function taskIndex(id: string, path: Path, reader: JsonReader, builder: TaskGraphBuilder): number {
  const index = builder.indexOf(id);
  if (index < 0 && !reader.full) reader.report(graphJsonUnknownTask(path, id, builder.ids()));
  return index;
}

function readEach<T>(
  data: object,
  section: string,
  codec: Codec<T>,
  reader: JsonReader,
  take: (one: T, path: Path) => void,
): void {
  const items: unknown = own(data, section);
  if (!Array.isArray(items)) {
    reader.wrongAt([section], 'a list', items);
    return;
  }
  for (const [index, item] of items.entries()) {
    if (reader.full) return;
    reader.path.push(section, index);
    const read = codec.read(item, reader);
    reader.path.length = 0;
    if (read !== undefined) take(read, [section, index]);
  }
}

function own(data: object, key: string): unknown {
  return Object.hasOwn(data, key) ? (data as Record<string, unknown>)[key] : undefined;
}
