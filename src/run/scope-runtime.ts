import { attributeNotGiven, conditionLeft, parameterMissing, standsForNothing } from '../diagnostics/run.ts';
import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { Scope } from '../graph/task.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type { TaskResult } from './result.ts';
import { selectFromAttribute } from './select-attribute.ts';

/** What functions need and a graph does not carry. */
export interface HostValues {
  /** Evaluates a YAQL expression on `{data}`. */
  readonly yaql: (expression: string, data: Value) => Value;
  /** What `Fn::GetAZs` gives. Default `['nova']`. */
  readonly availabilityZones?: readonly string[];
}

/** A thing that functions may refer to: its name, its type, and what is known of it. */
export interface Known {
  readonly name: string;
  readonly type: string;
  readonly result: TaskResult;
}

/** `get_attr` of something that the handler did not give. */
export class AttributeMissing extends PythonError {
  readonly resource: string;

  constructor(resource: string, message: string) {
    super('InvalidTemplateAttribute', message);
    this.resource = resource;
  }
}

/**
 * What the functions in the inputs of one task, or in one output, see: their scope, and the results of what is required.
 * Nothing else exists for them.
 */
export class ScopeRuntime implements Runtime {
  readonly #scope: Scope;
  readonly #find: (name: string) => Known | undefined;
  readonly #host: HostValues;

  constructor(scope: Scope, find: (name: string) => Known | undefined, host: HostValues) {
    this.#scope = scope;
    this.#find = find;
    this.#host = host;
  }

  parameter(name: Value): Value {
    const value = typeof name === 'string' ? this.#scope.parameters.get(name) : undefined;
    if (value === undefined) throw new PythonError('UserParameterMissing', parameterMissing(str(name)));
    return value;
  }

  hasResource(name: Value): boolean {
    return this.#known(name) !== undefined;
  }

  /** Mirrors `Resource.get_reference_id`: the name where there is no id. */
  reference(name: Value): Value {
    const known = this.#known(name);
    return known?.result.referenceId ?? known?.result.physicalId ?? name;
  }

  attribute(name: Value, path: readonly Value[]): Value {
    const known = this.#known(name);
    const [key = null, ...rest] = path;
    const value = known === undefined ? undefined : attributeOf(known.result, key);
    if (value !== undefined) return selectFromAttribute(value, rest);
    const { type = '', result = {} } = known ?? {};
    const given = Array.from(result.attributes?.keys() ?? [], str);
    throw new AttributeMissing(str(name), attributeNotGiven(str(name), type, str(key), given));
  }

  /** Mirrors `ResourceProxy.FnGetAtts`: without `show`, which is all of them once more. */
  allAttributes(name: Value): Value {
    const all = new Map(this.#known(name)?.result.attributes);
    all.delete('show');
    return all;
  }

  file(key: string): string | undefined {
    return this.#scope.files.get(key);
  }

  mappings(): Value {
    return this.#scope.mappings;
  }

  availabilityZones(): Value {
    return this.#host.availabilityZones ?? ['nova'];
  }

  facade(what: 'metadata' | 'deletion_policy' | 'update_policy'): Value {
    const { facade } = this.#scope;
    if (facade === undefined) throw new PythonError('AttributeError', standsForNothing());
    return facade.get(what) ?? null;
  }

  /** Conditions were decided when the graph was made: none is left by name. */
  condition(name: Value): boolean {
    throw new PythonError('ValueError', conditionLeft(str(name)));
  }

  yaql(expression: string, data: Value): Value {
    return this.#host.yaql(expression, data);
  }

  /** Expressions were checked when the graph was made. */
  yaqlCheck(): void {}

  #known(name: Value): Known | undefined {
    return typeof name === 'string' ? this.#find(name) : undefined;
  }
}

/** Attributes come before outputs of the same name; `outputs` is all outputs where nothing else has that name. */
function attributeOf(result: TaskResult, key: Value): Value | undefined {
  // Null is a value: of an attribute that is there and not known.
  for (const named of [result.attributes, result.outputs]) {
    const value = named?.get(key);
    if (value !== undefined) return value;
  }
  return key === 'outputs' ? result.outputs : undefined;
}
