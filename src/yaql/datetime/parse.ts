import { overflowError, Raised } from '../raised.ts';
import { daysInMonth } from './calendar.ts';
import { DateReader, type FoundDate } from './date-reader.ts';
import { dateTokens } from './date-tokens.ts';
import { DateTime, type Fields, UTC, type Zone } from './datetime.ts';
import { DAY, SECOND, TimeSpan } from './timespan.ts';
import { NoDate } from './year-month-day.ts';

// The zone of the machine: Python takes it for the names that the machine's own zone has. Ours is always UTC.
const LOCAL: Zone = { ...UTC, repr: 'tzlocal()' };

/**
 * A date written in any of the ways that `dateutil.parser` reads. What the text leaves out is today's, at midnight.
 *
 * @param today asked only if something is left out, or a year has two digits
 * @throws ParserError
 */
export function parseDateTime(text: string, today: () => Fields): DateTime {
  let found: FoundDate;
  try {
    found = new DateReader(dateTokens(text), () => today().year).read();
  } catch (error) {
    if (error instanceof NoDate) throw parserError(text);
    throw error;
  }
  if (Object.keys(found).every((key) => key === 'centurySpecified')) throw parserError(text);
  try {
    return build(found, today).withZone(zoneOf(found));
  } catch (error) {
    if (error instanceof Raised && error.className === 'ValueError') throw parserError(text);
    throw error;
  }
}

function build(found: FoundDate, today: () => Fields): DateTime {
  const whole = found.year !== undefined && found.month !== undefined && found.day !== undefined;
  const base = whole ? undefined : today();
  const year = found.year ?? (base?.year as number);
  const month = found.month ?? (base?.month as number);
  for (const value of [year, month, found.day ?? 0]) {
    if (value > 0x7fffffff) throw overflowError('Python int too large to convert to C int');
  }
  let day = found.day ?? (base?.day as number);
  if (found.day === undefined && month >= 1 && month <= 12) day = Math.min(day, daysInMonth(year, month));
  const { hour = 0, minute = 0, second = 0, microsecond = 0, weekday } = found;
  const result = DateTime.of({ year, month, day, hour, minute, second, microsecond }, undefined);
  if (weekday === undefined || (found.day !== undefined && found.day !== 0)) return result;
  // The next such day, today included.
  return result.shift(BigInt((weekday - result.weekday + 7) % 7) * DAY);
}

function zoneOf(found: FoundDate): Zone | undefined {
  const { zoneName: name, zoneOffset: offset } = found;
  if (name === 'UTC') return LOCAL;
  if (offset === undefined) return undefined;
  if (offset === 0) return UTC;
  if (Math.abs(offset) >= 86400) throw new Raised('ValueError', 'an offset must be less than a day');
  const shown = name === undefined ? 'None' : `'${name}'`;
  return { offset: new TimeSpan(BigInt(offset) * SECOND), name: name ?? '', repr: `tzoffset(${shown}, ${offset})` };
}

function parserError(text: string): Raised {
  return new Raised('ParserError', `no date can be read in '${text}'`);
}
