import type { Diagnostic } from './diagnostic.ts';

/** Messages of the graphlib room. */

export function graphlibUndirected(): Diagnostic {
  return {
    code: 'GRAPHLIB_UNDIRECTED',
    severity: 'error',
    message: 'The graph is undirected: its edges do not say which task comes first.',
    expected: 'a graph made with `directed: true`',
  };
}

export function graphlibDuplicateTask(node: string, id: string): Diagnostic {
  return {
    code: 'GRAPHLIB_DUPLICATE_TASK',
    severity: 'error',
    message: `Node '${node}': another node before it is the task '${id}' too.`,
    expected: 'one node for each task',
  };
}

export function graphlibBadLabel(what: 'Node' | 'Edge' | 'Output', name: string, expected: string): Diagnostic {
  return {
    code: 'GRAPHLIB_BAD_LABEL',
    severity: 'error',
    message: `${what} '${name}' has a label that is not ${expected}.`,
    expected,
  };
}

/** A warning: nodes may have been taken out on purpose. */
export function graphlibLostOutput(name: string, id: string): Diagnostic {
  return {
    code: 'GRAPHLIB_LOST_OUTPUT',
    severity: 'warning',
    message: `The output '${name}' was left out: the task '${id}', which it needs, is not in the graph.`,
  };
}
