import type { Catalog } from '../catalog/catalog.ts';
import { buildGraph } from '../compile/build-graph.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { changeUnreadable } from '../diagnostics/plan.ts';
import type { PythonError } from '../functions/python-error.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import { bindSource } from '../state/bind-source.ts';
import { completeState } from '../state/complete-state.ts';
import type { StackState } from '../state/stack-state.ts';
import type { PlanOptions } from './plan-options.ts';

/** Where a plan starts. */
export interface Previous {
  readonly state: StackState;
  /** What it was bound from. Undefined: its template cannot be read any more. */
  readonly stack: Stack | undefined;
  /** Whether ids and values were recorded; otherwise all values are those of planning time. */
  readonly recorded: boolean;
}

/** A stack stands for a state in which all its resources are there. */
export function previousOf(
  from: Stack | StackState,
  catalog: Catalog,
  options: PlanOptions,
  report: (diagnostic: Diagnostic) => void,
): Previous {
  if (!isStack(from)) {
    return {
      state: from,
      stack: bindSource(from.source, { ...options, unknownTypes: 'accept' }).stack,
      recorded: true,
    };
  }
  const { document, dialect } = from.template;
  const failed = ({ name, path, resolvedType }: ResourceDefinition, error: PythonError): void => {
    if (resolvedType?.kind === 'plugin' && catalog.get(resolvedType.type)?.placeholder) return;
    const at = [...path, dialect.resourceKeys.properties];
    report(changeUnreadable(document, at, name, error.message, error.type));
  };
  const state = completeState(
    from,
    buildGraph(from, { catalog, ...(options.hooks && { hooks: options.hooks }) }).graph,
    [],
    failed,
  );
  return { state, stack: from, recorded: false };
}

export function isStack(one: Stack | StackState | object): one is Stack {
  return 'runtime' in one;
}
