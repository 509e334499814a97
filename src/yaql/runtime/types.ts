import { DateTime, UTC } from '../datetime/datetime.ts';
import { TimeSpan } from '../datetime/timespan.ts';
import { Call as CallNode, Constant, Expression, MappingExpression } from '../language/expression.ts';
import { Raised } from '../raised.ts';
import { Context } from './context.ts';
import { Dict } from './dict.ts';
import { isIterable, limited } from './iteration.ts';
import { Lambda } from './lambda.ts';
import { Callable, isInt, isIterator, isNumber, isSequence, MappingRule, type Runtime } from './objects.ts';
import { Ordering } from './ordering.ts';
import type { Kind, ParameterType, RawArgument } from './parameter-type.ts';
import { Pattern } from './pattern-object.ts';
import { checkQuota } from './quota.ts';
import type { Run } from './run.ts';
import { isSet } from './set-like.ts';

const ANCESTORS: Readonly<Record<Kind, readonly Kind[]>> = {
  object: [],
  int: ['object'],
  bool: ['int', 'object'],
  str: ['Sequence', 'Iterable', 'object'],
  NoneType: ['object'],
  Iterable: ['object'],
  Mapping: ['Iterable', 'object'],
  Sequence: ['Iterable', 'object'],
  Iterator: ['Iterable', 'object'],
  Set: ['Iterable', 'object'],
  Ordering: ['Iterable', 'object'],
  other: ['object'],
};

/** Whether overloads with `a` go before those with `b`. */
export function isSpecialization(a: ParameterType, b: ParameterType): boolean {
  return a.kind !== undefined && b.kind !== undefined && ANCESTORS[a.kind].includes(b.kind);
}

/** A type of values; constants are looked into, other expressions pass until they are evaluated. */
class ValueType implements ParameterType {
  readonly lazy = false;
  readonly kind: Kind | undefined;
  readonly nullable: boolean;
  readonly #accepts: (value: Runtime, run: Run) => boolean;
  readonly #converts: ((value: Runtime, run: Run) => Runtime) | undefined;

  constructor(
    kind: Kind | undefined,
    nullable: boolean,
    accepts: (value: Runtime, run: Run) => boolean,
    converts?: (value: Runtime, run: Run) => Runtime,
  ) {
    this.kind = kind;
    this.nullable = nullable;
    this.#accepts = accepts;
    this.#converts = converts;
  }

  check(raw: RawArgument, run: Run): boolean {
    const value = raw instanceof Constant ? raw.value : raw;
    if (value === null) return this.nullable;
    return value instanceof Expression || this.#accepts(value, run);
  }

  convert(raw: RawArgument, _context: Context, run: Run, name: string): Runtime {
    const value = (raw instanceof Constant ? raw.value : raw) as Runtime;
    if (!this.check(value, run)) throw new Raised('ArgumentException', `the argument ${name} is of the wrong type`);
    if (value === null) return null;
    checkQuota(run, value);
    return this.#converts === undefined ? value : this.#converts(value, run);
  }
}

const any = (): boolean => true;

export const OBJECT: ParameterType = new ValueType('object', false, any);
export const NULLABLE: ParameterType = new ValueType('object', true, any);
export const NULL: ParameterType = new ValueType('NoneType', true, () => false);
export const NUMBER: ParameterType = new ValueType(undefined, false, isNumber);
export const NULLABLE_NUMBER: ParameterType = new ValueType(undefined, true, isNumber);
// Python's bool is an int.
const isIntOrBool = (value: Runtime): boolean => typeof value === 'boolean' || isInt(value);
export const INT: ParameterType = new ValueType('int', false, isIntOrBool, booleanAsInt);
/** As INT, with booleans left as they are. */
export const RAW_INT: ParameterType = new ValueType('int', false, isIntOrBool);
export const NULLABLE_INT: ParameterType = new ValueType('int', true, isIntOrBool, booleanAsInt);
export const INTEGER: ParameterType = new ValueType('int', false, isInt);
export const BOOL: ParameterType = new ValueType('bool', false, isBoolean);
export const NULLABLE_BOOL: ParameterType = new ValueType('bool', true, isBoolean);
export const STRING: ParameterType = new ValueType('str', false, isText);
export const NULLABLE_STRING: ParameterType = new ValueType('str', true, isText);
export const MAPPING: ParameterType = new ValueType('Mapping', false, (value) => value instanceof Dict);
export const SEQUENCE: ParameterType = new ValueType('Sequence', false, isSequence);
export const SET: ParameterType = new ValueType('Set', false, isSet);
export const ITERABLE: ParameterType = new ValueType('Iterable', false, acceptsIterable, (value, run) =>
  limited(run, value),
);
export const ITERABLE_BUT_SET: ParameterType = new ValueType(
  'Iterable',
  false,
  (value, run) => acceptsIterable(value, run) && !isSet(value),
  (value, run) => limited(run, value),
);
export const ITERATOR: ParameterType = new ValueType('Iterator', false, isIterator);
export const ORDERING: ParameterType = new ValueType('Ordering', false, (value) => value instanceof Ordering);
export const PATTERN: ParameterType = new ValueType('other', false, (value) => value instanceof Pattern);
export const TIMESPAN: ParameterType = new ValueType('other', false, (value) => value instanceof TimeSpan);
export const NULLABLE_TIMESPAN: ParameterType = new ValueType('other', true, (value) => value instanceof TimeSpan);
export const DATETIME: ParameterType = new ValueType('other', false, (value) => value instanceof DateTime);
/** A datetime; one without a zone is taken as UTC. */
export const ZONED: ParameterType = new ValueType('other', false, (value) => value instanceof DateTime, inUtc);
export const CONTEXT: ParameterType = new ValueType('other', false, (value) => value instanceof Context);
export const RULE: ParameterType = new ValueType('other', false, (value) => value instanceof MappingRule);
export const CALLABLE: ParameterType = new ValueType('object', false, (value) => value instanceof Callable);

function isBoolean(value: Runtime): boolean {
  return typeof value === 'boolean';
}

function isText(value: Runtime): boolean {
  return typeof value === 'string';
}

function booleanAsInt(value: Runtime): Runtime {
  return typeof value === 'boolean' ? Number(value) : value;
}

function acceptsIterable(value: Runtime, run: Run): boolean {
  return isIterable(value) || (run.iterableDicts && value instanceof Dict);
}

function inUtc(value: Runtime): Runtime {
  const datetime = value as DateTime;
  return datetime.zone === undefined ? datetime.withZone(UTC) : datetime;
}

class LambdaType implements ParameterType {
  readonly lazy = true;
  readonly kind = undefined;
  /** Takes the context to run in as its first argument. */
  readonly withContext: boolean;
  /** Takes a receiver as its first argument; only calls have one. */
  readonly method: boolean;

  constructor(withContext: boolean, isMethod: boolean) {
    this.withContext = withContext;
    this.method = isMethod;
  }

  check(value: RawArgument): boolean {
    return !(this.method && value instanceof Expression && !(value instanceof CallNode && value.form === 'call'));
  }

  convert(value: RawArgument, context: Context, run: Run): Runtime {
    if (value === null) return null;
    if (!(value instanceof Expression)) checkQuota(run, value);
    return new Lambda(value instanceof Lambda ? value.body : value, context, run);
  }
}

export const LAMBDA: ParameterType = new LambdaType(false, false);
export const CONTEXT_LAMBDA: ParameterType = new LambdaType(true, false);
export const METHOD_LAMBDA: ParameterType = new LambdaType(false, true);

/** Passed on as it is: the function looks at the expression itself. */
class ExpressionType implements ParameterType {
  readonly lazy: boolean;
  readonly kind = undefined;
  readonly #accepts: (value: Expression) => boolean;
  readonly #unwrap: boolean;

  constructor(lazy: boolean, unwrap: boolean, accepts: (value: Expression) => boolean) {
    this.lazy = lazy;
    this.#unwrap = unwrap;
    this.#accepts = accepts;
  }

  check(value: RawArgument): boolean {
    return value instanceof Expression && this.#accepts(value);
  }

  convert(value: RawArgument): Runtime {
    // The payload, and only it, gets an Expression here.
    return this.#unwrap ? (value as Constant).value : (value as unknown as Runtime);
  }
}

const isKeyword = (value: Expression): boolean => value instanceof Constant && value.keyword;

export const EXPRESSION: ParameterType = new ExpressionType(true, false, any);
export const KEYWORD: ParameterType = new ExpressionType(false, true, isKeyword);
export const KEYWORD_EXPRESSION: ParameterType = new ExpressionType(false, false, isKeyword);
export const STRING_CONSTANT: ParameterType = new ExpressionType(
  false,
  true,
  (value) => value instanceof Constant && typeof value.value === 'string',
);
/** `key => value`, evaluated when the function asks for it. */
export const LAZY_RULE: ParameterType = new ExpressionType(true, false, (value) => value instanceof MappingExpression);
