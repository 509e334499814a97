import { readFileSync } from 'node:fs';
import {
  attachHooks,
  compile,
  environmentHooks,
  formatDiagnostics,
  order,
  readHooks,
  type TaskGraph,
} from '../../src/index.ts';
import { standardActions } from '../../src/workflow/index.ts';

const FOLDER = 'fixtures/three-tier-hooks';
export const read = (name: string): { text: string; name: string } => ({
  text: readFileSync(`${FOLDER}/${name}`, 'utf8'),
  name,
});

/** The graph of fixtures/three-tier-hooks, with its hooks. */
export function shop(): TaskGraph {
  const file = readHooks(read('hooks.yaml'));
  if (!file.ok) throw new Error(formatDiagnostics(file.diagnostics));
  const names = file.hooks.map(({ name }) => name as string);
  const compiled = compile(read('template.yaml'), {
    environments: [read('env.yaml')],
    hooks: names,
    stackName: 'shop',
  });
  if (!compiled.ok) throw new Error(formatDiagnostics(compiled.diagnostics));
  const environment = environmentHooks(compiled.stack);
  if (!environment.ok) throw new Error(formatDiagnostics(environment.diagnostics));
  const actions = standardActions().add('shop.script', () => null);
  const attached = attachHooks(compiled.graph, [...environment.hooks, ...file.hooks], { actions });
  if (!attached.ok) throw new Error(formatDiagnostics(attached.diagnostics));
  return attached.graph;
}

/** Each task after what it requires, and why it requires that. */
export function described(graph: TaskGraph): string {
  const sorted = order(graph);
  if (!sorted.ok) throw new Error('a cycle');
  const reasonsOf = new Map<number, string[]>();
  for (const { requirer, required, reasons } of graph.edges()) {
    const kinds = [...new Set(reasons.map(({ kind }) => kind))].join(', ');
    const line = `  after ${graph.tasks[required]?.id} (${kinds})`;
    reasonsOf.set(requirer, [...(reasonsOf.get(requirer) ?? []), line]);
  }
  const lines = Array.from(sorted.order, (task) => [graph.tasks[task]?.id, ...(reasonsOf.get(task) ?? []).sort()]);
  return `${lines.flat().join('\n')}\n`;
}
