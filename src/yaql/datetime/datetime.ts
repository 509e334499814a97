import { overflowError, typeError, valueError } from '../raised.ts';
import { type HashKey, type Runtime, YaqlObject } from '../runtime/objects.ts';
import { civilFromDays, daysFromCivil, daysInMonth, weekdayOf } from './calendar.ts';
import { DAY, floorDivide, SECOND, TimeSpan } from './timespan.ts';

/** A fixed distance from UTC. */
export interface Zone {
  readonly offset: TimeSpan;
  /** What `%Z` prints. */
  readonly name: string;
  /** What `repr` prints. */
  readonly repr: string;
}

export const UTC: Zone = { offset: new TimeSpan(0n), name: 'UTC', repr: 'tzutc()' };

/** The zone of an offset, as YAQL's `offset` arguments make it. */
export function zoneOf(offset: TimeSpan): Zone {
  if (offset.microseconds === 0n) return UTC;
  return { offset, name: '', repr: `tzoffset(None, ${offset.microseconds / SECOND})` };
}

export interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

const MINIMUM = BigInt(daysFromCivil(1, 1, 1)) * DAY;
const MAXIMUM = BigInt(daysFromCivil(10000, 1, 1)) * DAY;

/** Python's datetime: years 1 to 9999, microseconds, with or without a zone. */
export class DateTime extends YaqlObject {
  readonly typeName: string = 'datetime';
  /** Microseconds of the local reading since 1970-01-01 00:00 of the same zone. */
  readonly local: bigint;
  readonly zone: Zone | undefined;
  readonly days: number;

  /** @throws OverflowError outside the years 1 to 9999 */
  constructor(local: bigint, zone: Zone | undefined) {
    super();
    if (local < MINIMUM || local >= MAXIMUM) throw overflowError('date value out of range');
    this.local = local;
    this.zone = zone;
    this.days = Number(floorDivide(local, DAY));
  }

  /** @throws ValueError for what the calendar does not have */
  static of(fields: Fields, zone: Zone | undefined): DateTime {
    const { year, month, day, hour, minute, second, microsecond } = fields;
    check(year >= 1 && year <= 9999, 'year', year);
    check(month >= 1 && month <= 12, 'month', month);
    check(day >= 1 && day <= daysInMonth(year, month), 'day', day);
    check(hour >= 0 && hour <= 23, 'hour', hour);
    check(minute >= 0 && minute <= 59, 'minute', minute);
    check(second >= 0 && second <= 59, 'second', second);
    check(microsecond >= 0 && microsecond <= 999999, 'microsecond', microsecond);
    const days = BigInt(daysFromCivil(year, month, day));
    const seconds = BigInt(hour * 3600 + minute * 60 + second);
    return new DateTime(days * DAY + seconds * SECOND + BigInt(microsecond), zone);
  }

  get fields(): Fields {
    const inDay = this.local - BigInt(this.days) * DAY;
    const seconds = Number(inDay / SECOND);
    return {
      ...civilFromDays(this.days),
      hour: Math.floor(seconds / 3600),
      minute: Math.floor(seconds / 60) % 60,
      second: seconds % 60,
      microsecond: Number(inDay % SECOND),
    };
  }

  /** 0 is Monday. */
  get weekday(): number {
    return weekdayOf(this.days);
  }

  /** Microseconds of the instant since 1970-01-01 00:00 UTC; the local reading without a zone. */
  get instant(): bigint {
    return this.local - offsetOf(this).microseconds;
  }

  shift(span: bigint): DateTime {
    return new DateTime(this.local + span, this.zone);
  }

  withZone(zone: Zone | undefined): DateTime {
    return new DateTime(this.local, zone);
  }

  /** @throws TypeError when only one of the two has a zone */
  minus(other: DateTime): TimeSpan {
    if ((this.zone === undefined) !== (other.zone === undefined)) {
      throw typeError("can't subtract offset-naive and offset-aware datetimes");
    }
    return new TimeSpan(this.instant - other.instant);
  }

  override hash(): HashKey {
    return `\0D${this.zone === undefined ? 'n' : ''}${this.instant}`;
  }

  override equals(other: Runtime): boolean {
    if (!(other instanceof DateTime)) return false;
    return (this.zone === undefined) === (other.zone === undefined) && this.instant === other.instant;
  }

  /** Python's `isoformat(separator)`. */
  iso(separator: string): string {
    const { year, month, day, hour, minute, second, microsecond } = this.fields;
    const fraction = microsecond === 0 ? '' : `.${pad(microsecond, 6)}`;
    const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
    const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fraction}`;
    return date + separator + time + (this.zone === undefined ? '' : offsetText(this.zone.offset, ':'));
  }

  str(): string {
    return this.iso(' ');
  }

  override repr(): string {
    const { year, month, day, hour, minute, second, microsecond } = this.fields;
    const parts = [year, month, day, hour, minute];
    if (second !== 0 || microsecond !== 0) parts.push(second);
    if (microsecond !== 0) parts.push(microsecond);
    const zone = this.zone === undefined ? '' : `, tzinfo=${this.zone.repr}`;
    return `datetime.datetime(${parts.join(', ')}${zone})`;
  }
}

export function offsetOf(value: DateTime): TimeSpan {
  return value.zone?.offset ?? UTC.offset;
}

/** `+02:00`, with seconds and microseconds where there are some. */
export function offsetText(offset: TimeSpan, separator: string): string {
  const total = offset.microseconds < 0n ? -offset.microseconds : offset.microseconds;
  const seconds = Number(total / SECOND);
  const micro = Number(total % SECOND);
  const parts = [pad(Math.floor(seconds / 3600), 2), pad(Math.floor(seconds / 60) % 60, 2)];
  if (seconds % 60 !== 0 || micro !== 0) parts.push(pad(seconds % 60, 2));
  const fraction = micro === 0 ? '' : `.${pad(micro, 6)}`;
  return (offset.microseconds < 0n ? '-' : '+') + parts.join(separator) + fraction;
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}

function check(fine: boolean, name: string, value: number): void {
  if (!fine) throw valueError(`${name} ${value} is out of range`);
}
