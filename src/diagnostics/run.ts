import type { Diagnostic, Place } from './diagnostic.ts';

/** Messages of the run room and of the executors. */

/** Why one task failed, or why a run could not begin. */
function problem(code: string, message: string, rest: Partial<Diagnostic> = {}, place?: Place): Diagnostic {
  return { code, severity: 'error', message, ...(place !== undefined && { place }), ...rest };
}

/** What a graph needs and no handler does. */
export interface HandlerGap {
  readonly type: string;
  readonly action: string;
  /** Whether there is a handler for the type, which lacks the method. */
  readonly known: boolean;
  /** Ids of some tasks that need it, and how many they are. */
  readonly tasks: readonly string[];
  readonly count: number;
  readonly place: Place | undefined;
}

export function handlerMissing(gap: HandlerGap): Diagnostic {
  const { type, action, known, tasks, count, place } = gap;
  const named = tasks.map((id) => `'${id}'`).join(', ');
  const who = count > tasks.length ? `${named} and ${count - tasks.length} more` : named;
  const method = action.toLowerCase().replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
  const message = known
    ? `The handler for '${type}' cannot ${action}, which is needed for ${who}.`
    : `There is no handler for '${type}', which is needed for ${who}.`;
  return problem(
    'HANDLER_MISSING',
    message,
    {
      expected: `a handler for '${type}' or '*' with a method '${method}'`,
      hint: known ? `Give it a method '${method}'.` : `Add '${type}' to the handlers, or '*' for every other type.`,
    },
    place,
  );
}

export function handlerFailed(text: string, place?: Place): Diagnostic {
  return problem('HANDLER_FAILED', text, {}, place);
}

export function taskTimedOut(ms: number, place?: Place): Diagnostic {
  const hint = 'Give its policy a longer timeout, or see why it takes so long.';
  return problem('TASK_TIMED_OUT', `Not done within ${ms} ms, all attempts together.`, { hint }, place);
}

export function attemptCancelled(text: string, place?: Place): Diagnostic {
  return problem('TASK_CANCELLED', text, {}, place);
}

export function queueRefused(text: string, place?: Place): Diagnostic {
  return problem('QUEUE_REFUSED', `The queue did not run the task: ${text}`, {}, place);
}

export function resultNotData(where: string, what: string, place?: Place): Diagnostic {
  const at = where === '' ? '' : ` at ${where}`;
  return problem(
    'RESULT_NOT_DATA',
    `What the handler returned cannot be kept${at}: ${what}.`,
    {
      expected: 'nothing, or { physicalId?, referenceId?, attributes?, outputs? } with plain JSON data',
      hint: 'The work itself may have been done: look before it is run again.',
    },
    place,
  );
}

export function inputsUnresolved(text: string, heat: string, place?: Place): Diagnostic {
  return problem('INPUTS_UNRESOLVED', `The inputs cannot be resolved: ${text}`, { heat }, place);
}

export function outputUnresolved(name: string, text: string): Diagnostic {
  return problem('OUTPUT_UNRESOLVED', `The output '${name}' has no value: ${text}`);
}

export function checkMissing(type: string, action: string, place?: Place): Diagnostic {
  const method = action.toLowerCase();
  const check = `check${action.charAt(0)}${method.slice(1)}`;
  return problem(
    'CHECK_MISSING',
    `The handler for '${type}' returned ctx.poll from '${method}', and has no method '${check}' to look whether it is done.`,
    { expected: `a method '${check}'`, hint: 'The work itself has begun: look before it is run again.' },
    place,
  );
}

export function runTimedOut(ms: number): Diagnostic {
  const hint = 'Give the run a longer timeout, or see which task takes so long.';
  return problem('RUN_TIMED_OUT', `The run was not done within ${ms} ms.`, { hint });
}

export function runIdTaken(runId: string): Diagnostic {
  return problem('RUN_ID_TAKEN', `There is a run '${runId}' of another graph already.`, {
    hint: 'Every run needs an id of its own; the same id means the same run.',
  });
}

export function rollbackMissing(task: string, action: string): Diagnostic {
  return problem('ROLLBACK_MISSING', `There is no way back from '${task}' (${action}).`, {
    expected: 'the option `rollback`: what gives the graph that brings back what was there before',
    hint: 'Only a graph of nothing but CREATE tasks is rolled back without it: what was created is deleted.',
  });
}

export function executorClosed(): Diagnostic {
  return problem('EXECUTOR_CLOSED', 'The executor is closed.', { hint: 'Make a new one.' });
}

export function noHandlers(): Diagnostic {
  return problem('HANDLERS_MISSING', 'There are no handlers: neither the run nor a worker brings any.', {
    expected: '`handlers`, or `startWorker(handlers)` of the executor',
  });
}

export function observerFailed(text: string): Diagnostic {
  return {
    code: 'OBSERVER_FAILED',
    severity: 'warning',
    message: `onEvent threw, and is not called any more: ${text}`,
    hint: 'The run itself was not disturbed.',
  };
}

// Texts of what functions throw while inputs are resolved.

export function parameterMissing(name: string): string {
  return `there is no parameter '${name}'`;
}

export function attributeNotGiven(resource: string, type: string, attribute: string, given: readonly string[]): string {
  const of = type === '' ? `'${resource}'` : `'${resource}' (${type})`;
  const gave = given.length === 0 ? 'no attributes' : `only ${given.map((name) => `'${name}'`).join(', ')}`;
  return `${of} has no attribute '${attribute}': its handler gave ${gave}`;
}

export function standsForNothing(): string {
  return 'this stack stands for no resource of another one';
}

export function conditionLeft(name: string): string {
  return `the condition '${name}' is not known when tasks run`;
}

export function nothingDone(): string {
  return 'the run did not begin';
}

export function requiredFailed(task: string): string {
  return `'${task}' did not complete`;
}
