import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { fromPlain } from '../../values/encode.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import { ActionError, type ActionRegistry, type HttpFetch } from '../../workflow/actions.ts';
import { checkWorkflow } from '../../workflow/check-workflow.ts';
import { WorkflowEngine } from '../../workflow/engine/engine.ts';
import type { ActionCall, EngineCommand, EngineEvent } from '../../workflow/engine/protocol.ts';
import type { FinalState } from '../../workflow/engine/states.ts';
import type { WorkflowDefinition } from '../../workflow/model.ts';
import { standardActions } from '../../workflow/standard-actions.ts';
import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import type { RerunOptions, RunWorkflowOptions, WorkflowEvent, WorkflowResult, WorkflowRun } from './workflow-run.ts';

interface CallInFlight {
  readonly call: ActionCall;
  readonly controller: AbortController;
}

/** Runs a workflow in this process: timers by the clock, actions by the registry. */
export function runWorkflow(workflow: WorkflowDefinition, options: RunWorkflowOptions = {}): WorkflowRun {
  return new Runner(workflow, options);
}

class Runner implements WorkflowRun {
  #result: Promise<WorkflowResult>;
  readonly #engine: WorkflowEngine;
  readonly #actions: ActionRegistry;
  readonly #clock: Clock;
  readonly #options: RunWorkflowOptions;
  readonly #events: WorkflowEvent[] = [];
  readonly #inFlight: Map<string, CallInFlight> = new Map();
  readonly #timers: Map<number, () => void> = new Map();
  #settle: (result: WorkflowResult) => void = () => undefined;
  #over = false;
  readonly #abort = (): void => this.cancel('aborted');

  constructor(workflow: WorkflowDefinition, options: RunWorkflowOptions) {
    const { input = new Map(), env, taskName, actions = standardActions(), clock = SYSTEM_CLOCK, random } = options;
    const library = options.library ?? { workflows: new Map([[workflow.name, workflow]]), actions: new Map() };
    this.#options = options;
    this.#actions = actions;
    this.#clock = clock;
    this.#engine = new WorkflowEngine({
      library,
      workflow,
      catalog: actions,
      input,
      newId: options.newId ?? (() => crypto.randomUUID()),
      now: clock.now(),
      ...(env !== undefined && { env }),
      ...(options.envIsData !== undefined && { envIsData: options.envIsData }),
      ...(taskName !== undefined && { taskName }),
      ...(random !== undefined && { random }),
    });
    this.#result = this.#openResult();
    const diagnostics = checkWorkflow(workflow, library, actions, {
      input,
      ...(taskName !== undefined && { taskName }),
    });
    if (diagnostics.length > 0) {
      this.#finish('ERROR', new Map(), diagnostics);
      return;
    }
    this.#carryOut(this.#engine.start());
    if (options.signal?.aborted === true) this.#abort();
    else options.signal?.addEventListener('abort', this.#abort, { once: true });
  }

  get result(): Promise<WorkflowResult> {
    return this.#result;
  }

  #openResult(): Promise<WorkflowResult> {
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  waiting(): readonly ActionCall[] {
    return Array.from(this.#inFlight.values(), ({ call }) => call);
  }

  complete(id: string, result: Value, state: FinalState = 'SUCCESS'): boolean {
    const waits = this.#inFlight.delete(id);
    if (waits) this.#apply({ type: 'result', id, state, value: result });
    return waits;
  }

  pause(): void {
    this.#apply({ type: 'pause' });
  }

  resume(): void {
    this.#apply({ type: 'resume' });
  }

  cancel(message?: string): void {
    this.#apply({ type: 'cancel', ...(message !== undefined && { message }) });
  }

  rerun(task: string, { reset = true }: RerunOptions = {}): boolean {
    const { signal } = this.#options;
    if (signal?.aborted === true) return false;
    const named = this.#engine.result()?.tasks.findLast(({ name }) => name === task)?.id;
    const commands = this.#rerunCommands(task, reset) ?? this.#rerunCommands(named, reset);
    if (commands === undefined) return false;
    if (this.#over) {
      this.#over = false;
      this.#result = this.#openResult();
      signal?.addEventListener('abort', this.#abort, { once: true });
    }
    this.#carryOut(commands);
    return true;
  }

  /** Undefined: there is nothing to run again. */
  #rerunCommands(task: string | undefined, reset: boolean): readonly EngineCommand[] | undefined {
    if (task === undefined) return undefined;
    const commands = this.#engine.apply({ type: 'rerun', task, reset, now: this.#clock.now() });
    return commands.length === 0 ? undefined : commands;
  }

  #apply(event: EngineEvent): void {
    if (!this.#over) this.#carryOut(this.#engine.apply({ ...event, now: this.#clock.now() }));
  }

  #carryOut(commands: readonly EngineCommand[]): void {
    for (const command of commands) {
      switch (command.type) {
        case 'run':
          void this.#run(command.call);
          break;
        case 'timer':
          this.#timers.set(
            command.timer,
            this.#clock.after(command.ms, () => this.#timeUp(command.timer)),
          );
          break;
        case 'cancel':
          this.#inFlight.get(command.id)?.controller.abort();
          this.#inFlight.delete(command.id);
          break;
        case 'finished':
          this.#finish(command.state, command.output, []);
          break;
        case 'task':
        case 'workflow': {
          const event: WorkflowEvent = { ...command, at: this.#clock.now() };
          this.#events.push(event);
          this.#options.onEvent?.(event);
          break;
        }
      }
    }
  }

  #timeUp(timer: number): void {
    this.#timers.delete(timer);
    this.#apply({ type: 'timer', timer });
  }

  async #run(call: ActionCall): Promise<void> {
    const action = this.#actions.get(call.action);
    const controller = new AbortController();
    this.#inFlight.set(call.id, { call, controller });
    // Never at once: the commands that came with this one are carried out first.
    await Promise.resolve();
    const { signal } = controller;
    const clock = this.#clock;
    // A call that was given up may have been made again, with the same id.
    const end = (result: Value, state?: FinalState): void => {
      if (this.#inFlight.get(call.id)?.controller === controller) this.complete(call.id, result, state);
    };
    try {
      if (action === undefined) throw new Error(`There is no action '${call.action}'`);
      const { id, task, taskId, workflow, executionId, index } = call;
      const result = await action.run(call.input, {
        id,
        task,
        taskId,
        workflow,
        executionId,
        index,
        signal,
        sleep: (ms) => sleep(clock, ms, signal),
        fetch: this.#options.fetch ?? platformFetch,
        now: () => clock.now(),
      });
      if (action.asynchronous !== true) end(fromPlain(result));
      else if (this.#inFlight.get(call.id)?.controller === controller) this.#options.onWaiting?.(call);
    } catch (error) {
      const result =
        error instanceof ActionError ? error.result : error instanceof Error ? error.message : String(error);
      end(result, 'ERROR');
    } finally {
      // Whatever the action left waiting ends with it.
      controller.abort();
    }
  }

  #finish(state: FinalState, output: ValueMap, diagnostics: readonly Diagnostic[]): void {
    this.#over = true;
    for (const stop of this.#timers.values()) stop();
    for (const { controller } of this.#inFlight.values()) controller.abort();
    this.#timers.clear();
    this.#inFlight.clear();
    this.#options.signal?.removeEventListener('abort', this.#abort);
    this.#settle({ state, output, tasks: this.#engine.result()?.tasks ?? [], events: this.#events, diagnostics });
  }
}

function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Error('aborted'));
      return;
    }
    const stop = clock.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    const abort = (): void => {
      stop();
      reject(new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}

const platformFetch: HttpFetch = (url, options) => fetch(url, options);
