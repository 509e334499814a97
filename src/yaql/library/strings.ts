import { compareCodePoints } from '../../values/dump-json.ts';
import { type Int, type Numeric, toSize } from '../numbers/arithmetic.ts';
import { typeError } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import type { Dict } from '../runtime/dict.ts';
import { each } from '../runtime/iteration.ts';
import { isInt, List, type Runtime } from '../runtime/objects.ts';
import { checkRepeated } from '../runtime/quota.ts';
import { strOf } from '../runtime/repr.ts';
import type { Call } from '../runtime/specification.ts';
import { extension, type FunctionSpec, func, method, param } from '../runtime/specification.ts';
import { typeNameOf } from '../runtime/type-name.ts';
import { BOOL, INT, ITERABLE, MAPPING, NULLABLE, NULLABLE_NUMBER, NULLABLE_STRING, STRING } from '../runtime/types.ts';
import { charactersOf, lengthOf, slice } from '../text/code-points.ts';
import { formatText } from '../text/format.ts';
import { find, findLast } from '../text/search.ts';
import { replace, rightSplit, split, stripChars } from '../text/split.ts';
import { delegate } from './delegates.ts';

const TWO = [param('left', STRING), param('right', STRING)];
const TEXT = param('string', STRING);
const CHARS = param('chars', NULLABLE_STRING, null);
const START = param('start', INT, 0);
const ALLOCATES = { allocates: true };

const order = (symbol: string, holds: (order: number) => boolean): FunctionSpec =>
  func(`#operator_${symbol}`, TWO, (_call, a: string, b: string) => holds(compareCodePoints(a, b)));

function concat(_call: Call, ...parts: string[]): string {
  return joinParts(parts, '');
}

function joinParts(parts: readonly string[], separator: string): string {
  let length = 0;
  for (const part of parts) length += part.length + separator.length;
  allocate(2 * length);
  return parts.join(separator);
}

function join(call: Call, sequence: Runtime, separator: string): string {
  const toText = delegate(call, 'str');
  const parts: string[] = [];
  for (const item of each(sequence)) {
    const part = toText(item);
    if (typeof part !== 'string') throw typeError(`str() gave a ${typeNameOf(part)}`);
    parts.push(part);
  }
  return joinParts(parts, separator);
}

function text(_call: Call, value: Runtime): string {
  if (value === null) return 'null';
  return typeof value === 'boolean' ? String(value) : strOf(value);
}

function replaceText(_call: Call, string: string, old: string, replacement: string, count: Int): string {
  // At most: between all characters where `old` is empty.
  const times = old === '' ? string.length + 1 : replacement.length > old.length ? string.split(old).length - 1 : 0;
  allocate(2 * (string.length + times * replacement.length));
  return replace(string, old, replacement, toSize(count));
}

function replaceAll(call: Call, string: string, replacements: Dict, count: Int): string {
  const toText = delegate(call, 'str');
  let result = string;
  for (const [key, value] of replacements.entries()) {
    result = replaceText(call, result, toText(key) as string, toText(value) as string, count);
  }
  return result;
}

function repeat({ run }: Call, string: string, times: Int): string {
  checkRepeated(run, string, '', Number(times));
  return times > 0 ? string.repeat(Number(times)) : '';
}

function substring(_call: Call, string: string, start: Int, length: Int): string {
  const size = lengthOf(string);
  const from = start < 0 ? Number(start) + size : Number(start);
  const end = from + (length < 0 ? size : Number(length));
  // Still negative means from the end, as in Python.
  const bound = (index: number): number => (index < 0 ? Math.max(index + size, 0) : index);
  return slice(string, bound(from), bound(end));
}

type Find = (text: string, sub: string, start: number, end?: number) => number;

function finders(name: string, search: Find): FunctionSpec[] {
  return [
    method(name, [TEXT, param('sub', STRING), START], (_call, string: string, sub: string, start: Int) =>
      search(string, sub, Number(start)),
    ),
    method(
      name,
      [TEXT, param('sub', STRING), param('start', INT), param('length', INT)],
      (_call, string: string, sub: string, start: Int, length: Int) => {
        const size = lengthOf(string);
        const from = start < 0 ? Number(start) + size : Number(start);
        const count = length < 0 ? size - from : Number(length);
        return search(string, sub, from, from + count);
      },
    ),
  ];
}

function strings(parts: readonly string[]): List {
  allocate(64 * parts.length);
  return new List(parts);
}

const trims: readonly (readonly [string, 'left' | 'right' | 'both'])[] = [
  ['trim', 'both'],
  ['trimLeft', 'left'],
  ['trimRight', 'right'],
];

function hex(_call: Call, value: Numeric | null): string {
  if (value === null || !isInt(value)) throw typeError(`a ${typeNameOf(value)} has no hexadecimal form`);
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

export const STRINGS: readonly FunctionSpec[] = [
  order('>', (result) => result > 0),
  order('<', (result) => result < 0),
  order('>=', (result) => result >= 0),
  order('<=', (result) => result <= 0),
  func('concat', [], concat, { rest: param('args', STRING) }),
  func('#operator_+', [], concat, { rest: param('args', STRING) }),
  method('toUpper', [TEXT], (_call, string: string) => string.toUpperCase(), ALLOCATES),
  method('toLower', [TEXT], (_call, string: string) => string.toLowerCase(), ALLOCATES),
  extension('len', [TEXT], (_call, string: string) => lengthOf(string)),
  method(
    'split',
    [TEXT, param('separator', NULLABLE_STRING, null), param('maxSplits', INT, -1)],
    (_call, string: string, separator: string | null, limit: Int) => strings(split(string, separator, toSize(limit))),
  ),
  method(
    'rightSplit',
    [TEXT, param('separator', NULLABLE_STRING, null), param('maxSplits', INT, -1)],
    (_call, string: string, separator: string | null, limit: Int) =>
      strings(rightSplit(string, separator, toSize(limit))),
  ),
  method('join', [param('sequence', ITERABLE), param('separator', STRING)], join),
  method(
    'join',
    [param('separator', STRING), param('sequence', ITERABLE)],
    (call, separator: string, sequence: Runtime) => join(call, sequence, separator),
  ),
  func('str', [param('value', NULLABLE)], text, ALLOCATES),
  ...trims.map(([name, ends]) =>
    method(
      name,
      [TEXT, CHARS],
      (_call, string: string, chars: string | null) => stripChars(string, chars, ends),
      ALLOCATES,
    ),
  ),
  extension('norm', [param('string', NULLABLE_STRING), CHARS], (_call, string: string | null, chars: string | null) => {
    if (string === null) return null;
    return stripChars(string, chars, 'both') || null;
  }),
  extension(
    'isEmpty',
    [param('string', NULLABLE_STRING), param('trim', BOOL, true), CHARS],
    (_call, string: string | null, trim: boolean, chars: string | null) =>
      string === null || (trim ? stripChars(string, chars, 'both') : string) === '',
  ),
  method('replace', [TEXT, param('old', STRING), param('new', STRING), param('count', INT, -1)], replaceText),
  method('replace', [TEXT, param('replacements', MAPPING), param('count', INT, -1)], replaceAll),
  extension(
    'format',
    [param('_FormatString', STRING)],
    ({ keywords }, format: string, ...args: Runtime[]) => formatText(format, args, keywords),
    { rest: param('args', NULLABLE), restKeyword: param('kwargs', NULLABLE), allocates: true },
  ),
  func('#operator_*', [param('left', STRING), param('right', INT)], repeat),
  func('#operator_*', [param('left', INT), param('right', STRING)], (call, times: Int, string: string) =>
    repeat(call, string, times),
  ),
  func('#operator_in', TWO, (_call, left: string, right: string) => right.includes(left)),
  method('substring', [TEXT, param('start', INT), param('length', INT, -1)], substring, ALLOCATES),
  ...finders('indexOf', find),
  ...finders('lastIndexOf', findLast),
  method('toCharArray', [TEXT], (_call, string: string) => charactersOf(string), ALLOCATES),
  func('isString', [param('arg', NULLABLE)], (_call, arg: Runtime) => typeof arg === 'string'),
  method(
    'startsWith',
    [TEXT],
    (_call, string: string, ...prefixes: string[]) => prefixes.some((p) => string.startsWith(p)),
    {
      rest: param('prefixes', STRING),
    },
  ),
  method(
    'endsWith',
    [TEXT],
    (_call, string: string, ...suffixes: string[]) => suffixes.some((s) => string.endsWith(s)),
    {
      rest: param('suffixes', STRING),
    },
  ),
  func('hex', [param('num', NULLABLE_NUMBER)], hex),
];
