import {
  type Diagnostic,
  type FormatOptions,
  formatDiagnostic,
  type RunResult,
  type Stack,
  type TaskGraph,
} from '../index.ts';
import { padded, widthOf } from '../observe/columns.ts';
import { duration } from '../observe/duration.ts';

/** What people are told when a run is over. */
export function runSummary(
  { action, name, stack }: RunSubject,
  graph: TaskGraph,
  result: RunResult,
  ms: number,
  format: FormatOptions,
): string {
  const blocks = [
    `${action} of ${name}: ${result.status}. ${counted(graph, result)} in ${duration(ms)}${decided(graph, result)}.`,
  ];
  // Where a task failed, that is why outputs lack values.
  const unresolved = result.status === 'COMPLETE' ? result.outputErrors.values() : [];
  const problems = [
    ...unresolved,
    ...result.diagnostics,
    ...result.failures.map((failure) => withResource(failure, stack)),
  ];
  blocks.unshift(...problems.map((problem) => formatDiagnostic(problem, format)));
  if (result.outputs.size > 0) blocks.push(outputs(result));
  if (result.rollback !== undefined) blocks.push(...rollback(result.rollback, stack, format));
  return `${blocks.join('\n\n')}\n`;
}

/** What was to be done, to what. */
export interface RunSubject {
  readonly action: string;
  /** Of the template, or of the state. */
  readonly name: string;
  readonly stack?: Stack;
}

function rollback(
  { status, diagnostics, failures, tasks }: RunResult,
  stack: RunSubject['stack'],
  format: FormatOptions,
) {
  const problems = [...diagnostics, ...failures.map((failure) => withResource(failure, stack))];
  const count = tasks.size === 1 ? '1 task' : `${tasks.size} tasks`;
  return [...problems.map((problem) => formatDiagnostic(problem, format)), `ROLLBACK: ${status}. ${count}.`];
}

/** Handlers seldom say which task it was, and never where its resource stands. */
function withResource(failure: RunResult['failures'][number], stack: RunSubject['stack']): Diagnostic {
  const resource = stack?.resources.find(({ name }) => name === failure.task);
  const place = failure.place ?? (resource && stack?.template.document.locate(resource.path, 'key'));
  return { ...failure, message: `${failure.task}: ${failure.message}`, ...(place && { place }) };
}

function counted(graph: TaskGraph, result: RunResult): string {
  const counts = new Map<string, number>();
  let size = graph.size;
  for (const { status, cause } of result.tasks.values()) {
    // What is for a failure, and there was none, is not told.
    if (status === 'SKIPPED' && cause === undefined) size--;
    else counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const complete = counts.get('COMPLETE') ?? 0;
  if (complete === size) return size === 1 ? '1 task' : `${size} tasks`;
  counts.delete('COMPLETE');
  const rest = Array.from(counts, ([status, count]) => `${count} ${status.toLowerCase()}`);
  return `${complete} of ${size} tasks complete, ${rest.join(', ')},`;
}

/** What became of what was there. */
function decided(graph: TaskGraph, { tasks }: RunResult): string {
  const counts = new Map<string, number>([
    ['replaced', 0],
    ['updated', 0],
    ['unchanged', 0],
  ]);
  for (const { id, action } of graph.tasks) {
    if (action !== 'UPDATE' && action !== 'REPLACE') continue;
    const { status, decision = action === 'REPLACE' ? 'replaced' : 'updated' } = tasks.get(id) ?? {};
    if (status === 'COMPLETE') counts.set(decision, (counts.get(decision) ?? 0) + 1);
  }
  const told = Array.from(counts).filter(([, count]) => count > 0);
  return told.length === 0 ? '' : `: ${told.map(([what, count]) => `${count} ${what}`).join(', ')}`;
}

function outputs({ outputs: values, outputErrors }: RunResult): string {
  const width = Math.min(40, Math.max(...Array.from(values.keys(), widthOf)));
  const rows = Array.from(values, ([name, value]) => {
    const problem = outputErrors.get(name);
    const text = problem === undefined ? (typeof value === 'string' ? value : JSON.stringify(value)) : NO_VALUE;
    const [first = '', ...more] = text.split('\n');
    const indent = `\n  ${' '.repeat(width)}  `;
    return `  ${padded(name, width)}  ${[first, ...more].map((line) => padded(line, 0)).join(indent)}`.trimEnd();
  });
  return ['Outputs:', ...rows].join('\n');
}

const NO_VALUE = '(no value)';
