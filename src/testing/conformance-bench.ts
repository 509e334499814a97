import { TaskGraphBuilder } from '../graph/builder.ts';
import type { GraphOutput, Scope, TaskPolicy } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import type { Executor, RunHandle, RunSettings } from '../run/executor.ts';
import type { RunResult } from '../run/run-result.ts';
import { fromPlain } from '../values/encode.ts';
import { runViolations } from './run-violations.ts';

/** What cases of the conformance suite are written with. */

export interface TaskSketch {
  /** Without `Conformance::`. */
  readonly type: string;
  readonly properties?: { readonly [name: string]: unknown };
  readonly requires?: readonly string[];
  readonly policy?: TaskPolicy;
}

/** Tasks by id, each with what it requires, and the outputs of the graph by name. */
export function sketched(
  sketches: Iterable<readonly [id: string, sketch: TaskSketch]>,
  outputs: { readonly [name: string]: unknown } = {},
  hidden: { readonly [name: string]: string } = {},
): TaskGraph {
  const tasks = [...sketches];
  const builder = new TaskGraphBuilder();
  builder.scope(scopeWith(hidden));
  for (const [id, { type, properties = {}, policy }] of tasks) {
    builder.task({
      id,
      name: id,
      action: 'CREATE',
      type: `Conformance::${type}`,
      scope: '',
      inputs: { properties: fromPlain(properties) },
      ...(policy !== undefined && { policy }),
    });
  }
  for (const [id, { requires = [] }] of tasks) {
    for (const required of requires) {
      builder.edge(builder.indexOf(id), builder.indexOf(required), { kind: 'depends_on' });
    }
  }
  for (const [name, value] of Object.entries(outputs)) builder.output(outputOf(name, value, tasks.length));
  return builder.build();
}

function scopeWith(hidden: { readonly [name: string]: string }): Scope {
  return {
    path: '',
    version: ['heat_template_version', '2021-04-16'],
    parameters: new Map(Object.entries(hidden)),
    hidden: Object.keys(hidden),
    mappings: new Map(),
    files: new Map(),
  };
}

function outputOf(name: string, value: unknown, tasks: number): GraphOutput {
  return { name, scope: '', value: fromPlain(value), requires: Array.from({ length: tasks }, (_, i) => i) };
}

export interface CarriedOut {
  readonly handle: RunHandle;
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
}

let runs = 0;

/** An id that no other run has, of this process or another. */
export function newRunId(): string {
  return `conformance ${Date.now().toString(36)} ${Math.random().toString(36).slice(2)} ${++runs}`;
}

/** Submits a graph and waits for its end; that its events keep the promises of a run is always part of it. */
export async function carryOut(
  executor: Executor,
  graph: TaskGraph,
  settings: RunSettings = {},
  meanwhile: (handle: RunHandle) => Promise<void> = async () => {},
): Promise<CarriedOut> {
  const handle = await executor.submit({ runId: newRunId(), graph, settings });
  const events = collect(handle.events());
  await meanwhile(handle);
  const result = await handle.result();
  const told = await events;
  const violations = runViolations(graph, told, settings.concurrency ?? 10);
  same(violations, [], 'promises broken by the events');
  return { handle, result, events: told };
}

export async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const told: RunEvent[] = [];
  for await (const event of events) told.push(event);
  return told;
}

/** @throws Error when two JSON data differ, in the order of their keys as well. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${shortened(wanted)}, got ${shortened(got)}`);
}

/** @throws Error */
export function check(truth: boolean, what: string): void {
  if (!truth) throw new Error(what);
}

function shortened(json: string | undefined): string {
  if (json === undefined) return 'undefined';
  return json.length > 500 ? `${json.slice(0, 400)}... (${json.length} characters)` : json;
}

/** Status and attempts of each task, in order. */
export function ends({ tasks }: RunResult): [id: string, status: string, attempts: number][] {
  return Array.from(tasks, ([id, { status, attempts }]) => [id, status, attempts]);
}

/** Asks again and again, until it is so. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
