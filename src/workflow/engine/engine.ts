import type { Value, ValueMap } from '../../values/value.ts';
import type { ActionCatalog } from '../action-catalog.ts';
import { Expressions } from '../expressions/evaluate.ts';
import type { WorkflowDefinition, WorkflowLibrary } from '../model.ts';
import { callEnded } from './call-results.ts';
import { Core } from './core.ts';
import { type ExecutionResult, resultOfExecution } from './execution-result.ts';
import { cancelExecution, checkCompletion, dispatch, failExecution, startExecution } from './executions.ts';
import { pauseExecution, resumeExecution } from './pause.ts';
import type { EngineCommand, EngineEvent } from './protocol.ts';
import type { Execution } from './records.ts';
import { rerun, resumeInFlight } from './rerun.ts';
import { isCompleted, type State } from './states.ts';
import { completeTask, continueTask, releaseStuckJoins, runTask } from './tasks.ts';
import { workflowFault } from './workflow-error.ts';

export interface EngineOptions {
  readonly library: WorkflowLibrary;
  readonly workflow: WorkflowDefinition;
  readonly catalog: ActionCatalog;
  readonly input?: ValueMap;
  /** What `env()` gives. Its texts are expressions too, as in Mistral. */
  readonly env?: ValueMap;
  /** Whether the texts of `env` are data, and no expressions. Default false. */
  readonly envIsData?: boolean;
  /** The task that a reverse workflow is to reach. */
  readonly taskName?: string;
  /**
   * Names everything that is made: executions, tasks, calls, and what `uuid()` gives. Never the same twice.
   *
   * @param path of the thing: `/task/1/0/0` is the call of a task. The same thing has the same path in every run, however
   * long each thing takes; each use of `uuid()` has another one.
   */
  readonly newId: (path: string) => string;
  /** A number from 0 to below 1, for YAQL's `random()`. */
  readonly random?: () => number;
  /** Milliseconds since 1970, until the first event that says otherwise. Default 0. */
  readonly now?: number;
}

const NOTHING: readonly EngineCommand[] = Object.freeze([]);

/**
 * One run of one workflow as a state machine: events in, commands out. No clock, no promise, no I/O; the same events and
 * the same ids give the same commands, always. The rules are those of Mistral 15 (docs/workflows.md has the few that
 * differ, with reasons).
 */
export class WorkflowEngine {
  readonly #core: Core;
  readonly #options: EngineOptions;
  #root: Execution | undefined;
  #told = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { library, catalog, newId, random, now = 0 } = options;
    const core = new Core(library, catalog, new Expressions(random), newId, now);
    core.operations = {
      startExecution: (start) => startExecution(core, start),
      dispatch: (execution, commands) => dispatch(core, execution, commands),
      pauseExecution: (execution, message) => pauseExecution(core, execution, message),
      failExecution: (execution, message) => failExecution(core, execution, message),
      checkCompletion: (execution) => checkCompletion(core, execution),
      runTask: (execution, command) => runTask(core, execution, command),
      completeTask: (task, state, info) => completeTask(core, task, state, info),
      continueTask: (task) => continueTask(core, task),
    };
    this.#core = core;
  }

  /**
   * The first commands. To be called once, before any event. What is wrong at the very beginning (an input, vars) is an
   * outcome too: the commands are then only `finished`, with ERROR.
   */
  start(): readonly EngineCommand[] {
    const { workflow, input = new Map(), env = new Map(), envIsData = false, taskName } = this.#options;
    try {
      const params = new Map<Value, Value>([['env', envIsData ? env : this.#evaluateEnv(env)]]);
      if (taskName !== undefined) params.set('task_name', taskName);
      this.#core.do.startExecution({ workflow, input, params, created: (execution) => (this.#root = execution) });
    } catch (error) {
      const output: ValueMap = new Map([['result', workflowFault(error)]]);
      this.#told = true;
      return [{ type: 'finished', state: 'ERROR', output }];
    }
    return this.#take();
  }

  apply(event: EngineEvent): readonly EngineCommand[] {
    const root = this.#root;
    if (root === undefined || (this.#told && event.type !== 'rerun')) return NOTHING;
    const core = this.#core;
    core.now = event.now ?? core.now;
    switch (event.type) {
      case 'result': {
        const call = core.calls.get(event.id);
        if (call !== undefined && call.sub === undefined) callEnded(core, call, event.state, event.value);
        break;
      }
      case 'timer': {
        const timer = core.timers.get(event.timer);
        core.timers.delete(event.timer);
        timer?.fire();
        break;
      }
      case 'pause':
        pauseExecution(core, root, event.message ?? null);
        break;
      case 'resume':
        resumeExecution(core, root);
        break;
      case 'cancel':
        cancelExecution(core, root, event.message ?? null);
        break;
      case 'rerun':
        if (!rerun(core, event)) return NOTHING;
        if (this.#told) resumeInFlight(core);
        this.#told = false;
        break;
    }
    return this.#take();
  }

  get state(): State {
    return this.#root?.state ?? (this.#told ? 'ERROR' : 'IDLE');
  }

  /** Everything as it stands now, sub-workflows included. Undefined when the run could not begin. */
  result(): ExecutionResult | undefined {
    return this.#root === undefined ? undefined : resultOfExecution(this.#root);
  }

  /** Expressions in an environment see the environment itself, before any of it is evaluated. @throws ExpressionError */
  #evaluateEnv(env: ValueMap): ValueMap {
    if (env.size === 0) return env;
    const nothing = (): Value => null;
    const functions = {
      env: () => env,
      global: nothing,
      execution: nothing,
      executions: nothing,
      task: nothing,
      tasks: nothing,
      uuid: () => this.#core.newId('/uuid'),
      now: () => this.#core.now,
    };
    return this.#core.expressions.evaluate(env, { functions, data: () => new Map([['__env', env]]) }) as ValueMap;
  }

  #take(): readonly EngineCommand[] {
    const core = this.#core;
    core.runJobs();
    const root = this.#root;
    if (root?.state === 'RUNNING' && core.open.size === 0 && core.timers.size === 0) {
      releaseStuckJoins(core);
      core.runJobs();
    }
    if (root !== undefined && isCompleted(root.state) && !this.#told) {
      this.#told = true;
      for (const id of core.open) core.commands.push({ type: 'cancel', id });
      core.commands.push({ type: 'finished', state: root.state, output: root.output });
    }
    if (core.commands.length === 0) return NOTHING;
    const { commands } = core;
    core.commands = [];
    return commands;
  }
}
