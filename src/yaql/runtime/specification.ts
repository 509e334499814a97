import type { Context } from './context.ts';
import type { Runtime } from './objects.ts';
import type { ParameterType } from './parameter-type.ts';
import type { Run } from './run.ts';

/** What a payload knows of its call. */
export interface Call {
  readonly run: Run;
  /** A new context inside the caller's. */
  readonly context: Context;
  readonly keywords: ReadonlyMap<string, Runtime>;
}

/** A parameter of a function. */
export interface Parameter {
  /** The name for keyword arguments. */
  readonly name: string;
  readonly type: ParameterType;
  /** Undefined: the argument must be given. */
  readonly default: Runtime | undefined;
}

// A payload knows what its parameters' types make of its arguments; the registry cannot.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Payload = (call: Call, ...args: any[]) => Runtime; // oxlint-disable-line no-explicit-any

/** One overload of a function. */
export interface FunctionSpec {
  readonly name: string;
  readonly isFunction: boolean;
  readonly isMethod: boolean;
  readonly parameters: readonly Parameter[];
  /** Takes all further positional arguments. */
  readonly rest: Parameter | undefined;
  /** Takes all further keyword arguments. */
  readonly restKeyword: Parameter | undefined;
  /** `key => value` arguments are values of their own, not keyword arguments. */
  readonly noKeywords: boolean;
  /** Whether the result is a new value, whose memory counts. */
  readonly allocates: boolean;
  readonly payload: Payload;
  /** Whether some parameter takes its argument unevaluated. */
  readonly hasLazy: boolean;
}

/** How an overload is registered. */
export interface SpecOptions {
  readonly rest?: Parameter;
  readonly restKeyword?: Parameter;
  readonly noKeywords?: boolean;
  readonly allocates?: boolean;
}

function spec(
  name: string,
  kind: 'function' | 'method' | 'both',
  parameters: readonly Parameter[],
  payload: Payload,
  options: SpecOptions,
): FunctionSpec {
  return {
    name,
    isFunction: kind !== 'method',
    isMethod: kind !== 'function',
    parameters,
    rest: options.rest,
    restKeyword: options.restKeyword,
    noKeywords: options.noKeywords ?? false,
    allocates: options.allocates ?? false,
    payload,
    hasLazy: [...parameters, options.rest, options.restKeyword].some((parameter) => parameter?.type.lazy === true),
  };
}

/** An overload called as `name(a, b)`. */
export function func(
  name: string,
  parameters: readonly Parameter[],
  payload: Payload,
  options: SpecOptions = {},
): FunctionSpec {
  return spec(name, 'function', parameters, payload, options);
}

/** An overload called as `a.name(b)`. */
export function method(
  name: string,
  parameters: readonly Parameter[],
  payload: Payload,
  options: SpecOptions = {},
): FunctionSpec {
  return spec(name, 'method', parameters, payload, options);
}

/** An overload called either way. */
export function extension(
  name: string,
  parameters: readonly Parameter[],
  payload: Payload,
  options: SpecOptions = {},
): FunctionSpec {
  return spec(name, 'both', parameters, payload, options);
}

export function param(name: string, type: ParameterType, defaultValue?: Runtime): Parameter {
  return { name, type, default: defaultValue };
}
