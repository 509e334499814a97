import type { Diagnostic, Place } from './diagnostic.ts';

/** Messages of the run room and of the executors. */

/** Why one task failed, or why a run could not begin. */
function problem(code: string, message: string, rest: Partial<Diagnostic> = {}, place?: Place): Diagnostic {
  return { code, severity: 'error', message, ...(place !== undefined && { place }), ...rest };
}

export interface HandlerGap {
  readonly type: string;
  readonly action: string;
  readonly known: boolean;
  readonly tasks: readonly string[];
  readonly count: number;
  readonly place: Place | undefined;
}

export function handlerMissing(gap: HandlerGap): Diagnostic {
  const { type, action, known, tasks, count, place } = gap;
  const named = tasks.map((id) => `'${id}'`).join(', ');
  const who = count > tasks.length ? `${named} and ${count - tasks.length} more` : named;
  const method = action.toLowerCase();
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

export function requiredFailed(task: string): string {
  return `'${task}' did not complete`;
}
