import { PropertyFailure, type RawProperty } from '../catalog/catalog.ts';
import { evaluateOrOmit } from '../functions/evaluate.ts';
import { Call, type Expression, OMIT } from '../functions/expression.ts';
import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { Value } from '../values/value.ts';
import type { ResourceDefinition } from './resource-definition.ts';

/** Reads properties as the template gives them, functions resolved; each once. */
export function rawProperty(runtime: Runtime, { properties }: ResourceDefinition): RawProperty {
  const read = new Map<string, Value | undefined | PropertyFailure>();
  return (name) => {
    if (!read.has(name)) read.set(name, readRaw(properties, name, runtime));
    return read.get(name);
  };
}

function readRaw(
  properties: Expression | undefined,
  name: string,
  runtime: Runtime,
): Value | undefined | PropertyFailure {
  if (properties === undefined) return undefined;
  // Heat looks the name up in the function itself.
  if (properties instanceof Call) return new PropertyFailure('ValueError', 'the properties are a function as a whole');
  const expression = (properties as ReadonlyMap<Value, Expression>).get(name);
  if (expression === undefined) return undefined;
  try {
    const value = evaluateOrOmit(expression, runtime);
    return value === OMIT ? undefined : value;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return new PropertyFailure(error.type === 'StackValidationFailed' ? error.type : 'ValueError', error.message);
  }
}
