import type { Traversal } from '../run/traversal.ts';
import type { Timer, TraversalCommand, TraversalEvent } from '../run/traversal-protocol.ts';
import type { Clock } from './clock.ts';

/** After so many events in one go the event loop gets its turn: timers and signals must not starve. */
const BURST = 1000;

/**
 * Feeds events to a traversal one after the other and has its commands performed in order. Never re-entered: work that
 * ends at once inside `perform` only adds an event, so a chain of any length needs no stack.
 */
export class TraversalLoop {
  readonly #traversal: Traversal;
  readonly #clock: Clock;
  readonly #perform: (command: TraversalCommand) => void;
  readonly #crashed: (error: unknown) => void;
  readonly #timers = new Map<number, Map<Timer, () => void>>();
  #events: TraversalEvent[] = [];
  #next = 0;
  #busy = false;
  #burst = 0;

  constructor(
    traversal: Traversal,
    clock: Clock,
    perform: (command: TraversalCommand) => void,
    crashed: (error: unknown) => void,
  ) {
    this.#traversal = traversal;
    this.#clock = clock;
    this.#perform = perform;
    this.#crashed = crashed;
  }

  start(): void {
    this.#guarded(this.#traversal.start());
  }

  deliver(event: TraversalEvent): void {
    this.#events.push(event);
    if (!this.#busy) this.#guarded(undefined);
  }

  /** For an event that must count before those that wait: that work began while a `run` command was performed. */
  deliverNow(event: TraversalEvent): void {
    this.#performAll(this.#traversal.apply(event));
  }

  #guarded(first: readonly TraversalCommand[] | undefined): void {
    this.#busy = true;
    try {
      if (first !== undefined) this.#performAll(first);
      this.#drain();
    } catch (error) {
      this.#crashed(error);
    }
  }

  #drain(): void {
    while (this.#next < this.#events.length) {
      if (++this.#burst > BURST) {
        this.#burst = 0;
        this.#clock.soon(() => this.#guarded(undefined));
        return;
      }
      const event = this.#events[this.#next++] as TraversalEvent;
      if (this.#next === this.#events.length || this.#next > BURST) this.#forgetTold();
      this.#performAll(this.#traversal.apply(event));
    }
    this.#busy = false;
  }

  #forgetTold(): void {
    if (this.#next === 1) this.#events.pop();
    else this.#events = this.#events.slice(this.#next);
    this.#next = 0;
  }

  #performAll(commands: readonly TraversalCommand[]): void {
    for (const command of commands) {
      if (command.type === 'timer') this.#setTimer(command.task, command.timer, command.ms);
      if (command.type === 'ended') this.#clearTimers(command.task);
      this.#perform(command);
    }
  }

  #setTimer(task: number, timer: Timer, ms: number): void {
    let timers = this.#timers.get(task);
    if (timers === undefined) {
      timers = new Map();
      this.#timers.set(task, timers);
    }
    const cancel = this.#clock.after(ms, () => this.deliver({ type: 'timer', task, timer }));
    timers.set(timer, cancel);
  }

  #clearTimers(task: number): void {
    const timers = this.#timers.get(task);
    if (timers === undefined) return;
    this.#timers.delete(task);
    for (const cancel of timers.values()) cancel();
  }
}
