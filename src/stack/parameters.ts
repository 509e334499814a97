import type { Diagnostic, Locator } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/parameters.ts';
import type { Template } from '../template/template.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { fitsType, violation } from './constraint-check.ts';
import { type ParameterSchema, readParameterSchema } from './parameter-schema.ts';
import { type Coerced, coerce, describeValue } from './parameter-value.ts';
import { pseudoParameters, type StackIdentity } from './pseudo-parameters.ts';

/** A parameter with the value that counts. Mirrors `heat.engine.parameters.Parameter`. */
export interface Parameter {
  readonly schema: ParameterSchema;
  /** What the user, the environment or the template said; null: nobody said anything. */
  readonly given: Value;
  readonly source: 'user' | 'environment' | 'default' | 'none';
  /** Undefined: no value. */
  readonly coerced: Coerced | undefined;
}

export interface Parameters {
  /** By name; Heat reads parameters whose names are not text as well, though nothing can refer to them. */
  readonly declared: ReadonlyMap<Value, Parameter>;
  readonly pseudo: ReadonlyMap<string, Value>;
}

/** What users say: values of any kind; null stands for nothing. */
export interface ParameterInput {
  /** From the caller and the environment's `parameters`. */
  readonly values: ReadonlyMap<string, Value>;
  /** The environment's `parameter_defaults`: instead of the template's own. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** Where a value was given, for diagnostics. */
  readonly locate?: (name: string) => Locator | undefined;
}

/** Reads every definition and finds its value. Definitions that are broken are reported and left out. */
export function bindParameters(
  template: Template,
  input: ParameterInput,
  identity: StackIdentity,
  report: (diagnostic: Diagnostic) => void,
): Parameters {
  const { document, dialect } = template;
  const declared = new Map<Value, Parameter>();
  for (const [key, definition] of template.parameters) {
    const path = [dialect.sections.parameters, key];
    const name = str(key);
    const schema = readParameterSchema(document, dialect.parameterDialect, path, name, definition, report);
    if (schema !== undefined) declared.set(key, chooseValue(schema, input));
  }
  return { declared, pseudo: pseudoParameters(dialect.parameterDialect.format, identity) };
}

function chooseValue(schema: ParameterSchema, input: ParameterInput): Parameter {
  const user = input.values.get(schema.name) ?? null;
  const environment = input.defaults.get(schema.name) ?? null;
  const [given, source] =
    user !== null
      ? ([user, 'user'] as const)
      : environment !== null
        ? ([environment, 'environment'] as const)
        : schema.default !== null
          ? ([schema.default, 'default'] as const)
          : ([null, 'none'] as const);
  return { schema, given, source, coerced: given === null ? undefined : coerce(schema.type, given) };
}

/**
 * Heat's validation of parameters: names that the template does not define, missing values, values and defaults that
 * break constraints. Mirrors `Parameters.validate`.
 */
export function validateParameters(
  template: Template,
  parameters: Parameters,
  input: ParameterInput,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { document } = template;
  const names = [...template.parameters.keys()].filter((key) => typeof key === 'string');
  for (const name of input.values.keys()) {
    if (!template.parameters.has(name)) {
      report(say.parameterUnknown(input.locate?.(name) ?? NOWHERE, ['parameters', name], name, names));
    }
  }
  for (const [name, parameter] of parameters.declared) {
    if (typeof name !== 'string') report(say.parameterNameNotText(document, parameter.schema.path, str(name)));
    validateParameter(document, parameter, report);
  }
}

const NOWHERE: Locator = { locate: () => undefined };

function validateParameter(document: Locator, parameter: Parameter, report: (diagnostic: Diagnostic) => void): void {
  const { schema, given, source, coerced } = parameter;
  for (const constraint of schema.constraints) {
    if (!fitsType(constraint.kind, schema.type)) {
      report(say.constraintNotForType(document, constraint.path, constraint.kind, schema.name, schema.writtenType));
    }
  }
  // Heat holds defaults against constraints, and of lists that they are some; the rest shows when they are used.
  if (schema.default !== null && (schema.constraints.length > 0 || schema.type === 'comma_delimited_list')) {
    const problem = firstProblem(schema, coerce(schema.type, schema.default), schema.default, false);
    if (problem !== undefined) {
      const path = [...schema.path, 'default'];
      report(say.defaultInvalid(document, path, schema.name, problem.problem, problem.expected));
      if (source === 'default') return;
    }
  }
  if (coerced === undefined) {
    report(say.parameterMissing(document, schema.path, schema.name));
    return;
  }
  const problem = firstProblem(schema, coerced, given, true);
  if (problem !== undefined) {
    report(say.valueInvalid(document, schema.path, schema.name, problem.problem, problem.expected));
  }
}

function firstProblem(
  schema: ParameterSchema,
  coerced: Coerced,
  given: Value,
  custom: boolean,
): { problem: string; expected: string } | undefined {
  if (!coerced.ok) {
    return schema.hidden ? { problem: 'it does not fit its type', expected: coerced.expected } : coerced;
  }
  for (const constraint of schema.constraints) {
    if (!fitsType(constraint.kind, schema.type) || (constraint.kind === 'custom_constraint' && !custom)) continue;
    const found = violation(constraint, schema.type, coerced.value, describeValue(schema, given));
    if (found !== undefined) return found;
  }
  return undefined;
}
