import { compareCodePoints } from '../../../values/dump-json.ts';
import { equals, listHas, lookup, setHas, truthy as valueTruthy } from '../../../values/equality.ts';
import { str } from '../../../values/text.ts';
import { Float, float, isList, type Value, type ValueMap } from '../../../values/value.ts';
import {
  add,
  compareNumbers,
  divide,
  modulo,
  multiply,
  type Numeric,
  subtract,
  toFloat,
} from '../../../yaql/numbers/arithmetic.ts';
import { data, type JinjaValue, TemplateError, Undefined } from './values.ts';

const LONGEST_TEXT = 10_000_000;

/** Python's `bool()`; a name that is undefined has none. */
export function truthy(value: JinjaValue): boolean {
  if (value instanceof Undefined) data(value);
  return typeof value === 'object' && value !== null && 'attributes' in value ? true : valueTruthy(value as Value);
}

export function binary(operator: string, left: JinjaValue, right: JinjaValue): Value {
  const a = data(left);
  const b = data(right);
  switch (operator) {
    case '==':
      return equals(a, b);
    case '!=':
      return !equals(a, b);
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
    case '~':
      return bounded(str(a) + str(b));
    default:
      return arithmetic(operator, a, b);
  }
}

function arithmetic(operator: string, a: Value, b: Value): Value {
  if (operator === '+') {
    if (typeof a === 'string' && typeof b === 'string') return bounded(a + b);
    if (isList(a) && isList(b)) return [...a, ...b];
  }
  if (operator === '*') {
    const repeated = typeof a === 'string' || isList(a) ? repeat(a, b) : repeat(b, a);
    if (repeated !== undefined) return repeated;
  }
  const x = numeric(a);
  const y = numeric(b);
  if (x === undefined || y === undefined) throw new TemplateError(`'${operator}' is not defined for these values`);
  if (['/', '//', '%'].includes(operator) && toFloat(y) === 0) throw new TemplateError('Division by zero');
  switch (operator) {
    case '+':
      return add(x, y);
    case '-':
      return subtract(x, y);
    case '*':
      return multiply(x, y);
    case '/':
      return float(toFloat(x) / toFloat(y));
    case '//':
      return isFloat(x) || isFloat(y) ? float(Math.floor(toFloat(x) / toFloat(y))) : divide(x, y);
    case '%':
      return modulo(x, y);
    case '**':
      return power(x, y);
    default:
      throw new TemplateError(`The operator '${operator}' is not known`);
  }
}

function power(x: Numeric, y: Numeric): Value {
  if (isFloat(x) || isFloat(y) || toFloat(y) < 0) return float(toFloat(x) ** toFloat(y));
  if (Math.abs(toFloat(y)) * Math.log2(Math.abs(toFloat(x)) + 1) > 100_000)
    throw new TemplateError('The number is too large');
  const result = BigInt(x as number | bigint) ** BigInt(y as number | bigint);
  return multiply(result <= Number.MAX_SAFE_INTEGER && result >= -Number.MAX_SAFE_INTEGER ? Number(result) : result, 1);
}

function repeat(value: Value, times: Value): Value | undefined {
  if (typeof times !== 'number' || !Number.isInteger(times)) return undefined;
  const count = Math.max(0, times);
  if (typeof value === 'string') {
    if (value.length * count > LONGEST_TEXT) throw new TemplateError('The text is too long');
    return value.repeat(count);
  }
  if (!isList(value)) return undefined;
  if (value.length * count > 1_000_000) throw new TemplateError('The list is too long');
  return Array.from({ length: count }, () => value).flat();
}

function bounded(value: string): string {
  if (value.length > LONGEST_TEXT) throw new TemplateError('The text is too long');
  return value;
}

export function numeric(value: Value): Numeric | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float ? value : undefined;
}

export function isFloat(value: Value): boolean {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

/** Python's order: numbers, texts, lists; nothing across. */
export function compare(a: Value, b: Value): number {
  const x = numeric(a);
  const y = numeric(b);
  if (x !== undefined && y !== undefined) return compareNumbers(x, y);
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  if (isList(a) && isList(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      if (!equals(a[i] as Value, b[i] as Value)) return compare(a[i] as Value, b[i] as Value);
    }
    return a.length - b.length;
  }
  throw new TemplateError('These values have no order');
}

export function contains(collection: Value, item: Value): boolean {
  if (typeof collection === 'string') {
    if (typeof item !== 'string') throw new TemplateError("'in' text wants text");
    return collection.includes(item);
  }
  if (isList(collection)) return listHas(collection, item);
  if (collection instanceof Map) return lookup(collection as ValueMap, item) !== undefined;
  if (collection instanceof Set) return setHas(collection as ReadonlySet<Value>, item);
  throw new TemplateError("'in' wants a list, a map or text");
}
