import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../src/executors/clock.ts';
import { runWorkflow } from '../../src/executors/workflow/run-workflow.ts';
import type { WorkflowRun } from '../../src/executors/workflow/workflow-run.ts';
import { fromPlain, toPlain } from '../../src/values/encode.ts';
import type { Value, ValueMap } from '../../src/values/value.ts';
import type { ExecutionResult, TaskResult } from '../../src/workflow/engine/execution-result.ts';
import type { FinalState } from '../../src/workflow/engine/states.ts';
import { loadWorkflows } from '../../src/workflow/language/load-workflows.ts';
import { standardActions } from '../../src/workflow/standard-actions.ts';

export const FIXTURES: string = fileURLToPath(new URL('../../fixtures/workflows/', import.meta.url));

/** What the first line of a document says of its run. */
export interface RunOfDocument {
  readonly workflow?: string;
  readonly workbook?: boolean;
  readonly input?: object;
  readonly params?: { readonly env?: object; readonly task_name?: string };
  /** How often it is resumed once it is paused and nothing moves any more. */
  readonly resume?: number;
  /** Results of std.async_noop. */
  readonly complete?: readonly { readonly task: string; readonly state: FinalState; readonly output: unknown }[];
  /** Cancelled once nothing moves any more. */
  readonly cancel?: boolean;
  /** Tasks that are run again, one after the other, each when the workflow has ended; by name, wherever they are. */
  readonly rerun?: readonly { readonly task: string; readonly reset?: boolean }[];
  /** On Mistral the tasks go on changing after the end: only the state of the workflow is compared live. */
  readonly unstable?: boolean;
  /** Whether the text of the error is part of what is compared. */
  readonly message?: boolean;
}

export interface Outcome {
  readonly state: string;
  readonly output: unknown;
  readonly tasks: readonly unknown[];
  readonly subs?: readonly unknown[];
  readonly pauses?: readonly (readonly string[])[];
  /** How it stood before each `rerun`. */
  readonly reruns?: readonly (readonly string[])[];
}

export function documentNames(): string[] {
  return readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -5))
    .sort();
}

export function readDocument(name: string): { readonly text: string; readonly run: RunOfDocument } {
  const text = readFileSync(`${FIXTURES}${name}.yaml`, 'utf8');
  return { text, run: JSON.parse(/^# run: (.*)$/m.exec(text)?.[1] ?? '{}') as RunOfDocument };
}

export function readExpectation(name: string): unknown {
  return JSON.parse(readFileSync(`${FIXTURES}${name}.json`, 'utf8'));
}

/** Time that passes when nothing else is left to do. */
export class SimulatedClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at >= 0) this.#timers.splice(at, 1);
    };
  }

  soon(callback: () => void): void {
    setImmediate(callback);
  }

  /** Goes to the next timer; false when there is none. */
  advance(): boolean {
    this.#timers.sort((a, b) => a.at - b.at);
    const next = this.#timers.shift();
    if (next === undefined) return false;
    this.#now = next.at;
    next.callback();
    return true;
  }
}

/** Runs a document in this process, in simulated time, and tells what is compared with a real Mistral. */
export async function runDocument(text: string, run: RunOfDocument): Promise<Outcome | { readonly refused: true }> {
  const loaded = loadWorkflows(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  const workflow = loaded.library.workflows.get(run.workflow ?? 'wf');
  if (workflow === undefined) throw new Error('no such workflow');
  const clock = new SimulatedClock();
  const waiting: { id: string; task: string }[] = [];
  const actions = standardActions().add('std.async_noop', {
    parameters: [],
    asynchronous: true,
    run: (_, { id, task }) => {
      waiting.push({ id, task });
    },
  });
  const states = new Map<string, string>();
  let id = 0;
  let root = '';
  let paused = false;
  const handle: WorkflowRun = runWorkflow(workflow, {
    library: loaded.library,
    actions,
    clock,
    input: fromPlain(run.input ?? {}) as ValueMap,
    env: fromPlain(run.params?.env ?? {}) as ValueMap,
    ...(run.params?.task_name !== undefined && { taskName: run.params.task_name }),
    newId: () => `00000000-0000-4000-8000-${String(++id).padStart(12, '0')}`,
    onEvent: (event) => {
      if (event.type === 'workflow' && event.parentTaskId === undefined) {
        root = event.executionId;
        paused = event.state === 'PAUSED';
      }
      if (event.type === 'task' && (root === '' || event.executionId === root))
        states.set(event.id, `${event.task} ${event.state}`);
    },
  });
  let over = false;
  const watch = async (): Promise<void> => {
    await handle.result;
    over = true;
  };
  void watch();
  const pauses: string[][] = [];
  const reruns: string[][] = [];
  const runAgain = async (): Promise<boolean> => {
    const wanted = run.rerun?.[reruns.length];
    if (wanted === undefined) return false;
    const { state, tasks } = await handle.result;
    const failed = tasks.flatMap(tasksWithin).findLast((task) => task.name === wanted.task && task.state === 'ERROR');
    if (!handle.rerun(failed?.id ?? '', { reset: wanted.reset ?? true })) return false;
    reruns.push([state, ...tasks.map((task) => `${task.name} ${task.state}`).sort()]);
    over = false;
    void watch();
    return true;
  };
  for (;;) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const next = waiting.shift();
    const wanted = run.complete?.find(({ task }) => task === next?.task);
    if (over && (await runAgain())) continue;
    if (over) break;
    if (next !== undefined && wanted !== undefined) handle.complete(next.id, fromPlain(wanted.output), wanted.state);
    else if (!clock.advance()) {
      if (paused && pauses.length < (run.resume ?? 0)) {
        pauses.push([...states.values()].sort());
        handle.resume();
      } else if (run.cancel === true) handle.cancel();
      else break;
    }
  }
  if (!over) return { state: 'PAUSED', output: {}, tasks: [], pauses };
  const result = await handle.result;
  if (result.diagnostics.length > 0 || (result.events.length === 0 && result.state === 'ERROR'))
    return { refused: true };
  const outcome = comparable(result.state, result.output, result.tasks, run, pauses);
  return reruns.length > 0 ? { ...outcome, reruns } : outcome;
}

function tasksWithin(task: TaskResult): TaskResult[] {
  return [task, ...task.executions.flatMap(({ tasks }) => tasks.flatMap(tasksWithin))];
}

function comparable(
  state: string,
  output: ValueMap,
  tasks: readonly TaskResult[],
  run: RunOfDocument,
  pauses: string[][],
): Outcome {
  const shown = plain(output) as Record<string, unknown>;
  if (state !== 'SUCCESS' && run.message !== true && run.cancel !== true) delete shown.result;
  const subs = tasks
    .flatMap(({ executions }) => executions.flatMap(withNested))
    .map((sub) => ({
      state: sub.state,
      tasks: sub.tasks.map((task) => `${task.name} ${task.state}`).sort(),
      workflow: sub.workflow,
    }));
  return {
    state,
    output: shown,
    tasks: byText(
      tasks.map((task) => ({
        name: task.name,
        published: plain(task.published),
        ...(task.state === 'SUCCESS' && { result: plain(task.result) }),
        state: task.state,
      })),
    ),
    ...(subs.length > 0 && { subs: byText(subs) }),
    ...(pauses.length > 0 && { pauses }),
  };
}

function withNested(execution: ExecutionResult): ExecutionResult[] {
  return [execution, ...execution.tasks.flatMap(({ executions }) => executions.flatMap(withNested))];
}

function byText<T>(items: readonly T[]): T[] {
  return items
    .map((item) => JSON.stringify(item))
    .sort()
    .map((text) => JSON.parse(text) as T);
}

/** Plain JSON with sorted keys; floats and large integers as JSON would show them. */
function plain(value: Value): unknown {
  return sorted(JSON.parse(JSON.stringify(toPlain(value))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const object = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, sorted(object[key])]),
  );
}
