import { equals, lookup } from '../../../values/equality.ts';
import { str } from '../../../values/text.ts';
import { replaceText, splitAtSpaces, strip } from '../../../values/text-operations.ts';
import { isList, type Value, type ValueMap } from '../../../values/value.ts';
import {
  type CallArguments,
  Callable,
  data,
  integer,
  iterate,
  type JinjaValue,
  TemplateError,
  text,
} from './values.ts';

type Method<T> = (self: T, args: CallArguments) => Value;

const arg = (args: CallArguments, index: number): Value => data(args.positional[index] ?? null);
const given = (args: CallArguments, index: number): boolean => args.positional[index] !== undefined;

function trimmed(self: string, args: CallArguments, start: boolean, end: boolean): string {
  if (!given(args, 0) || arg(args, 0) === null) {
    if (start && end) return strip(self);
    return start ? self.trimStart() : self.trimEnd();
  }
  const characters = new Set(text(arg(args, 0), 'strip'));
  const all = Array.from(self);
  let from = 0;
  let to = all.length;
  while (start && from < to && characters.has(all[from] as string)) from++;
  while (end && to > from && characters.has(all[to - 1] as string)) to--;
  return all.slice(from, to).join('');
}

function split(self: string, args: CallArguments): Value {
  const most = given(args, 1) ? integer(arg(args, 1), 'split') : -1;
  if (!given(args, 0) || arg(args, 0) === null) return splitAtSpaces(self);
  const separator = text(arg(args, 0), 'split');
  if (separator === '') throw new TemplateError('split wants a separator');
  const parts = self.split(separator);
  return most < 0 || parts.length <= most + 1 ? parts : [...parts.slice(0, most), parts.slice(most).join(separator)];
}

const affixed = (args: CallArguments, test: (affix: string) => boolean): boolean => {
  const wanted = arg(args, 0);
  return (isList(wanted) ? wanted : [wanted]).some((affix) => test(text(affix, 'startswith and endswith')));
};

const capitalize = (self: string): string => self.slice(0, 1).toUpperCase() + self.slice(1).toLowerCase();

export const TEXT_METHODS: ReadonlyMap<string, Method<string>> = new Map<string, Method<string>>([
  ['upper', (self) => self.toUpperCase()],
  ['lower', (self) => self.toLowerCase()],
  ['capitalize', capitalize],
  ['title', (self) => self.replace(/\p{L}+/gu, capitalize)],
  ['strip', (self, args) => trimmed(self, args, true, true)],
  ['lstrip', (self, args) => trimmed(self, args, true, false)],
  ['rstrip', (self, args) => trimmed(self, args, false, true)],
  ['split', split],
  ['splitlines', (self) => (self === '' ? [] : self.replace(/\r?\n$/, '').split(/\r?\n/))],
  ['replace', (self, args) => replaceText(self, text(arg(args, 0), 'replace'), text(arg(args, 1), 'replace'))],
  ['startswith', (self, args) => affixed(args, (affix) => self.startsWith(affix))],
  ['endswith', (self, args) => affixed(args, (affix) => self.endsWith(affix))],
  ['find', (self, args) => self.indexOf(text(arg(args, 0), 'find'))],
  ['count', (self, args) => self.split(text(arg(args, 0), 'count')).length - 1],
  ['isdigit', (self) => /^\p{Nd}+$/u.test(self)],
  ['isalpha', (self) => /^\p{L}+$/u.test(self)],
  ['isalnum', (self) => /^[\p{L}\p{N}]+$/u.test(self)],
  [
    'zfill',
    (self, args) => {
      const width = integer(arg(args, 0), 'zfill');
      if (width > 100_000) throw new TemplateError('The text is too long');
      const sign = /^[+-]/.test(self) ? self.slice(0, 1) : '';
      return sign + self.slice(sign.length).padStart(width - sign.length, '0');
    },
  ],
  [
    'join',
    (self, args) =>
      iterate(args.positional[0] ?? null)
        .map((item) => text(item, 'join'))
        .join(self),
  ],
]);

export const MAP_METHODS: ReadonlyMap<string, Method<ValueMap>> = new Map<string, Method<ValueMap>>([
  [
    'get',
    (self, args) => {
      const found = lookup(self, arg(args, 0));
      return found === undefined ? arg(args, 1) : found;
    },
  ],
  ['keys', (self) => [...self.keys()]],
  ['values', (self) => [...self.values()]],
  ['items', (self) => Array.from(self, ([key, value]) => [key, value])],
  ['copy', (self) => new Map(self)],
]);

export const LIST_METHODS: ReadonlyMap<string, Method<readonly Value[]>> = new Map<string, Method<readonly Value[]>>([
  [
    'index',
    (self, args) => {
      const at = self.findIndex((item) => equals(item, arg(args, 0)));
      if (at < 0) throw new TemplateError(`${str(arg(args, 0))} is not in the list`);
      return at;
    },
  ],
  ['count', (self, args) => self.filter((item) => equals(item, arg(args, 0))).length],
  ['copy', (self) => [...self]],
]);

/** The method of a value, bound to it; undefined when there is none. Values are never changed by one. */
export function methodOf(value: Value, name: string): JinjaValue | undefined {
  if (typeof value === 'string') return bind(TEXT_METHODS.get(name), value);
  if (isList(value)) return bind(LIST_METHODS.get(name), value);
  return value instanceof Map ? bind(MAP_METHODS.get(name), value as ValueMap) : undefined;
}

function bind<T>(method: Method<T> | undefined, self: T): Callable | undefined {
  return method === undefined ? undefined : new Callable((args) => method(self, args));
}
