import { Float, float, int } from '../../values/value.ts';
import {
  add,
  big,
  compareNumbers,
  divide,
  type Int,
  modulo,
  multiply,
  type Numeric,
  negate,
  subtract,
} from '../numbers/arithmetic.ts';
import { divideHalfEven, roundFloat } from '../numbers/decimal.ts';
import { toFloatValue, toInt } from '../numbers/parse.ts';
import { modularPower, power, shiftLeft, shiftRight } from '../numbers/power.ts';
import { overflowError, Raised, typeError, valueError } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { truthy } from '../runtime/equality.ts';
import { isFloat, isInt, isNumber, type Runtime } from '../runtime/objects.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, param } from '../runtime/specification.ts';
import { typeNameOf } from '../runtime/type-name.ts';
import { INT, NULLABLE, NULLABLE_NUMBER, NUMBER, RAW_INT } from '../runtime/types.ts';
import { delegate } from './delegates.ts';

const TWO = [param('left', NUMBER), param('right', NUMBER)];

const binary = (symbol: string, apply: (a: Numeric, b: Numeric) => Runtime): FunctionSpec =>
  func(`#operator_${symbol}`, TWO, (_call, a: Numeric, b: Numeric) => apply(a, b));

const guardBits = (bits: number): void => allocate(bits / 8);

function bitwise(name: string, apply: (a: bigint, b: bigint) => bigint): FunctionSpec {
  return func(name, [param('left', RAW_INT), param('right', RAW_INT)], (_call, a: Runtime, b: Runtime) => {
    const result = apply(BigInt(a as number), BigInt(b as number));
    return typeof a === 'boolean' && typeof b === 'boolean' ? result !== 0n : int(result);
  });
}

function round(_call: Call, value: Numeric, digits: Int): Runtime {
  const places = Number(digits);
  if (isFloat(value)) {
    const number = value instanceof Float ? value.value : value;
    if (!Number.isFinite(number)) return value;
    const rounded = roundFloat(number, places);
    if (!Number.isFinite(rounded)) throw overflowError('the rounded value is too large for a float');
    return float(rounded);
  }
  if (places >= 0) return value;
  allocate(-places / 2);
  const unit = 10n ** BigInt(-places);
  return int(divideHalfEven(big(value), unit) * unit);
}

function randomInt({ run }: Call, from: Runtime, to: Runtime): Runtime {
  const low = index(from);
  const high = index(to);
  const width = high - low + 1n;
  if (width <= 0n) throw valueError(`there is no integer from ${low} to ${high}`);
  return int(low + BigInt(Math.floor(hostRandom(run.host.random) * Number(width))));
}

function index(value: Runtime): bigint {
  if (typeof value === 'boolean' || isInt(value)) return BigInt(value);
  throw typeError(`'${typeNameOf(value)}' object cannot be interpreted as an integer`);
}

function hostRandom(random: (() => number) | undefined): number {
  if (random !== undefined) return random();
  throw new Raised('HostServiceMissingException', 'random() needs a source of random numbers: pass the option random');
}

export const MATH: readonly FunctionSpec[] = [
  binary('+', add),
  binary('-', subtract),
  binary('*', multiply),
  binary('/', divide),
  binary('mod', modulo),
  binary('>', (a, b) => compareNumbers(a, b) > 0),
  binary('>=', (a, b) => compareNumbers(a, b) >= 0),
  binary('<', (a, b) => compareNumbers(a, b) < 0),
  binary('<=', (a, b) => compareNumbers(a, b) <= 0),
  func('#unary_operator_+', [param('op', NUMBER)], (_call, value: Numeric) => value),
  func('#unary_operator_-', [param('op', NUMBER)], (_call, value: Numeric) => negate(value)),
  func('abs', [param('op', NUMBER)], (_call, value: Numeric) => {
    if (value instanceof Float) return float(Math.abs(value.value));
    return value < 0 ? negate(value) : value;
  }),
  func('int', [param('value', NULLABLE)], (_call, value: Runtime) => (value === null ? 0 : toInt(value))),
  func('float', [param('value', NULLABLE)], (_call, value: Runtime) =>
    value === null ? float(0) : toFloatValue(value),
  ),
  func('random', [], ({ run }) => float(hostRandom(run.host.random))),
  func('random', [param('from', NULLABLE), param('to', NULLABLE)], randomInt),
  bitwise('bitwiseAnd', (a, b) => a & b),
  bitwise('bitwiseOr', (a, b) => a | b),
  bitwise('bitwiseXor', (a, b) => a ^ b),
  func('bitwiseNot', [param('arg', INT)], (_call, value: number | bigint) => int(~big(value))),
  func('shiftBitsLeft', [param('value', INT), param('bitsNumber', INT)], (_call, value: number, bits: number) =>
    shiftLeft(value, bits, guardBits),
  ),
  func('shiftBitsRight', [param('value', INT), param('bitsNumber', INT)], (_call, value: number, bits: number) =>
    shiftRight(value, bits),
  ),
  func('max', [param('a', NULLABLE), param('b', NULLABLE)], (call, a: Runtime, b: Runtime) =>
    truthy(delegate(call, '#operator_>')(b, a)) ? b : a,
  ),
  func('min', [param('a', NULLABLE), param('b', NULLABLE)], (call, a: Runtime, b: Runtime) =>
    truthy(delegate(call, '#operator_>')(b, a)) ? a : b,
  ),
  func(
    'pow',
    [param('a', NUMBER), param('b', NUMBER), param('c', NULLABLE_NUMBER, null)],
    (_call, a: Numeric, b: Numeric, c: Numeric | null) => (c === null ? power(a, b, guardBits) : modularPower(a, b, c)),
  ),
  func('sign', [param('num', NUMBER)], (_call, value: Numeric) => {
    const order = compareNumbers(value, 0);
    return order > 0 ? 1 : order < 0 ? -1 : 0;
  }),
  func('round', [param('number', NUMBER), param('ndigits', INT, 0)], round),
  func('isInteger', [param('value', NULLABLE)], (_call, value: Runtime) => isInt(value)),
  func('isNumber', [param('value', NULLABLE)], (_call, value: Runtime) => isNumber(value)),
];
