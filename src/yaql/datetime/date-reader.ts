import { DAYS, MONTHS } from './names.ts';
import { NoDate, YearMonthDay } from './year-month-day.ts';

/** What was found in a text; undefined where it says nothing. */
export interface FoundDate {
  year?: number;
  month?: number;
  day?: number;
  weekday?: number;
  hour?: number;
  minute?: number;
  second?: number;
  microsecond?: number;
  zoneName?: string;
  /** Seconds east of UTC. */
  zoneOffset?: number;
  centurySpecified?: boolean;
}

const JUMP = new Set([
  ' ',
  '.',
  ',',
  ';',
  '-',
  '/',
  "'",
  'at',
  'on',
  'and',
  'ad',
  'm',
  't',
  'of',
  'st',
  'nd',
  'rd',
  'th',
]);
const UTC_NAMES = new Set(['utc', 'gmt', 'z']);
const UNITS: ReadonlyMap<string, number> = new Map([
  ...['h', 'hour', 'hours'].map((name) => [name, 0] as const),
  ...['m', 'minute', 'minutes'].map((name) => [name, 1] as const),
  ...['s', 'second', 'seconds'].map((name) => [name, 2] as const),
]);
const HALVES: ReadonlyMap<string, number> = new Map([
  ['am', 0],
  ['a', 0],
  ['pm', 1],
  ['p', 1],
]);
const named = (names: readonly string[], more: readonly (readonly [string, number])[]): ReadonlyMap<string, number> =>
  new Map([
    ...names.flatMap((name, i) => [[name.slice(0, 3).toLowerCase(), i] as const, [name.toLowerCase(), i] as const]),
    ...more,
  ]);
const WEEKDAYS = named(DAYS, []);
const MONTH_NUMBERS = named(MONTHS, [['sept', 8]]);
const NUMERIC = /^(?:\p{Nd}+\.?\p{Nd}*|\.\p{Nd}+)$/u;

/** Reads the tokens of a date the way dateutil's parser does, one decision at a time. */
export class DateReader {
  readonly #tokens: string[];
  readonly found: FoundDate = {};
  readonly #ymd = new YearMonthDay();
  readonly #thisYear: () => number;
  #at = 0;

  constructor(tokens: readonly string[], thisYear: () => number) {
    this.#tokens = [...tokens];
    this.#thisYear = thisYear;
  }

  /** @throws NoDate */
  read(): FoundDate {
    for (; this.#at < this.#tokens.length; this.#at++) this.#token(this.#tokens[this.#at] as string);
    const { y, m, d } = this.#ymd.resolve();
    if (y !== undefined) this.found.year = this.#fullYear(y, this.#ymd.centurySpecified);
    if (m !== undefined) this.found.month = m;
    if (d !== undefined) this.found.day = d;
    this.#settleZone();
    return this.found;
  }

  #token(token: string): void {
    const lower = token.toLowerCase();
    const { found } = this;
    const weekday = WEEKDAYS.get(lower);
    const month = MONTH_NUMBERS.get(lower);
    const half = HALVES.get(lower);
    if (NUMERIC.test(token)) this.#number(token);
    else if (weekday !== undefined) found.weekday = weekday;
    else if (month !== undefined) this.#month(month + 1);
    else if (half !== undefined) this.#half(half);
    else if (this.#couldBeZone(token, found.zoneOffset)) this.#zone(token);
    else if (found.hour !== undefined && (token === '+' || token === '-')) this.#offset(token);
    else if (!JUMP.has(lower)) throw new NoDate();
  }

  /** The token that many places on. @throws NoDate at the end */
  #take(distance: number): string {
    const token = this.#tokens[this.#at + distance];
    if (token === undefined) throw new NoDate();
    return token;
  }

  #peek(distance: number): string | undefined {
    return this.#tokens[this.#at + distance];
  }

  #month(month: number): void {
    const ymd = this.#ymd;
    ymd.add(month, 'm');
    const separator = this.#peek(1);
    if (separator === '-' || separator === '/') {
      ymd.add(this.#take(2));
      if (this.#peek(3) === separator) {
        ymd.add(this.#take(4));
        this.#at += 2;
      }
      this.#at += 2;
    } else if (separator === ' ' && this.#peek(3) === ' ' && this.#peek(2)?.toLowerCase() === 'of') {
      const year = this.#peek(4);
      if (year === undefined) return;
      if (/^\d+$/.test(year)) ymd.add(String(this.#fullYear(Number(year), false)), 'y');
      this.#at += 4;
    }
  }

  #half(half: number): void {
    const { hour } = this.found;
    if (hour === undefined || hour > 12) throw new NoDate();
    this.found.hour = inHalf(hour, half);
  }

  #couldBeZone(token: string, offset: number | undefined): boolean {
    const { hour, zoneName } = this.found;
    if (hour === undefined || zoneName !== undefined || offset !== undefined) return false;
    return token.length <= 5 && (/^[A-Z]*$/.test(token) || token === 'z');
  }

  #zone(token: string): void {
    const { found } = this;
    found.zoneName = token;
    if (UTC_NAMES.has(token)) found.zoneOffset = 0;
    const sign = this.#peek(1);
    if (sign !== '+' && sign !== '-') return;
    // "GMT+3" means three hours behind, as POSIX has it.
    this.#tokens[this.#at + 1] = sign === '+' ? '-' : '+';
    delete found.zoneOffset;
    if (UTC_NAMES.has(token.toLowerCase())) delete found.zoneName;
  }

  #offset(sign: string): void {
    const digits = this.#take(1);
    let hours: number;
    let minutes = 0;
    if (digits.length === 4) {
      hours = whole(digits.slice(0, 2));
      minutes = whole(digits.slice(2));
    } else if (this.#peek(2) === ':') {
      hours = whole(digits);
      minutes = whole(this.#take(3));
      this.#at += 2;
    } else if (digits.length <= 2) {
      hours = whole(digits);
    } else {
      throw new NoDate();
    }
    this.found.zoneOffset = (sign === '+' ? 1 : -1) * (hours * 3600 + minutes * 60);
    const name = this.#peek(4);
    const jump = this.#peek(2)?.toLowerCase();
    if (
      name !== undefined &&
      jump !== undefined &&
      JUMP.has(jump) &&
      this.#peek(3) === '(' &&
      this.#peek(5) === ')' &&
      name.length >= 3 &&
      this.#couldBeZone(name, undefined)
    ) {
      this.found.zoneName = name;
      this.#at += 4;
    }
    this.#at += 1;
  }

  #number(token: string): void {
    const { found } = this;
    const ymd = this.#ymd;
    const value = Number(token);
    if (Number.isNaN(value)) throw new NoDate();
    const next = this.#peek(1);
    const { length } = token;
    const unit = this.#unitPlace();
    if (
      ymd.values.length === 3 &&
      (length === 2 || length === 4) &&
      found.hour === undefined &&
      (next === undefined || (next !== ':' && !UNITS.has(next.toLowerCase())))
    ) {
      found.hour = whole(token.slice(0, 2));
      if (length === 4) found.minute = whole(token.slice(2));
    } else if (length === 6 || (length > 6 && token.indexOf('.') === 6)) {
      if (ymd.values.length === 0 && !token.includes('.')) {
        for (const at of [0, 2, 4]) ymd.add(token.slice(at, at + 2));
      } else {
        found.hour = whole(token.slice(0, 2));
        found.minute = whole(token.slice(2, 4));
        this.#seconds(token.slice(4));
      }
    } else if (length === 8 || length === 12 || length === 14) {
      this.#compact(token);
    } else if (unit !== undefined) {
      this.#withUnit(token, value, unit);
    } else if (next === ':' && this.#peek(2) !== undefined) {
      this.#clock(value);
    } else if (next === '-' || next === '/' || next === '.') {
      this.#separated(token, next);
    } else if (next === undefined || JUMP.has(next.toLowerCase())) {
      const half = HALVES.get(this.#peek(2)?.toLowerCase() ?? '');
      if (half !== undefined) {
        found.hour = inHalf(Math.trunc(value), half);
        this.#at++;
      } else {
        ymd.add(value);
      }
      this.#at++;
    } else if (HALVES.has(next.toLowerCase()) && value >= 0 && value < 24) {
      found.hour = inHalf(Math.trunc(value), HALVES.get(next.toLowerCase()) as number);
      this.#at++;
    } else if (ymd.couldBeDay(value)) {
      ymd.add(value);
    } else {
      throw new NoDate();
    }
  }

  /** `20140131`, `201401311230`, `20140131123015` */
  #compact(token: string): void {
    this.#ymd.add(token.slice(0, 4), 'y');
    this.#ymd.add(token.slice(4, 6));
    this.#ymd.add(token.slice(6, 8));
    if (token.length === 8) return;
    this.found.hour = whole(token.slice(8, 10));
    this.found.minute = whole(token.slice(10, 12));
    if (token.length > 12) this.found.second = whole(token.slice(12));
  }

  /** Where a word such as `h` or `minutes` stands that belongs to this number: how many places on or back. */
  #unitPlace(): number | undefined {
    const isUnit = (distance: number): boolean => UNITS.has(this.#peek(distance)?.toLowerCase() ?? '');
    if (isUnit(1)) return 1;
    if (this.#peek(1) === ' ' && isUnit(2)) return 2;
    if (this.#at > 0 && isUnit(-1)) return -1;
    if (this.#at > 1 && this.#at === this.#tokens.length - 1 && this.#peek(-1) === ' ' && isUnit(-2)) return -2;
    return undefined;
  }

  #withUnit(token: string, value: number, place: number): void {
    const unit = UNITS.get((this.#peek(place) as string).toLowerCase()) as number;
    // A number after a unit is of the next smaller one: "10h 36".
    const own = place > 0 ? unit : unit + 1;
    if (place > 0) this.#at += place;
    if (own === 0) {
      this.found.hour = Math.trunc(value);
      if (value % 1 !== 0) this.found.minute = Math.trunc(60 * fraction(token));
    } else if (own === 1) {
      this.#minutes(value, token);
    } else if (own === 2) {
      this.#seconds(token);
    }
  }

  #clock(hour: number): void {
    this.found.hour = Math.trunc(hour);
    const minutes = this.#take(2);
    if (!NUMERIC.test(minutes)) throw new NoDate();
    this.#minutes(Number(minutes), minutes);
    if (this.#peek(3) === ':' && this.#peek(4) !== undefined) {
      this.#seconds(this.#take(4));
      this.#at += 2;
    }
    this.#at += 2;
  }

  #separated(token: string, separator: string): void {
    const ymd = this.#ymd;
    ymd.add(token);
    const second = this.#peek(2);
    if (second !== undefined && !JUMP.has(second.toLowerCase())) {
      if (/^\d+$/.test(second)) {
        ymd.add(second);
      } else {
        const month = MONTH_NUMBERS.get(second.toLowerCase());
        if (month === undefined) throw new NoDate();
        ymd.add(month + 1, 'm');
      }
      if (this.#peek(3) === separator) {
        const third = this.#take(4);
        const month = MONTH_NUMBERS.get(third.toLowerCase());
        if (month === undefined) ymd.add(third);
        else ymd.add(month + 1, 'm');
        this.#at += 2;
      }
      this.#at++;
    }
    this.#at++;
  }

  #minutes(value: number, token: string): void {
    this.found.minute = Math.trunc(value);
    if (value % 1 !== 0) this.found.second = Math.trunc(60 * fraction(token));
    else delete this.found.second;
  }

  #seconds(token: string): void {
    const [seconds = '', part, ...more] = token.split('.');
    if (more.length > 0) throw new NoDate();
    this.found.second = whole(seconds);
    this.found.microsecond = part === undefined ? 0 : whole(part.padEnd(6, '0').slice(0, 6));
  }

  /** Two digits mean a year within fifty of this one. */
  #fullYear(year: number, centurySpecified: boolean): number {
    if (year >= 100 || centurySpecified) return year;
    const now = this.#thisYear();
    const full = year + Math.floor(now / 100) * 100;
    if (full >= now + 50) return full - 100;
    return full < now - 50 ? full + 100 : full;
  }

  #settleZone(): void {
    const { found } = this;
    const name = found.zoneName;
    if ((found.zoneOffset === 0 && name === undefined) || name === 'Z' || name === 'z') {
      found.zoneName = 'UTC';
      found.zoneOffset = 0;
    } else if (found.zoneOffset !== 0 && name !== undefined && UTC_NAMES.has(name.toLowerCase())) {
      found.zoneOffset = 0;
    }
  }
}

function inHalf(hour: number, half: number): number {
  if (hour < 12 && half === 1) return hour + 12;
  return hour === 12 && half === 0 ? 0 : hour;
}

function whole(digits: string): number {
  if (!/^\d+$/.test(digits)) throw new NoDate();
  return Number(digits);
}

/** The part after the point, without the error of a subtraction. */
function fraction(token: string): number {
  return Number(`0.${token.split('.')[1] ?? '0'}`);
}
