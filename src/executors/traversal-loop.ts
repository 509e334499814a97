import type { Traversal } from '../run/traversal.ts';
import type { Timer, TraversalCommand, TraversalEvent } from '../run/traversal-protocol.ts';
import type { Clock } from './clock.ts';

/** After so many events in one go the event loop gets its turn: timers and signals must not starve. */
const BURST = 1000;

export interface LoopParts {
  perform(command: TraversalCommand): void;
  /** Records what is to be done, before it is done. Undefined: nothing is recorded, and every event is alone. */
  readonly record: ((commands: readonly TraversalCommand[]) => void | PromiseLike<void>) | undefined;
  /** Nothing happens any more after that. */
  crashed(error: unknown): void;
}

/**
 * Feeds events to a traversal one after the other and has its commands recorded, then performed, in order. Never
 * re-entered: work that ends at once inside `perform` only adds an event, so a chain of any length needs no stack. What
 * happens in one turn of the event loop, or while a record is written, is recorded together.
 */
export class TraversalLoop {
  readonly #traversal: Traversal;
  readonly #clock: Clock;
  readonly #parts: LoopParts;
  readonly #timers = new Map<number, Map<Timer, () => void>>();
  #events: TraversalEvent[] = [];
  #next = 0;
  #busy = false;
  #burst = 0;
  #stopped = false;

  constructor(traversal: Traversal, clock: Clock, parts: LoopParts) {
    this.#traversal = traversal;
    this.#clock = clock;
    this.#parts = parts;
  }

  start(): void {
    this.#guarded(this.#traversal.start());
  }

  deliver(event: TraversalEvent): void {
    if (this.#stopped) return;
    this.#events.push(event);
    if (!this.#busy) this.#guarded(undefined);
  }

  /** For what ends by itself: all that ends in the same turn of the event loop is recorded together, with one flush. */
  deliverSoon(event: TraversalEvent): void {
    if (this.#busy || this.#parts.record === undefined) {
      this.deliver(event);
      return;
    }
    if (this.#stopped) return;
    this.#events.push(event);
    this.#busy = true;
    this.#clock.soon(() => this.#guarded(undefined));
  }

  /** For an event that must count before those that wait, and needs no record: that work began. */
  deliverNow(event: TraversalEvent): void {
    this.#performAll(this.#traversal.apply(event));
  }

  /** Forgets timers and events. */
  stop(): void {
    this.#stopped = true;
    this.#events = [];
    this.#next = 0;
    for (const task of this.#timers.keys()) this.#clearTimers(task);
  }

  #guarded(first: readonly TraversalCommand[] | undefined): void {
    this.#busy = true;
    try {
      if (first !== undefined && this.#recordAndPerform(first)) return;
      this.#drain();
    } catch (error) {
      this.#crash(error);
    }
  }

  #drain(): void {
    while (this.#next < this.#events.length) {
      if (this.#burst >= BURST) {
        this.#burst = 0;
        this.#clock.soon(() => this.#guarded(undefined));
        return;
      }
      if (this.#recordAndPerform(this.#parts.record === undefined ? this.#takeOne() : this.#takeAll())) return;
    }
    this.#busy = false;
  }

  #takeOne(): readonly TraversalCommand[] {
    this.#burst++;
    const event = this.#events[this.#next++] as TraversalEvent;
    if (this.#next === this.#events.length || this.#next > BURST) this.#forgetTold();
    return this.#traversal.apply(event);
  }

  #takeAll(): readonly TraversalCommand[] {
    const commands: TraversalCommand[] = [];
    while (this.#next < this.#events.length && this.#burst < BURST) {
      // No spread: one event can end any number of tasks.
      for (const command of this.#takeOne()) commands.push(command);
    }
    return commands;
  }

  /** True: it goes on later, when the record is written. */
  #recordAndPerform(commands: readonly TraversalCommand[]): boolean {
    const written = commands.length === 0 ? undefined : this.#parts.record?.(commands);
    if (written === undefined) {
      this.#performAll(commands);
      return false;
    }
    void this.#performWhen(written, commands);
    return true;
  }

  async #performWhen(written: PromiseLike<void>, commands: readonly TraversalCommand[]): Promise<void> {
    try {
      await written;
      if (this.#stopped) return;
      this.#performAll(commands);
      this.#drain();
    } catch (error) {
      this.#crash(error);
    }
  }

  #crash(error: unknown): void {
    this.stop();
    this.#parts.crashed(error);
  }

  #forgetTold(): void {
    if (this.#next === 1) this.#events.pop();
    else this.#events = this.#events.slice(this.#next);
    this.#next = 0;
  }

  #performAll(commands: readonly TraversalCommand[]): void {
    // By index: there is one command for most events, and an iterator would cost more than it.
    for (let i = 0; i < commands.length; i++) {
      const command = commands[i] as TraversalCommand;
      if (command.type === 'timer') this.#setTimer(command.task, command.timer, command.ms);
      if (command.type === 'ended') this.#clearTimers(command.task);
      this.#parts.perform(command);
    }
  }

  #setTimer(task: number, timer: Timer, ms: number): void {
    let timers = this.#timers.get(task);
    if (timers === undefined) {
      timers = new Map();
      this.#timers.set(task, timers);
    }
    const cancel = this.#clock.after(ms, () => this.deliverSoon({ type: 'timer', task, timer }));
    timers.set(timer, cancel);
  }

  #clearTimers(task: number): void {
    const timers = this.#timers.get(task);
    if (timers === undefined) return;
    this.#timers.delete(task);
    for (const cancel of timers.values()) cancel();
  }
}
