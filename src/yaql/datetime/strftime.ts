import { allocate } from '../runtime/budget.ts';
import { daysFromCivil, isoWeek } from './calendar.ts';
import { type DateTime, type Fields, offsetText } from './datetime.ts';
import { DAYS, MONTHS } from './names.ts';
import { floorDivide, SECOND } from './timespan.ts';

const DIRECTIVE = /%([-_0^#]*)(\d*)([EO]?)(:?[A-Za-z%+])/g;

/** Python's `strftime` as glibc writes it in the C locale, with its flags (`%-d`, `%_d`, `%^a`) and widths. */
export function formatDateTime(value: DateTime, format: string): string {
  const { fields } = value;
  return format.replace(DIRECTIVE, (whole, flags: string, width: string, _alternative: string, letter: string) => {
    const part = directive(value, fields, letter);
    if (part === undefined) return whole;
    return withFlags(part, flags, Number(width));
  });
}

/** Text, or a number with its usual width and filling. */
type Part = string | { readonly number: number; readonly width: number; readonly fill: '0' | ' ' };

function withFlags(part: Part, flags: string, width: number): string {
  allocate(2 * width);
  if (typeof part === 'string') {
    const text = flags.includes('^') ? part.toUpperCase() : flags.includes('#') ? swapCase(part) : part;
    return text.padStart(width, flags.includes('0') ? '0' : ' ');
  }
  const fill = flags.includes('-') ? '' : flags.includes('_') ? ' ' : flags.includes('0') ? '0' : part.fill;
  const digits = Math.abs(part.number).toString();
  const text = fill === '' ? digits : digits.padStart(width || part.width, fill);
  return part.number < 0 ? `-${text}` : text;
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

const padded = (number: number, width: number, fill: '0' | ' ' = '0'): Part => ({ number, width, fill });
const two = (number: number): string => number.toString().padStart(2, '0');

function directive(value: DateTime, fields: Fields, letter: string): Part | undefined {
  const { year, month, day, hour, minute, second } = fields;
  const hour12 = hour % 12 === 0 ? 12 : hour % 12;
  const { weekday } = value;
  switch (letter) {
    case 'a':
      return (DAYS[weekday] as string).slice(0, 3);
    case 'A':
      return DAYS[weekday] as string;
    case 'b':
    case 'h':
      return (MONTHS[month - 1] as string).slice(0, 3);
    case 'B':
      return MONTHS[month - 1] as string;
    case 'c':
      return `${(DAYS[weekday] as string).slice(0, 3)} ${(MONTHS[month - 1] as string).slice(0, 3)} ${day.toString().padStart(2)} ${two(hour)}:${two(minute)}:${two(second)} ${year}`;
    case 'C':
      return padded(Math.floor(year / 100), 1);
    case 'd':
      return padded(day, 2);
    case 'D':
    case 'x':
      return `${two(month)}/${two(day)}/${two(year % 100)}`;
    case 'e':
      return padded(day, 2, ' ');
    case 'f':
      return fields.microsecond.toString().padStart(6, '0');
    case 'F':
      return `${year}-${two(month)}-${two(day)}`;
    case 'g':
      return padded(isoWeek(value.days).year % 100, 2);
    case 'G':
      return padded(isoWeek(value.days).year, 1);
    case 'H':
      return padded(hour, 2);
    case 'I':
      return padded(hour12, 2);
    case 'j':
      return padded(dayOfYear(value, year), 3);
    case 'k':
      return padded(hour, 2, ' ');
    case 'l':
      return padded(hour12, 2, ' ');
    case 'm':
      return padded(month, 2);
    case 'M':
      return padded(minute, 2);
    case 'n':
      return '\n';
    case 'p':
      return hour < 12 ? 'AM' : 'PM';
    case 'P':
      return hour < 12 ? 'am' : 'pm';
    case 'r':
      return `${two(hour12)}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'}`;
    case 'R':
      return `${two(hour)}:${two(minute)}`;
    case 's':
      return floorDivide(value.local, SECOND).toString();
    case 'S':
      return padded(second, 2);
    case 't':
      return '\t';
    case 'T':
    case 'X':
      return `${two(hour)}:${two(minute)}:${two(second)}`;
    case 'u':
      return padded(weekday + 1, 1);
    case 'U':
      return padded(Math.floor((dayOfYear(value, year) + 6 - ((weekday + 1) % 7)) / 7), 2);
    case 'V':
      return padded(isoWeek(value.days).week, 2);
    case 'w':
      return padded((weekday + 1) % 7, 1);
    case 'W':
      return padded(Math.floor((dayOfYear(value, year) + 6 - weekday) / 7), 2);
    case 'y':
      return padded(year % 100, 2);
    case 'Y':
      return padded(year, 1);
    case 'z':
      return value.zone === undefined ? '' : offsetText(value.zone.offset, '');
    case 'Z':
      return value.zone?.name ?? '';
    case '%':
      return '%';
    default:
      return undefined;
  }
}

function dayOfYear(value: DateTime, year: number): number {
  return value.days - daysFromCivil(year, 1, 1) + 1;
}
