import type { Diagnostic, Path } from './diagnostic.ts';

/** Messages about recorded states. */

/** What reading JSON found: the same faults as in a graph, told of a state. */
export function stateJson(diagnostic: Diagnostic): Diagnostic {
  return {
    ...diagnostic,
    code: diagnostic.code.replace(/^GRAPH_/, 'STATE_'),
    message: diagnostic.message.replace(/\bgraph\b/g, 'state'),
  };
}

export function stateVersion(found: unknown, known: number): Diagnostic {
  return {
    code: 'STATE_JSON_VERSION',
    severity: 'error',
    message:
      typeof found === 'number'
        ? `This state is of format version ${found}.`
        : 'This does not state the version of its format.',
    path: ['formatVersion'],
    expected: `formatVersion ${known}`,
    hint: 'Read it with the version of heat-task-graph that wrote it.',
  };
}

export function stateDuplicate(path: Path, id: string): Diagnostic {
  return {
    code: 'STATE_JSON_DUPLICATE',
    severity: 'error',
    message: `There is a resource of the id '${id}' already.`,
    path,
    expected: 'an id of its own for each resource',
  };
}

export function hiddenNotKept(path: Path, what: string): Diagnostic {
  return {
    code: 'STATE_HIDDEN_NOT_KEPT',
    severity: 'warning',
    message: `The state does not hold ${what}: it is hidden.`,
    path,
    expected: 'to be given again',
    hint: 'Give the state a codec when it is written and read, and hidden values are kept encrypted.',
  };
}

export function hiddenUnreadable(path: Path, what: string, problem: string): Diagnostic {
  return {
    code: 'STATE_HIDDEN_UNREADABLE',
    severity: 'error',
    message: `What is hidden of ${what} can not be read: ${problem}.`,
    path,
    expected: 'the codec and the key with which the state was written',
  };
}
