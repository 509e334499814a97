import { float, int } from '../../values/value.ts';
import { TimeSpan } from '../datetime/timespan.ts';
import { type Numeric, toFloat, zeroDivision } from '../numbers/arithmetic.ts';
import { overflowError, valueError } from '../raised.ts';
import { isFloat, type Runtime } from '../runtime/objects.ts';
import type { ParameterType } from '../runtime/parameter-type.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, param } from '../runtime/specification.ts';
import { INT, INTEGER, NULLABLE, NUMBER, TIMESPAN } from '../runtime/types.ts';

const TS = param('ts', TIMESPAN);
const TWO = [param('ts1', TIMESPAN), param('ts2', TIMESPAN)];
const N = param('n', NUMBER);

const UNITS: readonly (readonly [string, bigint, ParameterType])[] = [
  ['days', 86_400_000_000n, INT],
  ['hours', 3_600_000_000n, INT],
  ['minutes', 60_000_000n, INT],
  ['seconds', 1_000_000n, INTEGER],
  ['milliseconds', 1_000n, INTEGER],
  ['microseconds', 1n, INTEGER],
];

function build(_call: Call, ...amounts: (number | bigint)[]): TimeSpan {
  let total = 0n;
  for (const [i, [, unit]] of UNITS.entries()) total += BigInt(amounts[i] as number) * unit;
  return new TimeSpan(total);
}

/** Microseconds of a float, halves to the even one: what Python's timedelta makes of it. */
export function fromFloat(microseconds: number): TimeSpan {
  if (Number.isNaN(microseconds)) throw valueError('a timespan cannot be NaN');
  if (!Number.isFinite(microseconds)) throw overflowError('a timespan cannot be infinite');
  const whole = Math.floor(microseconds);
  const rest = microseconds - whole;
  const up = rest > 0.5 || (rest === 0.5 && whole % 2 !== 0);
  return new TimeSpan(BigInt(whole) + (up ? 1n : 0n));
}

function times(span: TimeSpan, n: Numeric): TimeSpan {
  if (isFloat(n)) return fromFloat(toFloat(int(span.microseconds)) * toFloat(n));
  return new TimeSpan(span.microseconds * BigInt(n as number | bigint));
}

function over(span: TimeSpan, n: Numeric): TimeSpan {
  const divisor = toFloat(n);
  if (divisor === 0) throw zeroDivision('division by zero');
  return fromFloat(toFloat(int(span.microseconds)) / divisor);
}

const compare = (symbol: string, holds: (a: bigint, b: bigint) => boolean): FunctionSpec =>
  func(`#operator_${symbol}`, TWO, (_call, a: TimeSpan, b: TimeSpan) => holds(a.microseconds, b.microseconds));

const inUnits = ([name, unit]: (typeof UNITS)[number]): FunctionSpec =>
  func(`#property#${name}`, [param('obj', TIMESPAN)], (_call, span: TimeSpan) =>
    unit === 1n ? int(span.microseconds) : float(Number(span.microseconds) / Number(unit)),
  );

export const TIMESPANS: readonly FunctionSpec[] = [
  func(
    'timespan',
    UNITS.map(([name, , type]) => param(name, type, 0)),
    build,
  ),
  ...UNITS.map(inUnits),
  func('#operator_+', TWO, (_call, a: TimeSpan, b: TimeSpan) => new TimeSpan(a.microseconds + b.microseconds)),
  func('#operator_-', TWO, (_call, a: TimeSpan, b: TimeSpan) => new TimeSpan(a.microseconds - b.microseconds)),
  func('#operator_*', [TS, N], (_call, span: TimeSpan, n: Numeric) => times(span, n)),
  func('#operator_*', [N, TS], (_call, n: Numeric, span: TimeSpan) => times(span, n)),
  func('#operator_/', TWO, (_call, a: TimeSpan, b: TimeSpan) => {
    if (b.microseconds === 0n) throw zeroDivision('float division by zero');
    return float(Number(a.microseconds) / Number(b.microseconds));
  }),
  func('#operator_/', [TS, N], (_call, span: TimeSpan, n: Numeric) => over(span, n)),
  compare('>', (a, b) => a > b),
  compare('>=', (a, b) => a >= b),
  compare('<', (a, b) => a < b),
  compare('<=', (a, b) => a <= b),
  func('#unary_operator_-', [TS], (_call, span: TimeSpan) => new TimeSpan(-span.microseconds)),
  func('#unary_operator_+', [TS], (_call, span: TimeSpan) => span),
  func('isTimespan', [param('value', NULLABLE)], (_call, value: Runtime) => value instanceof TimeSpan),
  func('utctz', [], () => new TimeSpan(0n)),
];
