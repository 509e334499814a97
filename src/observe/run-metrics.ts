import type { Attributes, Counter, Histogram, Meter, UpDownCounter } from '@opentelemetry/api';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';

/** In seconds, as OpenTelemetry's conventions want durations. */
const SECONDS = { unit: 's' };

/** Makes measurements of the events of one run. Attributes are types, actions and statuses: their number is bounded. */
export class RunMetrics {
  readonly #graph: TaskGraph;
  readonly #runs: Histogram;
  readonly #durations: Histogram;
  readonly #waits: Histogram;
  readonly #retries: Counter;
  readonly #running: UpDownCounter;
  readonly #started = new Map<string, number>();
  readonly #attempts = new Set<string>();
  readonly #ready: Float64Array;
  #runStarted: number | undefined;
  #isRollback = false;

  constructor(graph: TaskGraph, meter: Meter) {
    this.#graph = graph;
    this.#ready = new Float64Array(graph.size);
    const name = 'heat_task_graph';
    this.#runs = meter.createHistogram(`${name}.run.duration`, { ...SECONDS, description: 'How long runs took' });
    this.#durations = meter.createHistogram(`${name}.task.duration`, {
      ...SECONDS,
      description: 'From the beginning of the first attempt to the end',
    });
    this.#waits = meter.createHistogram(`${name}.task.waiting`, {
      ...SECONDS,
      description: 'From when all was complete that a task requires to the beginning of its first attempt',
    });
    this.#retries = meter.createCounter(`${name}.task.retries`, {
      unit: '{attempt}',
      description: 'Attempts that failed and were followed by another one',
    });
    this.#running = meter.createUpDownCounter(`${name}.task.running`, {
      unit: '{task}',
      description: 'Tasks whose attempt is in progress',
    });
  }

  read(event: RunEvent): void {
    switch (event.type) {
      case 'run-started':
        this.#runStarted = event.at;
        this.#ready.fill(event.at);
        break;
      case 'rollback-started':
        this.#isRollback = true;
        break;
      case 'task-started':
        this.#start(event.task, event.at);
        break;
      case 'task-retrying':
        this.#stop(event.task);
        this.#retries.add(1, this.#kind(event.task));
        break;
      case 'task-completed':
        this.#release(event.task, event.at);
        this.#end(event.task, 'COMPLETE', event.at);
        break;
      case 'task-failed':
        this.#end(event.task, 'FAILED', event.at);
        break;
      case 'task-cancelled':
        if (this.#started.has(event.task)) this.#end(event.task, 'CANCELLED', event.at);
        break;
      case 'run-finished':
        this.#finish(event);
        break;
      default:
    }
  }

  #start(task: string, at: number): void {
    if (!this.#attempts.has(task)) {
      this.#attempts.add(task);
      this.#running.add(1);
    }
    if (this.#started.has(task)) return;
    this.#started.set(task, at);
    const index = this.#indexOf(task);
    if (index >= 0) this.#waits.record(seconds(at - (this.#ready[index] as number)), this.#kind(task));
  }

  #stop(task: string): void {
    if (this.#attempts.delete(task)) this.#running.add(-1);
  }

  /** What requires it may be ready from now on. */
  #release(task: string, at: number): void {
    const index = this.#indexOf(task);
    if (index < 0) return;
    for (const requirer of this.#graph.requiredBy(index)) this.#ready[requirer] = at;
  }

  #end(task: string, status: string, at: number): void {
    this.#stop(task);
    const started = this.#started.get(task);
    this.#started.delete(task);
    if (started !== undefined) this.#durations.record(seconds(at - started), { ...this.#kind(task), status });
  }

  #finish({ status, at }: RunEvent & { type: 'run-finished' }): void {
    for (const task of this.#attempts) this.#stop(task);
    if (this.#runStarted !== undefined) this.#runs.record(seconds(at - this.#runStarted), { status });
  }

  #kind(task: string): Attributes {
    const { type, action } = this.#graph.tasks[this.#indexOf(task)] ?? { type: '', action: 'ROLLBACK' };
    return { type, action };
  }

  /** -1 for tasks of a rollback: they are of another graph. */
  #indexOf(task: string): number {
    return this.#isRollback ? -1 : this.#graph.indexOf(task);
  }
}

/** A clock that is put back measures nothing. */
function seconds(ms: number): number {
  return Math.max(0, ms) / 1000;
}
