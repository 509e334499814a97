import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import type { TaskFailure } from '../run/failure.ts';
import type { RunStatus } from '../run/status.ts';
import type { TraversalOptions } from '../run/traversal-protocol.ts';
import type { AttemptFate, FaultPlan, InjectedFault } from './simulated-faults.ts';
import { type SimulatedCrash, SimulatedRecord } from './simulated-record.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

/** Work that an attempt has begun elsewhere, and that goes on whatever becomes of who began it. */
interface Work {
  readonly attempt: number;
  readonly doneAt: number;
  polls: number;
}

/** What outlives the processes of a simulated run: time, the record, work elsewhere, and what was seen. */
export class SimulatedWorld {
  readonly runId: string;
  readonly graph: TaskGraph;
  readonly options: TraversalOptions;
  readonly clock: VirtualClock = virtualClock();
  readonly record: SimulatedRecord;
  readonly events: RunEvent[] = [];
  readonly faults: InjectedFault[] = [];
  readonly clearAfter: number;
  /** How many processes have died. */
  lives = 0;
  status: RunStatus | undefined;
  /** The last process is gone, and another one is to come. */
  isDown = false;
  readonly #plan: FaultPlan;
  readonly #failures = new Map<number, TaskFailure>();
  readonly #work = new Map<number, Work>();
  readonly #told = new Set<string>();

  constructor(runId: string, graph: TaskGraph, options: TraversalOptions, plan: FaultPlan, clearAfter: number) {
    this.runId = runId;
    this.graph = graph;
    this.options = options;
    this.clearAfter = clearAfter;
    this.#plan = plan;
    this.record = new SimulatedRecord(plan);
  }

  get pollEvery(): number {
    return this.#plan.faults.pollEvery ?? 5000;
  }

  fate(task: number, attempt: number): AttemptFate {
    return this.#plan.fate(this.graph.tasks[task] as Task, attempt);
  }

  /** An attempt begins its work; one that began it in an earlier process begins it anew. */
  begin(task: number, attempt: number): { readonly ms: number; readonly polled: boolean; readonly fate: AttemptFate } {
    const fate = this.fate(task, attempt);
    const { id } = this.graph.tasks[task] as Task;
    if (fate.slow) this.#inject('slow', id, attempt);
    if (fate.kind !== 'success') this.#inject(fate.kind === 'hang' ? 'hang' : fate.kind, id, attempt);
    if (fate.repeated && !fate.polled) this.#inject('repeated', id, attempt);
    if (fate.polled) this.#work.set(task, { attempt, doneAt: this.clock.now() + fate.ms, polls: 0 });
    return { ms: fate.ms, polled: fate.polled, fate };
  }

  isDone(task: number, attempt: number): boolean {
    const work = this.#work.get(task);
    return work?.attempt === attempt && work.doneAt <= this.clock.now();
  }

  countPoll(task: number, attempt: number): number {
    const work = this.#work.get(task);
    return work?.attempt === attempt ? ++work.polls : 1;
  }

  fail(task: number, attempt: number, diagnostic: Diagnostic): void {
    const { id } = this.graph.tasks[task] as Task;
    this.#failures.set(task, { ...diagnostic, task: id, attempt });
  }

  failure(task: number): TaskFailure | undefined {
    return this.#failures.get(task);
  }

  finished(status: RunStatus): void {
    this.status = status;
    this.events.push({ type: 'run-finished', at: this.clock.now(), runId: this.runId, status });
  }

  stopped(): void {
    this.lives++;
    this.isDown = true;
    this.faults.push({ kind: 'stop', at: this.clock.now() });
  }

  crashed({ record, written }: SimulatedCrash): void {
    this.lives++;
    this.isDown = true;
    this.faults.push({ kind: 'crash', at: this.clock.now(), record, written });
  }

  /** Each fault once, however often a crash repeats it. */
  #inject(kind: InjectedFault['kind'], task: string, attempt: number): void {
    const key = JSON.stringify([kind, task, attempt]);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.faults.push({ kind, at: this.clock.now(), task, attempt });
  }
}
