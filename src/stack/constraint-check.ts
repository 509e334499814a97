import type { CompiledPattern } from '../regex/index.ts';
import { equals, listHas, numberOf } from '../values/equality.ts';
import { repr } from '../values/text.ts';
import { codePointLength } from '../values/text-operations.ts';
import type { Value } from '../values/value.ts';
import type { Constraint } from './constraint-schema.ts';
import { checkCustomConstraint } from './custom-constraint.ts';
import type { ParameterType } from './parameter-schema.ts';
import { coerce } from './parameter-value.ts';

const FITTING_TYPES: Readonly<Record<Constraint['kind'], readonly ParameterType[]>> = {
  range: ['number'],
  modulo: ['number'],
  length: ['string', 'comma_delimited_list', 'json'],
  allowed_values: ['string', 'number', 'boolean', 'comma_delimited_list'],
  allowed_pattern: ['string'],
  custom_constraint: ['string', 'number', 'boolean', 'comma_delimited_list'],
};

/** Whether a constraint of this kind may stand at a parameter of this type. Mirrors `Constraint.valid_types`. */
export function fitsType(kind: Constraint['kind'], type: ParameterType): boolean {
  return FITTING_TYPES[kind].includes(type);
}

export interface Violation {
  readonly problem: string;
  readonly expected: string;
}

/** Undefined when the value keeps the constraint. Mirrors `_is_valid` of `heat.engine.constraints`. */
export function violation(
  constraint: Constraint,
  type: ParameterType,
  value: Value,
  shown: string,
): Violation | undefined {
  const expected = constraint.description ?? expectation(constraint);
  const problem = problemOf(constraint, type, value, shown);
  return problem === undefined ? undefined : { problem, expected };
}

function problemOf(constraint: Constraint, type: ParameterType, value: Value, shown: string): string | undefined {
  switch (constraint.kind) {
    case 'range':
      return withinBounds(constraint, toNumber(value)) ? undefined : `${shown} is out of range`;
    case 'length': {
      const length = lengthOf(value);
      return withinBounds(constraint, length)
        ? undefined
        : `its length ${length ?? 'is not defined and'} is out of range`;
    }
    case 'modulo':
      return keepsModulo(toNumber(value), constraint.step, constraint.offset)
        ? undefined
        : `${shown} is not a multiple of ${constraint.step} with an offset of ${constraint.offset}`;
    case 'allowed_values':
      return isAllowed(constraint.allowed, type, value) ? undefined : `${shown} is not among the allowed values`;
    case 'allowed_pattern':
      return patternProblem(constraint.compiled, value, shown);
    case 'custom_constraint':
      return checkCustomConstraint(constraint.name, value, shown);
  }
}

/** Steps of the matcher before a pattern counts as one that never ends. */
const MATCH_BUDGET = 5_000_000;

/** Heat looks for a match at the start, and then whether it reaches the end: `a|ab` does not match `ab`. */
function patternProblem(pattern: CompiledPattern, value: Value, shown: string): string | undefined {
  const budget = { steps: MATCH_BUDGET };
  const match = typeof value === 'string' ? pattern.match(value, budget) : undefined;
  if (budget.steps < 0) return `the pattern takes too long to compare with ${shown}`;
  const matches = match !== undefined && match.end(0) === codePointLength(value as string);
  return matches ? undefined : `${shown} does not match the pattern`;
}

function expectation(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'range':
      return `a number ${boundsText(constraint)}`;
    case 'length':
      return `a length ${boundsText(constraint)}`;
    case 'modulo':
      return `a multiple of ${constraint.step}, plus ${constraint.offset}`;
    case 'allowed_values':
      return `one of ${constraint.allowed.slice(0, 20).map(repr).join(', ')}`;
    case 'allowed_pattern':
      return `text that matches ${constraint.pattern}`;
    case 'custom_constraint':
      return `a ${constraint.name}`;
  }
}

function boundsText({ min, max }: { min: number | bigint | undefined; max: number | bigint | undefined }): string {
  if (min === undefined) return `of at most ${max}`;
  return max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
}

function toNumber(value: Value): number | bigint | undefined {
  const number = coerce('number', value);
  return number.ok ? numberOf(number.value) : undefined;
}

function withinBounds(
  { min, max }: { min: number | bigint | undefined; max: number | bigint | undefined },
  value: number | bigint | undefined,
): boolean {
  if (value === undefined) return false;
  return !(min !== undefined && value < min) && !(max !== undefined && value > max);
}

/** Python's `len`: code points of text. */
function lengthOf(value: Value): number | undefined {
  if (typeof value === 'string') return codePointLength(value);
  if (Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : undefined;
}

/** `value % step == offset`, the remainder with the sign of the step as in Python. */
function keepsModulo(value: number | bigint | undefined, step: number | bigint, offset: number | bigint): boolean {
  if (value === undefined) return false;
  if (typeof value === 'bigint') {
    const [s, o] = [BigInt(step), BigInt(offset)];
    return ((value % s) + s) % s === ((o % s) + s) % s;
  }
  const [s, o] = [Number(step), Number(offset)];
  return ((value % s) + s) % s === ((o % s) + s) % s;
}

function isAllowed(allowed: readonly Value[], type: ParameterType, value: Value): boolean {
  if (Array.isArray(value)) return value.every((item) => listHas(allowed, item));
  const wanted = coerce(type, value);
  if (!wanted.ok) return false;
  // Heat turns all of them into the type first: one that can not be spoils the rest.
  const candidates = allowed.map((candidate) => coerce(type, candidate));
  return candidates.every(({ ok }) => ok) && candidates.some((one) => one.ok && equals(one.value, wanted.value));
}
