import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  graphlibBadLabel,
  graphlibDuplicateTask,
  graphlibLostOutput,
  graphlibUndirected,
} from '../diagnostics/graphlib.ts';
import { TaskGraphBuilder } from '../graph/builder.ts';
import { isEdgeKind } from '../graph/edge-reasons.ts';
import type { EdgeKind, EdgeReason, GraphOutput, Scope, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { fromPlain } from '../values/encode.ts';
import type { Value } from '../values/value.ts';

/** What is used of a graphlib Graph: any version of graphlib will do. */
export interface GraphlibGraph {
  isDirected(): boolean;
  graph(): unknown;
  nodes(): string[];
  node(name: string): unknown;
  edges(): { v: string; w: string; name?: string | undefined }[];
  edge(edge: { v: string; w: string; name?: string | undefined }): unknown;
}

export interface FromGraphlibOptions {
  /** Which end of an edge is the required task. Default `v`, as `toGraphlib` makes them. */
  readonly required?: 'v' | 'w';
  /** For nodes whose label does not say. Default `CREATE`. */
  readonly action?: string;
  /** For nodes whose label does not say. Default `OS::Heat::None`. */
  readonly type?: string;
  /** For edges whose label does not say. Default `depends_on`. */
  readonly kind?: EdgeKind;
  /** Says what task a node is, before its label is asked; what it leaves out is taken as without it. */
  readonly task?: (node: string, label: unknown) => Partial<Task> | undefined;
}

export type FromGraphlibResult =
  /** The diagnostics are warnings. */
  | { readonly ok: true; readonly graph: TaskGraph; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

type Fields = { readonly [key: string]: unknown };

/**
 * The task graph of a graphlib Graph. One that `toGraphlib` made comes back as it was, less what was taken out of it.
 * In one that somebody else made, a node is a task of the node's name; of its label, the fields of a `Task` are taken
 * where they are of the right type (`inputs` may be plain data), of an edge's label `reasons` or `kind`.
 */
export function fromGraphlib(source: GraphlibGraph, options: FromGraphlibOptions = {}): FromGraphlibResult {
  if (!source.isDirected()) return { ok: false, diagnostics: [graphlibUndirected()] };
  const diagnostics: Diagnostic[] = [];
  const builder = new TaskGraphBuilder();
  const indexes = new Map<string, number>();
  for (const node of source.nodes()) {
    const task = taskOf(node, source.node(node), options, diagnostics);
    if (builder.indexOf(task.id) >= 0) diagnostics.push(graphlibDuplicateTask(node, task.id));
    else indexes.set(node, builder.task(task));
  }
  for (const edge of source.edges()) {
    const [required, requirer] = options.required === 'w' ? [edge.w, edge.v] : [edge.v, edge.w];
    const from = indexes.get(requirer);
    const to = indexes.get(required);
    if (from === undefined || to === undefined) continue;
    for (const reason of reasonsOf(edge, source.edge(edge), options, diagnostics)) builder.edge(from, to, reason);
  }
  readGraphLabel(fieldsOf(source.graph()), builder, diagnostics);
  if (diagnostics.some((one) => one.severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, graph: builder.build(), diagnostics };
}

function taskOf(node: string, label: unknown, options: FromGraphlibOptions, diagnostics: Diagnostic[]): Task {
  const fields: Fields = { ...fieldsOf(label), ...options.task?.(node, label) };
  const text = (key: string, otherwise: string): string => {
    const value = own(fields, key);
    return typeof value === 'string' ? value : otherwise;
  };
  const id = text('id', node);
  const inputs = own(fields, 'inputs');
  const policy = own(fields, 'policy');
  const place = own(fields, 'place');
  for (const [key, value] of [
    ['inputs', inputs],
    ['policy', policy],
    ['place', place],
  ] as const) {
    if (value !== undefined && !isRecord(value))
      diagnostics.push(graphlibBadLabel('Node', node, `a task: ${key} is no object`));
  }
  return {
    id,
    action: text('action', options.action ?? 'CREATE'),
    name: text('name', id),
    type: text('type', options.type ?? 'OS::Heat::None'),
    scope: text('scope', ''),
    inputs: isRecord(inputs) ? inputsOf(inputs) : {},
    ...(isRecord(policy) && { policy }),
    ...(isRecord(place) && { place: place as unknown as NonNullable<Task['place']> }),
  };
}

/** Values stay as they are; plain objects in them become maps. */
function inputsOf(inputs: Fields): Readonly<Record<string, Value>> {
  const result: Record<string, Value> = {};
  for (const key of Object.keys(inputs)) {
    const value = fromPlain(inputs[key]);
    Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

function reasonsOf(
  edge: { v: string; w: string },
  label: unknown,
  options: FromGraphlibOptions,
  diagnostics: Diagnostic[],
): readonly EdgeReason[] {
  const fields = fieldsOf(label);
  const reasons = own(fields, 'reasons');
  if (reasons === undefined) {
    const kind = own(fields, 'kind');
    return [{ kind: isEdgeKind(kind) ? kind : (options.kind ?? 'depends_on') }];
  }
  const sound =
    Array.isArray(reasons) && reasons.length > 0 && reasons.every((one) => isEdgeKind(own(fieldsOf(one), 'kind')));
  if (sound) return reasons as EdgeReason[];
  diagnostics.push(graphlibBadLabel('Edge', `${edge.v} -> ${edge.w}`, 'an edge: its reasons are no list of reasons'));
  return [];
}

function readGraphLabel(label: Fields, builder: TaskGraphBuilder, diagnostics: Diagnostic[]): void {
  const scopes = own(label, 'scopes');
  if (scopes instanceof Map) for (const scope of scopes.values() as Iterable<Scope>) builder.scope(scope);
  const outputs = own(label, 'outputs');
  if (!Array.isArray(outputs)) return;
  for (const output of outputs as (Omit<GraphOutput, 'requires'> & { requires: readonly string[] })[]) {
    if (!Array.isArray(output?.requires)) continue;
    const lost = output.requires.find((id) => builder.indexOf(id) < 0);
    if (lost === undefined) builder.output({ ...output, requires: output.requires.map((id) => builder.indexOf(id)) });
    else diagnostics.push(graphlibLostOutput(output.name, lost));
  }
}

function fieldsOf(label: unknown): Fields {
  return isRecord(label) ? label : {};
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
