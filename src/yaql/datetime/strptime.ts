import { valueError } from '../raised.ts';
import { civilFromDays, daysFromCivil, weekdayOf } from './calendar.ts';
import { DateTime, UTC, type Zone } from './datetime.ts';
import { DAYS, MONTHS } from './names.ts';
import { TimeSpan } from './timespan.ts';

const short = (names: readonly string[]): string => names.map((name) => name.slice(0, 3)).join('|');

// Python's own patterns, which decide how many digits each directive takes.
const PATTERNS: Readonly<Record<string, string>> = {
  d: '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]',
  f: '[0-9]{1,6}',
  H: '2[0-3]|[0-1]\\d|\\d',
  I: '1[0-2]|0[1-9]|[1-9]',
  G: '\\d\\d\\d\\d',
  j: '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]',
  m: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d',
  S: '6[0-1]|[0-5]\\d|\\d',
  U: '5[0-3]|[0-4]\\d|\\d',
  w: '[0-6]',
  u: '[1-7]',
  V: '5[0-3]|0[1-9]|[1-4]\\d|\\d',
  W: '5[0-3]|[0-4]\\d|\\d',
  y: '\\d\\d',
  Y: '\\d\\d\\d\\d',
  z: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|(?-i:Z)',
  A: DAYS.join('|'),
  a: short(DAYS),
  B: [...MONTHS].sort((x, y) => y.length - x.length).join('|'),
  b: short(MONTHS),
  p: 'am|pm',
  Z: 'utc|gmt',
};
const COMPOSED: Readonly<Record<string, string>> = { c: '%a %b %d %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S' };

/** Python's `datetime.strptime`. @throws ValueError */
export function readDateTime(text: string, format: string): DateTime {
  const directives: string[] = [];
  const pattern = new RegExp(`^${patternOf(format, directives)}`, 'iu');
  const match = pattern.exec(text);
  if (match === null) throw valueError(`'${text}' is not of the form '${format}'`);
  if (match[0].length !== text.length) throw valueError(`'${text}' goes on after what '${format}' describes`);
  const values = new Map(directives.map((letter, i) => [letter, match[i + 1] as string]));
  return assemble(values);
}

function patternOf(format: string, directives: string[]): string {
  const escaped = expandComposed(format).replace(/[\\.^$*+?(){}[\]|/]/g, '\\$&');
  const spaced = escaped.replace(/\s+/g, '\\s+');
  return spaced.replace(/%(.?)/gsu, (_whole, letter: string) => {
    if (letter === '%') return '%';
    const pattern = PATTERNS[letter];
    if (letter === '' || pattern === undefined || !Object.hasOwn(PATTERNS, letter)) {
      throw valueError(`'%${letter}' is no directive for reading dates`);
    }
    if (directives.includes(letter)) throw valueError(`'%${letter}' is there twice`);
    directives.push(letter);
    return `(${pattern.replaceAll('(?-i:Z)', 'Z')})`;
  });
}

function expandComposed(format: string): string {
  return format.replace(/%([cxX%])/g, (whole, letter: string) => COMPOSED[letter] ?? whole);
}

function assemble(values: ReadonlyMap<string, string>): DateTime {
  const number = (letter: string): number | undefined => {
    const text = values.get(letter);
    return text === undefined ? undefined : Number(text);
  };
  const year = yearOf(values);
  const weekday = weekdayValue(values);
  const weekOf = number('U') ?? number('W');
  let month = number('m') ?? monthValue(values) ?? 1;
  let day = number('d') ?? 1;
  let known = year ?? 1900;
  let dayOfYear = number('j');
  checkIso(values, weekday);
  if (dayOfYear === undefined && weekday !== undefined) {
    if (year !== undefined && weekOf !== undefined) {
      dayOfYear = dayOfWeek(year, weekOf, weekday, values.has('W'));
    } else if (values.has('G') && values.has('V')) {
      const days = isoDay(Number(values.get('G')), Number(values.get('V')), weekday);
      ({ year: known, month, day } = civilFromDays(days));
    }
  }
  // February 29 without a year: 1904 had one, and is read as 1900 in the end.
  const leap = year === undefined && !values.has('G') && month === 2 && day === 29;
  if (dayOfYear !== undefined) {
    ({ year: known, month, day } = civilFromDays(daysFromCivil(known, 1, 1) + dayOfYear - 1));
  }
  const microsecond = Number((values.get('f') ?? '').padEnd(6, '0'));
  const fields = { year: leap ? 1900 : known, month, day, hour: hourOf(values), minute: number('M') ?? 0 };
  return DateTime.of({ ...fields, second: number('S') ?? 0, microsecond }, zoneOf(values));
}

function yearOf(values: ReadonlyMap<string, string>): number | undefined {
  const full = values.get('Y');
  const short = values.get('y');
  if (full !== undefined) return Number(full);
  if (short === undefined) return undefined;
  return Number(short) + (Number(short) <= 68 ? 2000 : 1900);
}

function monthValue(values: ReadonlyMap<string, string>): number | undefined {
  const name = values.get('B') ?? values.get('b');
  if (name === undefined) return undefined;
  return MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;
}

/** 0 is Monday. */
function weekdayValue(values: ReadonlyMap<string, string>): number | undefined {
  const name = values.get('A') ?? values.get('a');
  if (name !== undefined)
    return DAYS.findIndex((day) => day.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase());
  const fromSunday = values.get('w');
  if (fromSunday !== undefined) return (Number(fromSunday) + 6) % 7;
  const fromMonday = values.get('u');
  return fromMonday === undefined ? undefined : Number(fromMonday) - 1;
}

function checkIso(values: ReadonlyMap<string, string>, weekday: number | undefined): void {
  const hasWeek = values.has('V');
  const hasYear = values.has('G');
  if (hasYear) {
    if (values.has('j')) throw valueError("'%G' and '%j' cannot be combined");
    if (!hasWeek || weekday === undefined) throw valueError("'%G' needs '%V' and a day of the week");
  } else if (hasWeek) {
    throw valueError("'%V' needs '%G' and a day of the week");
  }
}

function dayOfWeek(year: number, week: number, weekday: number, mondayFirst: boolean): number {
  const first = weekdayOf(daysFromCivil(year, 1, 1));
  const shift = mondayFirst ? 0 : 1;
  const start = (first + shift) % 7;
  const day = (weekday + shift) % 7;
  const weekZero = (7 - start) % 7;
  return week === 0 ? 1 + day - start : 1 + weekZero + 7 * (week - 1) + day;
}

function isoDay(year: number, week: number, weekday: number): number {
  const fourth = daysFromCivil(year, 1, 4);
  return fourth - weekdayOf(fourth) + (week - 1) * 7 + weekday;
}

function hourOf(values: ReadonlyMap<string, string>): number {
  const full = values.get('H');
  if (full !== undefined) return Number(full);
  const half = values.get('I');
  if (half === undefined) return 0;
  const hour = Number(half) % 12;
  return values.get('p')?.toLowerCase() === 'pm' ? hour + 12 : hour;
}

function zoneOf(values: ReadonlyMap<string, string>): Zone | undefined {
  const offset = values.get('z');
  if (offset === undefined) return undefined;
  if (offset === 'Z') return { ...UTC, repr: 'datetime.timezone.utc' };
  if (offset === 'z') throw valueError("'z' is no offset");
  const digits = offset.slice(1).replaceAll(':', '');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6) || 0);
  const micro = Number((digits.slice(7) || '').padEnd(6, '0'));
  const total = BigInt(seconds) * 1_000_000n + BigInt(micro);
  const span = new TimeSpan(offset.startsWith('-') ? -total : total);
  if (span.microseconds === 0n) return { ...UTC, repr: 'datetime.timezone.utc' };
  if (total >= 86_400_000_000n) throw valueError('an offset must be less than a day');
  return { offset: span, name: `UTC${offset}`, repr: `datetime.timezone(${span.repr()})` };
}
