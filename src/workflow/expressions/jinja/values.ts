import { isList, type Value, type ValueMap } from '../../../values/value.ts';

/** What a template works on: values, names that stand for nothing, and what can be called. */
export type JinjaValue = Value | Undefined | Callable | LoopState | Namespace;

/** Jinja's StrictUndefined: may be asked whether it is defined, and nothing else. */
export class Undefined {
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}

export interface CallArguments {
  readonly positional: readonly JinjaValue[];
  readonly named: ReadonlyMap<string, JinjaValue>;
}

export class Callable {
  readonly call: (args: CallArguments) => JinjaValue;

  constructor(call: (args: CallArguments) => JinjaValue) {
    this.call = call;
  }
}

/** `loop` in a for. */
export class LoopState {
  readonly attributes: ReadonlyMap<string, JinjaValue>;

  constructor(attributes: ReadonlyMap<string, JinjaValue>) {
    this.attributes = attributes;
  }
}

/** `namespace()`: the one object that a template may change. */
export class Namespace {
  readonly attributes: Map<string, JinjaValue> = new Map();
}

/** What is wrong with a template while it is evaluated. */
export class TemplateError extends Error {}

/** @throws TemplateError for what is no data: an undefined name, a function. */
export function data(value: JinjaValue): Value {
  if (value instanceof Undefined) throw new TemplateError(`${value.what} is undefined`);
  if (value instanceof Callable || value instanceof LoopState || value instanceof Namespace) {
    throw new TemplateError('A function is no data');
  }
  return value;
}

/** What a for, `list` or `join` goes through: characters of text, keys of maps. */
export function iterate(value: JinjaValue): readonly Value[] {
  const given = data(value);
  if (isList(given)) return given;
  if (typeof given === 'string') return Array.from(given);
  if (given instanceof Map) return [...(given as ValueMap).keys()];
  if (given instanceof Set) return [...(given as ReadonlySet<Value>)];
  throw new TemplateError('This cannot be gone through');
}

export function text(value: JinjaValue, what: string): string {
  const given = data(value);
  if (typeof given !== 'string') throw new TemplateError(`${what} wants text`);
  return given;
}

export function integer(value: JinjaValue, what: string): number {
  const given = data(value);
  if (typeof given === 'boolean') return given ? 1 : 0;
  if (typeof given !== 'number' || !Number.isInteger(given)) throw new TemplateError(`${what} wants a whole number`);
  return given;
}
