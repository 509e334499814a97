import { unknownResource, unusableName } from '../diagnostics/functions.ts';
import { hashable } from '../values/equality.ts';
import { repr, str } from '../values/text.ts';
import { typeName, type Value } from '../values/value.ts';
import type { Call } from './expression.ts';
import { PythonError } from './python-error.ts';
import type { Runtime } from './runtime.ts';

/** The name to which a reference function refers. @throws PythonError TypeError where Python cannot look it up. */
export function resourceName(call: Call, runtime: Runtime): Value {
  const name = call.definition.resource?.(call, runtime) ?? null;
  if (!hashable(name)) throw new PythonError('TypeError', unusableName(typeName(name), repr(name)));
  return name;
}

/** The same name, of a resource that is there. @throws PythonError InvalidTemplateReference when it is not. */
export function requireResource(call: Call, runtime: Runtime): Value {
  const name = resourceName(call, runtime);
  if (!runtime.hasResource(name)) throw new PythonError('InvalidTemplateReference', unknownResource(str(name)));
  return name;
}
