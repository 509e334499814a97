import { equals, truthy as valueTruthy } from '../../../values/equality.ts';
import { str } from '../../../values/text.ts';
import type { Value, ValueMap } from '../../../values/value.ts';
import { attribute, type Filter, folded, key, option, rest } from './filter.ts';
import { compare, truthy } from './operators.ts';
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

const items: Filter = (value) => {
  const map = data(value);
  if (!(map instanceof Map)) throw new TemplateError('items wants a map');
  return Array.from(map as ValueMap, ([k, v]) => [k, v]);
};

const join: Filter = (value, args) => {
  const path = option(args, 1, 'attribute');
  const items = path === undefined ? iterate(value) : iterate(value).map((item) => key(item, args, 1));
  return items.map(str).join(str(option(args, 0, 'd') ?? ''));
};

const reverse: Filter = (value) =>
  typeof value === 'string' ? Array.from(value).toReversed().join('') : [...iterate(value)].reverse();

const orUndefined = (value: Value | undefined, what: string): JinjaValue =>
  value === undefined ? new Undefined(what) : value;

/** Filters that take lists, maps and whatever else has items. */
export const LIST_FILTERS: readonly (readonly [string, Filter])[] = [
  ['batch', batch],
  ['dictsort', dictSort],
  ['first', (value) => orUndefined(iterate(value)[0], 'The first of nothing')],
  ['groupby', groupBy],
  ['items', items],
  ['join', join],
  ['last', (value) => orUndefined(iterate(value).at(-1), 'The last of nothing')],
  ['list', (value) => [...iterate(value)]],
  ['map', map],
  ['max', (value, args) => best(value, args, 1)],
  ['min', (value, args) => best(value, args, -1)],
  ['reject', chosen(false, false)],
  ['rejectattr', chosen(false, true)],
  ['reverse', reverse],
  ['select', chosen(true, false)],
  ['selectattr', chosen(true, true)],
  ['sort', sorted],
  ['unique', unique],
];
