import { dumpJson } from '../../../values/dump-json.ts';
import { equals, lookup, truthy as valueTruthy } from '../../../values/equality.ts';
import { parseFloatText, parseInteger } from '../../../values/number-text.ts';
import { str } from '../../../values/text.ts';
import { codePointLength, replaceText, splitAtSpaces, strip } from '../../../values/text-operations.ts';
import { Float, float, isList, type Value, type ValueMap } from '../../../values/value.ts';
import { add, negate, toFloat } from '../../../yaql/numbers/arithmetic.ts';
import { roundFloat } from '../../../yaql/numbers/decimal.ts';
import { TEXT_METHODS } from './methods.ts';
import { compare, isFloat, numeric, truthy } from './operators.ts';
import { percentEncode } from './percent-encode.ts';
import {
  type CallArguments,
  data,
  integer,
  iterate,
  type JinjaValue,
  TemplateError,
  text,
  Undefined,
} from './values.ts';

/** How filters call tests and other filters by name (`map`, `select`). */
export interface FilterHost {
  filter(name: string, value: JinjaValue, args: CallArguments): JinjaValue;
  test(name: string, value: JinjaValue, args: CallArguments): boolean;
}

type Filter = (value: JinjaValue, args: CallArguments, host: FilterHost) => JinjaValue;

/** An argument by place or by name; undefined when it was not given. */
function option(args: CallArguments, index: number, name: string): Value | undefined {
  const placed = args.positional[index];
  const found = placed === undefined ? args.named.get(name) : placed;
  return found === undefined ? undefined : data(found);
}

const rest = (args: CallArguments, from: number): CallArguments => ({
  positional: args.positional.slice(from),
  named: args.named,
});

/** `a.b.0` of an item, as `map(attribute=…)` reads it; undefined when it is not there. */
function attribute(item: Value, path: Value): Value | undefined {
  let found: Value | undefined = item;
  for (const step of typeof path === 'string' ? path.split('.') : [path]) {
    const key: Value = typeof step === 'string' && /^\d+$/.test(step) ? Number(step) : step;
    if (isList(found) && typeof key === 'number') found = found[key];
    else if (found instanceof Map) found = entry(found as ValueMap, key, step);
    else return undefined;
  }
  return found;
}

function entry(map: ValueMap, key: Value, step: Value): Value | undefined {
  const found = lookup(map, key);
  return found === undefined ? lookup(map, step) : found;
}

function key(item: Value, args: CallArguments, index: number): Value {
  const path = option(args, index, 'attribute');
  if (path === undefined || path === null) return item;
  const found = attribute(item, path);
  if (found === undefined) throw new TemplateError(`There is no '${str(path)}'`);
  return found;
}

const folded = (value: Value, exact: boolean): Value =>
  typeof value === 'string' && !exact ? value.toLowerCase() : value;

function sorted(value: JinjaValue, args: CallArguments): Value[] {
  const exact = valueTruthy(option(args, 1, 'case_sensitive') ?? false);
  const items = iterate(value).map((item) => ({ item, by: folded(key(item, args, 2), exact) }));
  items.sort((a, b) => compare(a.by, b.by));
  if (valueTruthy(option(args, 0, 'reverse') ?? false)) items.reverse();
  return items.map(({ item }) => item);
}

function best(value: JinjaValue, args: CallArguments, sign: number): JinjaValue {
  const exact = valueTruthy(option(args, 0, 'case_sensitive') ?? false);
  const [first, ...others] = iterate(value);
  if (first === undefined) return new Undefined('The first of nothing');
  return others.reduce(
    (a, b) => (compare(folded(key(b, args, 1), exact), folded(key(a, args, 1), exact)) * sign > 0 ? b : a),
    first,
  );
}

function attributeOf(item: Value, args: CallArguments): JinjaValue {
  const found = attribute(item, option(args, 0, 'attribute') ?? null);
  return found === undefined ? new Undefined('An attribute') : found;
}

function chosen(keep: boolean, byAttribute: boolean): Filter {
  return (value, args, host) =>
    iterate(value).filter((item) => {
      const tested = byAttribute ? attributeOf(item, args) : item;
      const from = byAttribute ? 1 : 0;
      const name = args.positional[from];
      const holds = name === undefined ? truthy(tested) : host.test(text(name, 'select'), tested, rest(args, from + 1));
      return holds === keep;
    });
}

const map: Filter = (value, args, host) => {
  const path = args.named.get('attribute');
  if (path !== undefined) {
    const fallback = args.named.get('default');
    return iterate(value).map((item) => {
      const found = attribute(item, data(path));
      if (found !== undefined) return found;
      return data(fallback === undefined ? new Undefined(`'${str(data(path))}'`) : fallback);
    });
  }
  const name = text(args.positional[0] ?? null, 'map');
  return iterate(value).map((item) => data(host.filter(name, item, rest(args, 1))));
};

const round: Filter = (value, args) => {
  const number = numeric(data(value));
  if (number === undefined) throw new TemplateError('round wants a number');
  const precision = integer(option(args, 0, 'precision') ?? 0, 'round');
  const method = option(args, 1, 'method') ?? 'common';
  const given = toFloat(number);
  if (method === 'common') return float(roundFloat(given, precision));
  const factor = 10 ** precision;
  return float((method === 'ceil' ? Math.ceil(given * factor) : Math.floor(given * factor)) / factor);
};

const toInt: Filter = (value, args) => {
  const given = data(value);
  const fallback = option(args, 0, 'default') ?? 0;
  if (typeof given === 'string') {
    const base = integer(option(args, 1, 'base') ?? 10, 'int');
    const found = inBase(strip(given), base) ?? parseFloatText(strip(given));
    if (found === undefined) return fallback;
    return isFloat(found) ? Math.trunc(toFloat(found)) : found;
  }
  const number = numeric(given);
  return number === undefined ? fallback : isFloat(number) ? Math.trunc(toFloat(number)) : number;
};

const PREFIXES: ReadonlyMap<number, RegExp> = new Map([
  [2, /^0b/i],
  [8, /^0o/i],
  [16, /^0x/i],
]);

function inBase(text: string, base: number): number | bigint | undefined {
  if (base === 10) return parseInteger(text);
  const digits = text.replace(PREFIXES.get(base) ?? /^$/, '');
  const value = Number.parseInt(digits, base);
  return value.toString(base) === digits.toLowerCase().replace(/^0+(?=.)/, '') ? value : undefined;
}

const toFloatFilter: Filter = (value, args) => {
  const given = data(value);
  const number = typeof given === 'string' ? parseFloatText(strip(given)) : numeric(given);
  return number === undefined ? (option(args, 0, 'default') ?? new Float(0)) : float(toFloat(number));
};

const sum: Filter = (value, args) => {
  let total = numeric(option(args, 1, 'start') ?? 0) ?? 0;
  for (const item of iterate(value)) {
    const number = numeric(key(item, args, 0));
    if (number === undefined) throw new TemplateError('sum wants numbers');
    total = add(total, number);
  }
  return total;
};

const unique: Filter = (value, args) => {
  const seen: Value[] = [];
  return iterate(value).filter((item) => {
    const by = folded(key(item, args, 1), valueTruthy(option(args, 0, 'case_sensitive') ?? false));
    if (seen.some((other) => equals(other, by))) return false;
    seen.push(by);
    return true;
  });
};

const batch: Filter = (value, args) => {
  const size = Math.max(1, integer(option(args, 0, 'linecount') ?? 1, 'batch'));
  const fill = option(args, 1, 'fill_with');
  const items = iterate(value);
  const batches: Value[][] = [];
  for (let i = 0; i < items.length; i += size) batches.push(items.slice(i, i + size));
  const last = batches.at(-1);
  while (last !== undefined && fill !== undefined && fill !== null && last.length < size) last.push(fill);
  return batches;
};

const groupBy: Filter = (value, args) => {
  const groups: [Value, Value[]][] = [];
  for (const item of sorted(value, { positional: [false, false, args.positional[0] ?? null], named: args.named })) {
    const by = key(item, args, 0);
    const last = groups.at(-1);
    if (last !== undefined && equals(last[0], by)) last[1].push(item);
    else groups.push([by, [item]]);
  }
  return groups;
};

const dictSort: Filter = (value, args) => {
  const map = data(value);
  if (!(map instanceof Map)) throw new TemplateError('dictsort wants a map');
  const at = option(args, 1, 'by') === 'value' ? 1 : 0;
  const exact = valueTruthy(option(args, 0, 'case_sensitive') ?? false);
  const entries = Array.from(map as ValueMap).sort((a, b) =>
    compare(folded(a[at] as Value, exact), folded(b[at] as Value, exact)),
  );
  if (valueTruthy(option(args, 2, 'reverse') ?? false)) entries.reverse();
  return entries.map(([k, v]) => [k, v]);
};

const indent: Filter = (value, args) => {
  const width = option(args, 0, 'width') ?? 4;
  const pad = typeof width === 'string' ? width : ' '.repeat(Math.min(1000, integer(width, 'indent')));
  const first = valueTruthy(option(args, 1, 'first') ?? false);
  const blank = valueTruthy(option(args, 2, 'blank') ?? false);
  return str(data(value))
    .split('\n')
    .map((line, i) => ((i === 0 ? first : blank || line !== '') ? pad + line : line))
    .join('\n');
};

const truncate: Filter = (value, args) => {
  const length = integer(option(args, 0, 'length') ?? 255, 'truncate');
  const end = str(option(args, 2, 'end') ?? '...');
  const given = Array.from(str(data(value)));
  if (given.length <= length + integer(option(args, 3, 'leeway') ?? 5, 'truncate')) return given.join('');
  const cut = given.slice(0, Math.max(0, length - codePointLength(end))).join('');
  if (valueTruthy(option(args, 1, 'killwords') ?? false)) return cut + end;
  return (cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut) + end;
};

const orUndefined = (value: Value | undefined, what: string): JinjaValue =>
  value === undefined ? new Undefined(what) : value;

const length: Filter = (value) => {
  const given = data(value);
  return typeof given === 'string' ? codePointLength(given) : iterate(given).length;
};

const fallback: Filter = (value, args) => {
  const instead = option(args, 0, 'default_value') === undefined ? '' : (option(args, 0, 'default_value') as Value);
  const also = option(args, 1, 'boolean') ?? false;
  return value instanceof Undefined || (truthy(also) && !truthy(value)) ? instead : value;
};

const method =
  (name: string): Filter =>
  (value, args) => {
    const bound = TEXT_METHODS.get(name);
    if (bound === undefined) throw new TemplateError(`There is no filter '${name}'`);
    return bound(str(data(value)), args);
  };

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
const escapeHtml: Filter = (value) => str(data(value)).replace(/[&<>"']/g, (char) => ESCAPED[char] as string);

// tojson writes what could end a script as an escape, and sorts keys.
const toJson: Filter = (value) =>
  dumpJson(data(value), true).replace(/[<>&']/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Jinja's built-in filters that give data; those for HTML pages, and `random`, are left out. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  [
    'abs',
    (value) => {
      const number = numeric(data(value));
      if (number === undefined) throw new TemplateError('abs wants a number');
      return toFloat(number) < 0 ? negate(number) : number;
    },
  ],
  ['batch', batch],
  ['capitalize', method('capitalize')],
  [
    'center',
    (value, args) => {
      const given = str(data(value));
      const missing = Math.min(100_000, integer(option(args, 0, 'width') ?? 80, 'center')) - codePointLength(given);
      if (missing <= 0) return given;
      const left =
        Math.floor(missing / 2) + (missing % 2 === 1 && (missing + codePointLength(given)) % 2 === 1 ? 1 : 0);
      return ' '.repeat(left) + given + ' '.repeat(missing - left);
    },
  ],
  ['count', length],
  ['d', fallback],
  ['default', fallback],
  ['dictsort', dictSort],
  ['e', escapeHtml],
  ['escape', escapeHtml],
  ['first', (value) => orUndefined(iterate(value)[0], 'The first of nothing')],
  ['float', toFloatFilter],
  ['groupby', groupBy],
  ['indent', indent],
  ['int', toInt],
  [
    'items',
    (value) => {
      const map = data(value);
      if (!(map instanceof Map)) throw new TemplateError('items wants a map');
      return Array.from(map as ValueMap, ([k, v]) => [k, v]);
    },
  ],
  [
    'join',
    (value, args) => {
      const path = option(args, 1, 'attribute');
      const items = path === undefined ? iterate(value) : iterate(value).map((item) => key(item, args, 1));
      return items.map(str).join(str(option(args, 0, 'd') ?? ''));
    },
  ],
  ['last', (value) => orUndefined(iterate(value).at(-1), 'The last of nothing')],
  ['length', length],
  ['list', (value) => [...iterate(value)]],
  ['lower', method('lower')],
  ['map', map],
  ['max', (value, args) => best(value, args, 1)],
  ['min', (value, args) => best(value, args, -1)],
  ['reject', chosen(false, false)],
  ['rejectattr', chosen(false, true)],
  [
    'replace',
    (value, args) => {
      const given = str(data(value));
      const [from, to] = [str(option(args, 0, 'old') ?? ''), str(option(args, 1, 'new') ?? '')];
      const most = option(args, 2, 'count') ?? null;
      if (most === null || from === '') return replaceText(given, from, to);
      const found = given.split(from);
      const count = Math.min(integer(most, 'replace'), found.length - 1);
      return (
        found.slice(0, count + 1).join(to) +
        found
          .slice(count + 1)
          .map((part) => from + part)
          .join('')
      );
    },
  ],
  [
    'reverse',
    (value) => (typeof value === 'string' ? Array.from(value).toReversed().join('') : [...iterate(value)].reverse()),
  ],
  ['round', round],
  ['safe', (value) => value],
  ['select', chosen(true, false)],
  ['selectattr', chosen(true, true)],
  ['sort', sorted],
  ['string', (value) => str(data(value))],
  ['sum', sum],
  ['title', method('title')],
  ['tojson', toJson],
  ['trim', method('strip')],
  ['truncate', truncate],
  ['unique', unique],
  ['upper', method('upper')],
  ['urlencode', (value) => percentEncode(str(data(value)))],
  ['wordcount', (value) => splitAtSpaces(str(data(value))).length],
]);
