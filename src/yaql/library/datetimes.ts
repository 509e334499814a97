import { Float, float } from '../../values/value.ts';
import { DateTime, type Fields, offsetOf, UTC, zoneOf } from '../datetime/datetime.ts';
import { parseDateTime } from '../datetime/parse.ts';
import { formatDateTime } from '../datetime/strftime.ts';
import { readDateTime } from '../datetime/strptime.ts';
import { DAY, TimeSpan } from '../datetime/timespan.ts';
import type { Numeric } from '../numbers/arithmetic.ts';
import { overflowError, Raised, valueError } from '../raised.ts';
import { isFloat, type Runtime } from '../runtime/objects.ts';
import type { Run } from '../runtime/run.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, method, type Parameter, param } from '../runtime/specification.ts';
import {
  DATETIME,
  INT,
  NULLABLE,
  NULLABLE_INT,
  NULLABLE_STRING,
  NULLABLE_TIMESPAN,
  NUMBER,
  STRING,
  TIMESPAN,
  ZONED,
} from '../runtime/types.ts';
import { fromFloat } from './timespans.ts';

const ZERO = new TimeSpan(0n);
const DT = param('dt', ZONED);
const TS = param('ts', TIMESPAN);
const TWO = [param('dt1', ZONED), param('dt2', ZONED)];
const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

function build(_call: Call, ...args: (number | bigint | TimeSpan)[]): DateTime {
  const fields = Object.fromEntries(FIELDS.map((name, i) => [name, cInt(args[i] as number)])) as unknown as Fields;
  return DateTime.of(fields, zoneOf(checkedOffset(args[FIELDS.length] as TimeSpan)));
}

function cInt(value: number | bigint): number {
  if (value > 0x7fffffff || value < -0x80000000) throw overflowError('Python int too large to convert to C int');
  return Number(value);
}

function checkedOffset(offset: TimeSpan): TimeSpan {
  if (offset.microseconds <= -DAY || offset.microseconds >= DAY) {
    throw valueError('an offset must be less than a day');
  }
  return offset;
}

function fromTimestamp(_call: Call, timestamp: Numeric, offset: TimeSpan): DateTime {
  const zone = zoneOf(offset);
  if (isFloat(timestamp)) {
    const seconds = timestamp instanceof Float ? timestamp.value : timestamp;
    if (Number.isNaN(seconds)) throw valueError('a timestamp cannot be NaN');
    return fromInstant(timestampMicroseconds(seconds), zone);
  }
  return fromInstant(BigInt(timestamp as number | bigint) * 1_000_000n, zone);
}

// Rounds the fraction alone, half to even, as Python does: the product of the whole number would have lost digits.
function timestampMicroseconds(seconds: number): bigint {
  if (!Number.isFinite(seconds)) throw overflowError('a timestamp cannot be infinite');
  const whole = Math.trunc(seconds);
  return BigInt(whole) * 1_000_000n + fromFloat((seconds - whole) * 1e6).microseconds;
}

function fromInstant(microseconds: bigint, zone: typeof UTC): DateTime {
  const limit = 400_000n * 366n * DAY;
  if (microseconds > limit || microseconds < -limit) throw valueError('the year is out of range');
  const utc = utcReading(microseconds);
  const local = utc.shift(zone.offset.microseconds);
  checkedOffset(zone.offset);
  return local.withZone(zone);
}

function utcReading(microseconds: bigint): DateTime {
  try {
    return new DateTime(microseconds, UTC);
  } catch (error) {
    if (error instanceof Raised) throw valueError('the year is out of range');
    throw error;
  }
}

/** The host's clock in microseconds since 1970. */
function now(run: Run): bigint {
  const { clock } = run.host;
  if (clock !== undefined) return BigInt(Math.round(clock() * 1000));
  throw new Raised('HostServiceMissingException', 'the time of day was asked for: pass the option clock');
}

function localOffset(run: Run): TimeSpan {
  const { localOffset: seconds } = run.host;
  if (seconds !== undefined) return new TimeSpan(BigInt(Math.round(seconds)) * 1_000_000n);
  throw new Raised('HostServiceMissingException', 'the local time zone was asked for: pass the option localOffset');
}

function fromText({ run }: Call, text: string, format: string | null): DateTime {
  // Only what a text leaves out is taken from today's date.
  const today = (): Fields => new DateTime(now(run), UTC).fields;
  const parsed = format === null || format === '' ? parseDateTime(text, today) : readDateTime(text, format);
  return parsed.zone === undefined ? parsed.withZone(UTC) : parsed;
}

function replace(_call: Call, value: DateTime, ...args: (number | bigint | TimeSpan | null)[]): DateTime {
  const fields: Record<string, number> = { ...value.fields };
  for (const [i, name] of FIELDS.entries()) {
    const replacement = args[i];
    if (replacement !== null) fields[name] = cInt(replacement as number);
  }
  const offset = args[FIELDS.length] as TimeSpan | null;
  return DateTime.of(fields as unknown as Fields, offset === null ? value.zone : zoneOf(checkedOffset(offset)));
}

const property = (name: string, type: Parameter['type'], get: (value: DateTime) => Runtime): FunctionSpec =>
  func(`#property#${name}`, [param('obj', type)], (_call, value: DateTime) => get(value));

const compare = (symbol: string, holds: (difference: bigint) => boolean): FunctionSpec =>
  func(`#operator_${symbol}`, TWO, (_call, a: DateTime, b: DateTime) => holds(a.instant - b.instant));

const dateOf = (value: DateTime): DateTime => new DateTime(BigInt(value.days) * DAY, value.zone);
const utcOf = (value: DateTime): DateTime => value.shift(-offsetOf(value).microseconds);

export const DATETIMES: readonly FunctionSpec[] = [
  func(
    'datetime',
    [...FIELDS.map((name, i) => param(name, INT, i < 3 ? undefined : 0)), param('offset', TIMESPAN, ZERO)],
    build,
  ),
  func('datetime', [param('timestamp', NUMBER), param('offset', TIMESPAN, ZERO)], fromTimestamp),
  func('datetime', [param('string', STRING), param('format', NULLABLE_STRING, null)], fromText),
  func('now', [param('offset', NULLABLE_TIMESPAN, ZERO)], ({ run }, offset: TimeSpan | null) => {
    if (offset === null) return new DateTime(now(run) + localOffset(run).microseconds, undefined);
    const zone = zoneOf(checkedOffset(offset));
    return new DateTime(now(run) + zone.offset.microseconds, zone);
  }),
  func('localtz', [], ({ run }) => localOffset(run)),
  func('#operator_+', [DT, TS], (_call, value: DateTime, span: TimeSpan) => value.shift(span.microseconds)),
  func('#operator_+', [TS, DT], (_call, span: TimeSpan, value: DateTime) => value.shift(span.microseconds)),
  func('#operator_-', [DT, TS], (_call, value: DateTime, span: TimeSpan) => value.shift(-span.microseconds)),
  func('#operator_-', TWO, (_call, a: DateTime, b: DateTime) => a.minus(b)),
  compare('>', (difference) => difference > 0n),
  compare('>=', (difference) => difference >= 0n),
  compare('<', (difference) => difference < 0n),
  compare('<=', (difference) => difference <= 0n),
  ...FIELDS.map((name) => property(name, DATETIME, (value) => value.fields[name])),
  property('weekday', DATETIME, (value) => value.weekday),
  property('offset', DATETIME, (value) => offsetOf(value)),
  // Python YAQL takes the offset off twice: `utc` keeps the zone, and its instant is what is counted.
  property('timestamp', DATETIME, (value) => float(Number(utcOf(value).instant) / 1e6)),
  property('date', ZONED, dateOf),
  property('time', ZONED, (value) => value.minus(dateOf(value))),
  property('utc', ZONED, utcOf),
  method(
    'replace',
    [DT, ...FIELDS.map((name) => param(name, NULLABLE_INT, null)), param('offset', NULLABLE_TIMESPAN, null)],
    replace,
  ),
  method(
    'format',
    [DT, param('format', STRING)],
    (_call, value: DateTime, format: string) => formatDateTime(value, format),
    {
      allocates: true,
    },
  ),
  func('isDatetime', [param('value', NULLABLE)], (_call, value: Runtime) => value instanceof DateTime),
];
