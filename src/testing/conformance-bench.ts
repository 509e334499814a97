import { TaskGraphBuilder } from '../graph/builder.ts';
import type { GraphOutput, Scope, TaskPolicy } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { toValue } from '../run/codec.ts';
import type { RunEvent } from '../run/events.ts';
import type { Executor, RunHandle, RunSettings } from '../run/executor.ts';
import type { RunResult } from '../run/run-result.ts';

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
      inputs: { properties: toValue(properties) },
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
  return { name, scope: '', value: toValue(value), requires: Array.from({ length: tasks }, (_, i) => i) };
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
  const [got, wanted] = [jsonOf(actual), jsonOf(expected)];
  if (got === wanted) return;
  let start = 0;
  while (got[start] === wanted[start]) start++;
  throw new Error(`${what}: expected ${excerpt(wanted, start)}, got ${excerpt(got, start)}`);
}

/** @throws Error */
export function check(truth: boolean, what: string): void {
  if (!truth) throw new Error(what);
}

/** What is not there has no JSON. */
function jsonOf(data: unknown): string {
  return data === undefined ? 'nothing' : JSON.stringify(data);
}

/** Around where two long texts begin to differ. */
function excerpt(json: string, at: number): string {
  if (json.length <= 300) return json;
  const from = Math.max(0, at - 100);
  return `${from > 0 ? '...' : ''}${json.slice(from, at + 200)}${at + 200 < json.length ? '...' : ''}`;
}

/** Status and attempts of each task, in order. */
export function ends({ tasks }: RunResult): [id: string, status: string, attempts: number][] {
  return Array.from(tasks, ([id, { status, attempts }]) => [id, status, attempts]);
}

/** Asks again and again until it is so, for half a minute. @throws Error */
export async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let times = 0; times < 6000; times++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`it never came to be: ${what}`);
}
