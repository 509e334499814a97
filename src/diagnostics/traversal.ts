import type { Diagnostic } from './diagnostic.ts';

/** Messages about what is to be done with a stack, before anything is done. */

export function stateNeeded(action: string): Diagnostic {
  return {
    code: 'STATE_NEEDED',
    severity: 'error',
    message: `${action} is for a stack that is there, and no state tells of one.`,
    expected: 'the state that the last traversal of the stack left',
    heat: 'EntityNotFound',
  };
}

export function templateNeeded(action: string): Diagnostic {
  return {
    code: 'TEMPLATE_NEEDED',
    severity: 'error',
    message: `${action} needs a template.`,
    expected: 'the template to which the stack is to be brought',
  };
}

export function stackExists(): Diagnostic {
  return {
    code: 'STACK_EXISTS',
    severity: 'error',
    message: 'The stack is there already.',
    expected: 'no state, or one of a stack that was deleted',
    hint: 'UPDATE brings it to another template.',
    heat: 'StackExists',
  };
}

/** Mirrors what Heat's service refuses before it begins an update. */
export function stackNotUpdatable(state: 'suspended' | 'being deleted'): Diagnostic {
  return {
    code: 'STACK_NOT_UPDATABLE',
    severity: 'error',
    message: `The stack is ${state}, and cannot be updated.`,
    expected: 'a stack that is in service',
    hint: state === 'suspended' ? 'RESUME it first.' : 'DELETE it wholly, and create it anew.',
    heat: 'NotSupported',
  };
}

export function resourceNotIn(action: string, resource: string, state: string): Diagnostic {
  return {
    code: 'RESOURCE_STATE_INVALID',
    severity: 'error',
    message: `'${resource}' is ${state}: it cannot ${action}.`,
    expected: action === 'RESUME' ? 'a resource that is suspended' : 'a resource that is complete',
    heat: 'ResourceFailure',
  };
}

export function snapshotMissing(name: string | undefined, known: readonly string[]): Diagnostic {
  const there = known.length === 0 ? 'The state has no snapshot.' : `There are ${known.join(', ')}.`;
  return {
    code: 'SNAPSHOT_MISSING',
    severity: 'error',
    message: name === undefined ? 'There is no snapshot to restore.' : `There is no snapshot '${name}'.`,
    expected: 'the name of a snapshot that is complete',
    hint: there,
    heat: 'EntityNotFound',
  };
}

export function snapshotTaken(name: string): Diagnostic {
  return {
    code: 'SNAPSHOT_EXISTS',
    severity: 'error',
    message: `There is a snapshot '${name}' already.`,
    expected: 'another name',
  };
}
