import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { requireResource } from '../resource-lookup.ts';

/** `get_resource: name`: the reference id of a resource. Mirrors GetResource. */
export const GET_RESOURCE: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'GetResource',
  form: 'the name of a resource',
  kind: 'get_resource',
  resource: (call, runtime) => evaluate(call.args, runtime),
  evaluate: (call, runtime) => runtime.reference(requireResource(call, runtime)),
});
