import { Float } from '../../values/value.ts';
import { DateTime } from '../datetime/datetime.ts';
import { formatDateTime } from '../datetime/strftime.ts';
import { TimeSpan } from '../datetime/timespan.ts';
import { attributeError, Raised, typeError, valueError } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { Dict } from '../runtime/dict.ts';
import { isFloat, isInt, isSequence, itemsOf, type Runtime } from '../runtime/objects.ts';
import { reprOf, strOf } from '../runtime/repr.ts';
import { typeNameOf } from '../runtime/type-name.ts';
import { charactersOf, slice } from './code-points.ts';
import { formatFloat, formatInt } from './format-number.ts';
import { pad, parseFormatSpec } from './format-spec.ts';

interface Arguments {
  readonly positional: readonly Runtime[];
  readonly keyword: ReadonlyMap<string, Runtime>;
  /** The next automatic number; undefined once fields are numbered by hand. */
  automatic: number | undefined;
  numbered: 'not yet' | 'automatic' | 'manual';
}

/**
 * Python's `text.format(*positional, **keyword)`.
 *
 * @throws ValueError, KeyError, IndexError, TypeError, AttributeError
 */
export function formatText(
  text: string,
  positional: readonly Runtime[],
  keyword: ReadonlyMap<string, Runtime>,
): string {
  return expand(text, { positional, keyword, automatic: 0, numbered: 'not yet' }, 2);
}

function expand(text: string, args: Arguments, nesting: number): string {
  if (nesting < 0) throw valueError('fields are nested too deeply');
  let result = '';
  let at = 0;
  while (at < text.length) {
    const brace = nextBrace(text, at);
    result += text.slice(at, brace);
    if (brace === text.length) break;
    const char = text[brace];
    if (text[brace + 1] === char) {
      result += char;
      at = brace + 2;
      continue;
    }
    if (char === '}') throw valueError("a single '}' in a format");
    const end = fieldEnd(text, brace + 1);
    const field = formatField(text.slice(brace + 1, end), args, nesting);
    allocate(2 * field.length);
    result += field;
    at = end + 1;
  }
  return result;
}

function nextBrace(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '{' || text[at] === '}') return at;
  return text.length;
}

function fieldEnd(text: string, start: number): number {
  if (start >= text.length) throw valueError("a single '{' in a format");
  let depth = 1;
  let inIndex = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    // Braces inside [...] are part of a key.
    if (char === '[' && depth === 1) inIndex = true;
    else if (char === ']') inIndex = false;
    else if (inIndex) continue;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
  }
  throw valueError("a '}' is missing in a format");
}

function formatField(field: string, args: Arguments, nesting: number): string {
  const { name, conversion, spec } = splitField(field);
  const value = lookUp(name, args);
  const converted = convert(value, conversion);
  return formatValue(converted, spec.includes('{') || spec.includes('}') ? expand(spec, args, nesting - 1) : spec);
}

function splitField(field: string): { name: string; conversion: string; spec: string } {
  let at = 0;
  let inIndex = false;
  for (; at < field.length; at++) {
    const char = field[at] as string;
    if (char === '[') inIndex = true;
    else if (char === ']') inIndex = false;
    else if (char === '{' && !inIndex) throw valueError("a '{' in the name of a field");
    else if (!inIndex && (char === '!' || char === ':')) break;
  }
  const name = field.slice(0, at);
  if (field[at] !== '!') return { name, conversion: '', spec: field.slice(at + 1) };
  const conversion = field[at + 1];
  if (conversion === undefined) throw valueError("nothing follows '!' in a format");
  const after = field[at + 2];
  if (after !== undefined && after !== ':') throw valueError("':' was expected after a conversion");
  return { name, conversion, spec: field.slice(at + 3) };
}

function lookUp(name: string, args: Arguments): Runtime {
  const first = /^[^.[]*/.exec(name)?.[0] as string;
  let value = firstValue(first, args);
  let rest = name.slice(first.length);
  while (rest !== '') {
    const step = /^(?:\.([^.[]*)|\[([^\]]*)\])/.exec(rest);
    if (step === null) throw valueError("a ']' is missing in a format, or '.' or '[' after one");
    if (step[1] === '' || step[2] === '') throw valueError('an empty attribute in a format');
    value = step[1] === undefined ? item(value, step[2] as string) : attribute(value, step[1]);
    rest = rest.slice(step[0].length);
  }
  return value;
}

function firstValue(first: string, args: Arguments): Runtime {
  if (first !== '' && !/^\d+$/.test(first)) {
    const value = args.keyword.get(first);
    if (value === undefined) throw new Raised('KeyError', reprOf(first));
    return value;
  }
  const style = first === '' ? 'automatic' : 'manual';
  if (args.numbered !== 'not yet' && args.numbered !== style) {
    throw valueError('fields are numbered partly by hand and partly automatically');
  }
  args.numbered = style;
  const index = style === 'manual' ? Number(first) : (args.automatic ?? 0);
  args.automatic = index + 1;
  const value = args.positional[index];
  if (value === undefined) throw new Raised('IndexError', `there is no argument ${index}`);
  return value;
}

function item(value: Runtime, key: string): Runtime {
  const index = /^\d+$/.test(key) ? Number(key) : undefined;
  if (value instanceof Dict) return value.get(index ?? key);
  if (isSequence(value) || typeof value === 'string') {
    if (index === undefined) throw typeError('an index must be an integer');
    const items = typeof value === 'string' ? charactersOf(value) : itemsOf(value);
    const found = items[index];
    if (found === undefined) throw new Raised('IndexError', `there is no item ${index}`);
    return found;
  }
  throw typeError(`'${typeNameOf(value)}' object is not subscriptable`);
}

// Python would give any attribute of any object here, and with them a way to the interpreter's insides. Only data is
// given out.
function attribute(value: Runtime, name: string): Runtime {
  if (value instanceof DateTime && Object.hasOwn(value.fields, name)) return value.fields[name as 'year'];
  if (value instanceof TimeSpan && (name === 'days' || name === 'seconds' || name === 'microseconds')) {
    return Number(value.parts[name]);
  }
  if (isFloat(value) && name === 'real') return value;
  if (isFloat(value) && name === 'imag') return new Float(0);
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (isInt(number) && (name === 'real' || name === 'numerator')) return number;
  if (isInt(number) && name === 'imag') return 0;
  if (isInt(number) && name === 'denominator') return 1;
  throw attributeError(typeNameOf(value), name);
}

function convert(value: Runtime, conversion: string): Runtime {
  switch (conversion) {
    case '':
      return value;
    case 's':
      return strOf(value);
    case 'r':
      return reprOf(value);
    case 'a':
      return reprOf(value).replace(/[^\0-\x7f]/gu, escaped);
    default:
      throw valueError(`there is no conversion '${conversion}'`);
  }
}

function escaped(char: string): string {
  const code = char.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Python's `format(value, spec)`. */
function formatValue(value: Runtime, spec: string): string {
  if (spec === '') return strOf(value);
  if (typeof value === 'string') return formatString(value, spec);
  if (typeof value === 'boolean') return formatInt(value ? 1 : 0, parseFormatSpec(spec));
  if (isFloat(value)) return formatFloat(value instanceof Float ? value.value : value, parseFormatSpec(spec));
  if (isInt(value)) return formatInt(value, parseFormatSpec(spec));
  if (value instanceof DateTime) return formatDateTime(value, spec);
  throw typeError(`a ${typeNameOf(value)} has no format '${spec}'`);
}

function formatString(value: string, text: string): string {
  const spec = parseFormatSpec(text);
  if (spec.type !== '' && spec.type !== 's') throw valueError(`there is no format '${spec.type}' for a str`);
  if (spec.sign !== '') throw valueError('a format of a string has no sign');
  if (spec.noNegativeZero) throw valueError("a format of a string has no 'z'");
  if (spec.alternate) throw valueError("a format of a string has no '#'");
  if (/^.?=/su.test(text)) throw valueError("'=' aligns only numbers");
  if (spec.grouping !== '') throw valueError(`'${spec.grouping}' groups only numbers`);
  return pad(spec.precision === undefined ? value : slice(value, 0, spec.precision), spec, '<');
}
