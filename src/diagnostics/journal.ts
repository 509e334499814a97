import type { Diagnostic } from './diagnostic.ts';

/** Messages about journals. */

function problem(code: string, message: string, expected: string, hint: string): Diagnostic {
  return { code, severity: 'error', message, expected, hint };
}

export function journalUnreadable(text: string): Diagnostic {
  return problem(
    'JOURNAL_UNREADABLE',
    `The journal cannot be read: ${text}.`,
    'a journal that this version wrote',
    'See whether it is the right file; what it records is not lost while it is not touched.',
  );
}

export function journalOfAnotherRun(found: string, wanted: string): Diagnostic {
  return problem(
    'JOURNAL_OF_ANOTHER_RUN',
    `The journal is of the run '${found}', not of '${wanted}'.`,
    'an empty journal, or the one of this run',
    `To go on with that run, give its run id: '${found}'.`,
  );
}

export function journalOfAnotherGraph(runId: string): Diagnostic {
  return problem(
    'JOURNAL_OF_ANOTHER_GRAPH',
    `The journal of the run '${runId}' is of another graph.`,
    'the graph with which the run was begun: the same template, environment and parameters',
    'Go on with the graph of then, or begin a new run with a new journal.',
  );
}

export function journalFailed(text: string): Diagnostic {
  return problem(
    'JOURNAL_FAILED',
    `The journal could not be written, so the run was given up: ${text}.`,
    'a journal that takes what it is given',
    'Once the cause is mended, resume the run: nothing was begun that is not in the journal.',
  );
}
