import { expect } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { order } from '../../src/graph/order.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { type AttachOptions, attachHooks } from '../../src/hooks/attach-hooks.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { type CompileOptions, compile } from '../../src/index.ts';

/** A graph of a template that has to be right. */
export function compiled(text: string, options: CompileOptions = {}): TaskGraph {
  const result = compile({ text, name: 'template.yaml' }, options);
  expect(formatDiagnostics(result.diagnostics)).toBe('');
  if (!result.ok) throw new Error('not compiled');
  return result.graph;
}

/** A graph with hooks that have to be right. */
export function hooked(graph: TaskGraph, hooks: readonly Hook[], options: AttachOptions = {}): TaskGraph {
  const result = attachHooks(graph, hooks, options);
  expect(formatDiagnostics(result.diagnostics)).toBe('');
  if (!result.ok) throw new Error('not attached');
  return result.graph;
}

/** What is wrong with hooks: codes with messages. */
export function refusals(graph: TaskGraph, hooks: readonly Hook[], options: AttachOptions = {}): string[] {
  const result = attachHooks(graph, hooks, options);
  return result.diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

/** Edges as texts, `requirer requires required (kinds)`, of the tasks of that name alone. */
export function edgesOf(graph: TaskGraph, ...ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  const edges: string[] = [];
  for (const { requirer, required, reasons } of graph.edges()) {
    const [one, other] = [graph.tasks[requirer]?.id ?? '', graph.tasks[required]?.id ?? ''];
    if (chosen.size > 0 && !chosen.has(one)) continue;
    edges.push(`${one} requires ${other} (${[...new Set(reasons.map(({ kind }) => kind))].join(', ')})`);
  }
  return edges.sort();
}

/** Everything that a task requires, directly or not, by id. */
export function allRequired(graph: TaskGraph): Map<string, Set<string>> {
  const sorted = order(graph);
  if (!sorted.ok) throw new Error('a cycle');
  const all = new Map<string, Set<string>>();
  for (const index of sorted.order) {
    const own = new Set<string>();
    for (const required of graph.requires(index)) {
      const id = graph.tasks[required]?.id ?? '';
      own.add(id);
      for (const further of all.get(id) ?? []) own.add(further);
    }
    all.set(graph.tasks[index]?.id ?? '', own);
  }
  return all;
}
