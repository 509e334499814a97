import { notOneOf } from '../../diagnostics/functions.ts';
import { evaluate } from '../evaluate.ts';
import { Call, type Expression, type FunctionContext, type FunctionDefinition } from '../expression.ts';
import { isPythonError, PythonError } from '../python-error.ts';
import type { Runtime } from '../runtime.ts';

type Facade = Parameters<Runtime['facade']>[0];

/** `resource_facade: metadata`, in a nested stack: of the resource that the stack stands for. Mirrors ResourceFacade. */
export const RESOURCE_FACADE: FunctionDefinition = facadeFunction(
  new Map([
    ['metadata', 'metadata'],
    ['deletion_policy', 'deletion_policy'],
    ['update_policy', 'update_policy'],
  ]),
);

/** `Fn::ResourceFacade: Metadata`. */
export const FN_RESOURCE_FACADE: FunctionDefinition = facadeFunction(
  new Map([
    ['Metadata', 'metadata'],
    ['DeletionPolicy', 'deletion_policy'],
    ['UpdatePolicy', 'update_policy'],
  ]),
);

function facadeFunction(names: ReadonlyMap<string, Facade>): FunctionDefinition {
  return Object.freeze<FunctionDefinition>({
    heatClass: 'ResourceFacade',
    form: `one of ${[...names.keys()].join(', ')}`,
    parse(args, name, context) {
      const what = knownNow(args, context);
      if (typeof what === 'string' && names.has(what)) return;
      throw new PythonError('ValueError', notOneOf(name, [...names.keys()]));
    },
    evaluate({ args }, runtime) {
      const what = evaluate(args, runtime);
      const facade = typeof what === 'string' ? names.get(what) : undefined;
      return facade === undefined ? null : runtime.facade(facade);
    },
  });
}

/** The argument is compared already when it is parsed; for that a call is evaluated, and its failure is no match. */
function knownNow(args: Expression, context: FunctionContext): Expression {
  if (!(args instanceof Call)) return args;
  try {
    return evaluate(args, context.runtime);
  } catch (error) {
    if (isPythonError(error, 'TypeError', 'ValueError')) return null;
    throw error;
  }
}
