import { reprFloat } from '../../values/text.ts';
import { toFloat } from '../numbers/arithmetic.ts';
import { fixedDigits, scientificDigits } from '../numbers/decimal.ts';
import { overflowError, valueError } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { decimal } from '../runtime/repr.ts';
import { type FormatSpec, pad } from './format-spec.ts';

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };
const FLOAT_TYPES = 'eEfFgG%';

/** Python's `format(int, spec)`. @throws ValueError, OverflowError */
export function formatInt(value: number | bigint, spec: FormatSpec): string {
  const { type } = spec;
  if (type !== '' && FLOAT_TYPES.includes(type)) return formatFloat(toFloat(value), spec);
  if (!['', 'd', 'n', 'c', 'b', 'o', 'x', 'X'].includes(type)) throw unknown(type, 'int');
  if (spec.precision !== undefined) throw valueError('a format of an integer has no precision');
  if (spec.noNegativeZero) throw valueError("a format of an integer has no 'z'");
  if (spec.grouping === ',' && 'boxXcn'.includes(type || '-'))
    throw valueError(`',' cannot be combined with '${type}'`);
  if (spec.grouping === '_' && 'cn'.includes(type || '-')) throw valueError(`'_' cannot be combined with '${type}'`);
  if (type === 'c') return character(value, spec);
  const magnitude = value < 0 ? -value : value;
  const base = BASES[type];
  const plain = base === undefined ? decimal(BigInt(magnitude)) : magnitude.toString(base);
  const digits = type === 'X' ? plain.toUpperCase() : plain;
  const prefix = base !== undefined && spec.alternate ? `0${type}` : '';
  return finish(value < 0, prefix, digits, '', spec, base === undefined ? 3 : 4);
}

function character(value: number | bigint, spec: FormatSpec): string {
  if (spec.sign !== '') throw valueError("a sign cannot be combined with 'c'");
  if (spec.alternate) throw valueError("'#' cannot be combined with 'c'");
  if (value < 0 || value > 0x10ffff) throw overflowError(`${value} is no character`);
  const text = String.fromCodePoint(Number(value));
  return pad(text, spec, '>');
}

/** Python's `format(float, spec)`. */
export function formatFloat(value: number, spec: FormatSpec): string {
  const { type } = spec;
  if (!['', 'e', 'E', 'f', 'F', 'g', 'G', '%', 'n'].includes(type)) throw unknown(type, 'float');
  if (spec.grouping !== '' && type === 'n') throw valueError(`'${spec.grouping}' cannot be combined with 'n'`);
  let negative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'nan' : 'inf';
    const upper = type === 'E' || type === 'F' || type === 'G';
    const text = (upper ? name.toUpperCase() : name) + (type === '%' ? '%' : '');
    return finish(negative && !Number.isNaN(value), '', '', text, { ...spec, grouping: '' }, 3);
  }
  const places = spec.precision ?? 6;
  if (places > 1000) allocate(places * 4);
  const body = digitsOf(Math.abs(value), spec, places);
  if (spec.noNegativeZero && negative && !/[1-9]/.test(body.split(/[eE]/)[0] as string)) negative = false;
  const match = /^(\d+)(.*)$/s.exec(body) as RegExpExecArray;
  return finish(negative, '', match[1] as string, match[2] as string, spec, 3);
}

function digitsOf(value: number, spec: FormatSpec, places: number): string {
  const { type, alternate } = spec;
  switch (type) {
    case 'f':
    case 'F':
      return withPoint(fixedDigits(value, places), alternate);
    case '%':
      return `${withPoint(fixedDigits(value * 100, places), alternate)}%`;
    case 'e':
    case 'E':
      return scientific(value, places, type, alternate);
    case '':
      if (spec.precision === undefined)
        return alternate ? reprFloat(value).replace(/^(\d+)(?=e)/, '$1.') : reprFloat(value);
      return general(value, places, 'g', alternate, true);
    default:
      return general(value, places, type === 'n' ? 'g' : type, alternate, false);
  }
}

function withPoint(digits: string, alternate: boolean): string {
  return alternate && !digits.includes('.') ? `${digits}.` : digits;
}

function scientific(value: number, places: number, type: string, alternate: boolean): string {
  const { digits, exponent } = scientificDigits(value, places);
  return mantissa(digits, alternate) + exponentText(exponent, type);
}

function mantissa(digits: string, alternate: boolean): string {
  return digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : alternate ? `${digits}.` : digits;
}

function exponentText(exponent: number, type: string): string {
  const letter = type === 'E' || type === 'G' ? 'E' : 'e';
  return `${letter}${exponent < 0 ? '-' : '+'}${Math.abs(exponent).toString().padStart(2, '0')}`;
}

/** `%g`; `always` keeps one digit after the point, as `str` does. */
function general(value: number, precision: number, type: string, alternate: boolean, always: boolean): string {
  const significant = Math.max(precision, 1);
  const { digits, exponent } = scientificDigits(value, significant - 1);
  // Without a type, Python switches to an exponent one digit earlier.
  if (exponent < -4 || exponent >= (always ? significant - 1 : significant)) {
    const shown = alternate ? digits : digits.replace(/0+$/, '') || '0';
    return mantissa(shown, alternate) + exponentText(exponent, type);
  }
  const places = Math.max(significant - 1 - exponent, 0);
  const fixed = fixedDigits(value, places);
  if (alternate) return withPoint(fixed, true);
  const trimmed = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  return always && !trimmed.includes('.') ? `${trimmed}.0` : trimmed;
}

/** Sign, grouping and padding. */
function finish(
  negative: boolean,
  prefix: string,
  whole: string,
  rest: string,
  spec: FormatSpec,
  groupSize: number,
): string {
  const sign = negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  const head = sign + prefix;
  if (spec.align === '=') {
    allocate(2 * spec.width);
    const room = spec.width - head.length - rest.length;
    if (spec.fill === '0' && spec.grouping !== '')
      return head + zeroFilled(whole, room, spec.grouping, groupSize) + rest;
    const grouped = group(whole, spec.grouping, groupSize);
    return head + spec.fill.repeat(Math.max(room - grouped.length, 0)) + grouped + rest;
  }
  return pad(head + group(whole, spec.grouping, groupSize) + rest, spec, '>');
}

function group(digits: string, separator: string, size: number): string {
  if (separator === '' || digits.length <= size) return digits;
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= size) parts.push(digits.slice(Math.max(end - size, 0), end));
  return parts.reverse().join(separator);
}

// Zeros that fill up are grouped too, and a separator never comes first.
function zeroFilled(digits: string, room: number, separator: string, size: number): string {
  let wanted = digits.length;
  while (wanted + Math.floor((wanted - 1) / size) < room) wanted++;
  return group(digits.padStart(wanted, '0'), separator, size);
}

function unknown(type: string, name: string): ReturnType<typeof valueError> {
  return valueError(`there is no format '${type}' for a ${name}`);
}
