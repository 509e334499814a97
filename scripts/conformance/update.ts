import { readFileSync } from 'node:fs';
import { buildGraph } from '../../src/compile/build-graph.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { plan } from '../../src/plan/plan.ts';
import type { UpdatePlan } from '../../src/plan/update-plan.ts';
import { type BindOptions, bindStack } from '../../src/stack/bind-stack.ts';
import type { Stack } from '../../src/stack/stack.ts';
import { readTemplate } from '../../src/template/template.ts';
import { isMap, type Value } from '../../src/values/value.ts';
import { loadDocument } from '../../src/yaml/document.ts';
import { difference, listDifference } from './compare.ts';

const LISTS = ['added', 'deleted', 'replaced', 'updated', 'unchanged'] as const;

/**
 * What we make of an update, in the oracle's words: `graph`, and `preview` as heat_preview.py prints it.
 *
 * @param oldPath the template that the stack has. Undefined: it has the other one, and is deleted.
 */
export function examineUpdate(oldPath: string | undefined, newPath: string, options: BindOptions): Map<string, Value> {
  const out = new Map<string, Value>();
  const next = bindFile(newPath, options);
  const old = oldPath === undefined ? next : bindFile(oldPath, options);
  if (next === undefined || old === undefined) return out;
  const action = oldPath === undefined ? 'DELETE' : 'UPDATE';
  out.set('graph', graphForm(buildGraph(next.stack, { action, previous: old.stack }).graph, action.toLowerCase()));
  if (action === 'UPDATE') {
    out.set('preview', previewForm(plan(old.stack, next.stack), [...old.diagnostics, ...next.diagnostics]));
  }
  return out;
}

function bindFile(
  path: string,
  options: BindOptions,
): { stack: Stack; diagnostics: readonly Diagnostic[] } | undefined {
  const loaded = loadDocument({ name: path, text: readFileSync(path).toString('utf8') });
  const read = loaded.ok ? readTemplate(loaded.document) : undefined;
  return read?.ok ? bindStack(read.template, options) : undefined;
}

function graphForm(graph: TaskGraph, action: string): Value {
  const node = (index: number): Value => {
    const { name, action: does } = graph.tasks[index] as TaskGraph['tasks'][number];
    return [name, does !== 'DELETE' && does !== 'CLEANUP'];
  };
  const indexes = [...graph.tasks.keys()];
  return new Map<Value, Value>([
    ['action', action],
    ['nodes', indexes.map(node)],
    ['edges', Array.from(graph.edges(), ({ requirer, required }) => [node(requirer), node(required)])],
    ['leaves', indexes.filter((index) => graph.requires(index).length === 0).map(node)],
    ['roots', indexes.filter((index) => graph.requiredBy(index).length === 0).map(node)],
  ]);
}

function previewForm(made: UpdatePlan, problems: readonly Diagnostic[]): Value {
  const heats = [...problems, ...made.diagnostics].map(({ heat }) => heat ?? null);
  return new Map<Value, Value>([...LISTS.map((list): [Value, Value] => [list, [...made[list]]]), ['errors', heats]]);
}

/**
 * How a graph differs. Ours is the one without Heat's validation, which lets unchanged resources wait for foreign
 * subnets (docs/differences.md): where both are told that one counts, and leaves and roots are not told of it.
 */
export function graphDifference(expected: Value, actual: Value): string | undefined {
  if (!isMap(expected) || !isMap(actual)) return difference(expected, actual, false);
  const plain = expected.get('edges_without_validation');
  const fields: [string, Value][] = [
    ['nodes', expected.get('nodes') ?? null],
    ['edges', plain ?? expected.get('edges') ?? null],
  ];
  if (plain === undefined) {
    for (const name of ['leaves', 'roots']) if (expected.has(name)) fields.push([name, expected.get(name) as Value]);
  }
  const action = expected.get('action') ?? null;
  if (action !== actual.get('action')) return difference(action, actual.get('action') ?? null, false, '.action');
  for (const [name, value] of fields) {
    const found = listDifference(value, actual.get(name) ?? null);
    if (found !== undefined) return `.${name}: ${found}`;
  }
  return undefined;
}

/** How a preview differs; of one that Heat could not make, only its exception counts. */
export function previewDifference(expected: Value, actual: Value): string | undefined {
  if (!isMap(expected) || !isMap(actual)) return difference(expected, actual, false);
  const error = expected.get('error');
  if (error !== undefined) {
    const type = isMap(error) ? (error.get('type') ?? null) : error;
    const heats = actual.get('errors') as readonly Value[];
    return heats.includes(type) ? undefined : `expected the error ${String(type)}, got ${heats.join(', ') || 'none'}`;
  }
  for (const list of LISTS) {
    const found = listDifference(expected.get(list) ?? null, actual.get(list) ?? null);
    if (found !== undefined) return `.${list}: ${found}`;
  }
  return undefined;
}
