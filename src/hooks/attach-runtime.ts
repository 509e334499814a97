import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { Scope } from '../graph/task.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';

/** What is known when hooks are attached: parameters and files; names of resources, and nothing of what they will be. */
export function attachRuntime(scope: Scope, hasResource: (name: Value) => boolean): Runtime {
  return {
    parameter(name) {
      const value = typeof name === 'string' ? scope.parameters.get(name) : undefined;
      if (value === undefined) throw new PythonError('UserParameterMissing', `there is no parameter '${str(name)}'`);
      return value;
    },
    hasResource,
    reference: (name) => name,
    attribute: () => null,
    allAttributes: () => null,
    file: (key) => scope.files.get(key),
    mappings: () => scope.mappings,
    availabilityZones: () => ['nova'],
    facade: (what) => scope.facade?.get(what) ?? null,
    condition(name) {
      throw new PythonError('ValueError', `the condition '${str(name)}' is not known outside the template`);
    },
    yaql: () => null,
    yaqlCheck: () => {},
  };
}
