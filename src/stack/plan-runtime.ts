import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { Template } from '../template/template.ts';
import { repr, str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type { Parameters } from './parameters.ts';

/** What a runtime of planning time is made of. */
export interface PlanRuntimeParts {
  readonly template: Template;
  readonly parameters: Parameters;
  /** What `get_file` gives. */
  fileText(reference: string): string | undefined;
  readonly availabilityZones: readonly string[];
  readonly yaql: Pick<Runtime, 'yaql' | 'yaqlCheck'>;
  readonly facade: ReadonlyMap<string, Value> | undefined;
  hasResource(name: Value): boolean;
  condition(name: Value): boolean;
}

/**
 * Values as they are before anything exists: parameters have theirs, a resource's reference is its name, attributes are
 * null. Mirrors a StackDefinition without resource data.
 */
export function planRuntime(parts: PlanRuntimeParts): Runtime {
  const { template, parameters, availabilityZones, yaql, facade } = parts;
  return {
    parameter: (name) => parameterValue(template, parameters, name),
    hasResource: parts.hasResource,
    reference: (name) => name,
    attribute: () => null,
    allAttributes: () => null,
    file: (key) => parts.fileText(key),
    mappings: () => template.mappings,
    availabilityZones: () => availabilityZones,
    facade: (what) => {
      const value = facade?.get(what);
      if (value === undefined)
        throw new PythonError('AttributeError', 'the stack stands for no resource of another stack');
      return value;
    },
    condition: parts.condition,
    ...yaql,
  };
}

function parameterValue(template: Template, parameters: Parameters, name: Value): Value {
  const pseudo = typeof name === 'string' ? parameters.pseudo.get(name) : undefined;
  if (pseudo !== undefined) return pseudo;
  const parameter = parameters.declared.get(name);
  if (parameter === undefined) {
    // A definition that was refused has no value, but its own diagnostic already.
    if (template.parameters.has(name)) return null;
    throw new PythonError('UserParameterMissing', `there is no parameter ${repr(name)}`);
  }
  const { coerced } = parameter;
  if (coerced === undefined) throw new PythonError('UserParameterMissing', `the parameter '${str(name)}' has no value`);
  if (!coerced.ok) throw new PythonError(coerced.heat, `the parameter '${str(name)}': ${coerced.problem}`);
  return coerced.value;
}
