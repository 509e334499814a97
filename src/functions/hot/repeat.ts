import {
  differentLengths,
  emptyForEach,
  missingKeys,
  notText,
  tooManyItems,
  wrongType,
} from '../../diagnostics/functions.ts';
import { Dict } from '../../values/dict.ts';
import { replaceText } from '../../values/text-operations.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { canBeMap, requireMap } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, expressionType, type FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';
import type { Runtime } from '../runtime.ts';

interface RepeatCall {
  readonly forEach: Expression;
  readonly template: Expression;
  /** Every combination of the values; otherwise the lists are walked side by side. */
  readonly permutations: boolean;
}

interface Rules {
  /** Maps may be repeated over: their keys. */
  readonly maps: boolean;
  /** `permutations: false` is known, which takes lists alone. */
  readonly permutations: boolean;
}

const MOST_ITEMS = 1_000_000;

function repeatFunction(heatClass: string, rules: Rules): FunctionDefinition<RepeatCall> {
  const values = rules.maps ? 'list or map' : 'list';
  const permutations = rules.permutations ? ', permutations: true or false' : '';
  return Object.freeze<FunctionDefinition<RepeatCall>>({
    heatClass,
    form: `{template: value, for_each: {text to replace: ${values}, ...}${permutations}}`,
    parse: (args, name) => parseRepeat(args, name, rules),
    validate({ name, state }) {
      if (canBeMap(state.forEach)) return;
      throw new PythonError('TypeError', wrongType(name, 'for_each', 'a map', expressionType(state.forEach)));
    },
    evaluate: ({ name, state }, runtime) => repeat(name, state, rules, runtime),
  });
}

/**
 * `repeat`: a copy of the template for every combination of values, in which each text to replace gives way to its
 * value, one after the other; keys of maps too. Mirrors Repeat.
 */
export const REPEAT: FunctionDefinition<RepeatCall> = repeatFunction('Repeat', { maps: false, permutations: false });
/** Since 2016-10-14. */
export const REPEAT_WITH_MAP: FunctionDefinition<RepeatCall> = repeatFunction('RepeatWithMap', {
  maps: true,
  permutations: false,
});
/** Since 2017-09-01. */
export const REPEAT_WITH_NESTED_LOOP: FunctionDefinition<RepeatCall> = repeatFunction('RepeatWithNestedLoop', {
  maps: true,
  permutations: true,
});

function parseRepeat(args: Expression, name: string, rules: Rules): RepeatCall {
  const map = requireMap(args, name);
  const forEach = map.get('for_each');
  const template = map.get('template');
  if (forEach === undefined || template === undefined) {
    const missing = ['template', 'for_each'].filter((key) => !map.has(key));
    throw new PythonError('KeyError', missingKeys(name, missing));
  }
  const permutations = rules.permutations ? (map.has('permutations') ? map.get('permutations') : true) : true;
  if (typeof permutations === 'boolean') return { forEach, template, permutations };
  const found = expressionType(permutations as Expression);
  throw new PythonError('TypeError', wrongType(name, 'permutations', 'true or false', found));
}

function repeat(name: string, call: RepeatCall, rules: Rules, runtime: Runtime): Value {
  const forEach = evaluate(call.forEach, runtime);
  if (!isMap(forEach)) {
    throw new PythonError('AttributeError', wrongType(name, 'for_each', 'a map', typeName(forEach)));
  }
  if (forEach.size === 0) throw new PythonError('ValueError', emptyForEach(name));
  const mapsAllowed = rules.maps && call.permutations;
  const lists = Array.from(forEach.values(), (value) => (value === null ? null : items(name, value, mapsAllowed)));
  if (!call.permutations && new Set(lists.flatMap((list) => list?.length ?? [])).size > 1) {
    throw new PythonError('ValueError', differentLengths(name));
  }
  const template = evaluate(call.template, runtime);
  const keys = [...forEach.keys()];
  const columns = lists.map((list) => list ?? []);
  const limit = runtime.maxRepeat ?? MOST_ITEMS;
  const rows = call.permutations ? combinations(name, columns, limit) : sideBySide(columns);
  return rows.map((values) => replaceAll(name, keys, values, template));
}

function items(name: string, value: Value, mapsAllowed: boolean): readonly Value[] {
  if (isList(value)) return value;
  if (mapsAllowed && isMap(value)) return [...value.keys()];
  const expected = mapsAllowed ? 'a list or a map' : 'a list';
  throw new PythonError('TypeError', wrongType(name, 'a value of for_each', expected, typeName(value)));
}

/** Python's `itertools.product`: the last column varies fastest. */
function combinations(name: string, columns: readonly (readonly Value[])[], limit: number): Value[][] {
  const count = columns.reduce((product, column) => product * column.length, 1);
  if (count > limit) throw new PythonError('MemoryError', tooManyItems(name, limit));
  if (count === 0) return [];
  let rows: Value[][] = [[]];
  for (const column of columns) rows = rows.flatMap((row) => column.map((value) => [...row, value]));
  return rows;
}

/** Python's `zip`: as far as the shortest column. */
function sideBySide(columns: readonly (readonly Value[])[]): Value[][] {
  const shortest = columns.reduce((least, column) => Math.min(least, column.length), Number.POSITIVE_INFINITY);
  return Array.from({ length: shortest }, (_, row) => columns.map((column) => column[row] as Value));
}

function replaceAll(name: string, keys: readonly Value[], values: readonly Value[], template: Value): Value {
  if (typeof template === 'string') {
    let text = template;
    for (let i = 0; i < keys.length; i++) {
      const [key, value] = [keys[i] as Value, values[i] as Value];
      if (typeof key !== 'string') throw new PythonError('TypeError', notText(name, typeName(key)));
      if (typeof value !== 'string') throw new PythonError('TypeError', notText(name, typeName(value)));
      text = replaceText(text, key, value);
    }
    return text;
  }
  if (isList(template)) return template.map((item) => replaceAll(name, keys, values, item));
  if (!isMap(template)) return template;
  const map = new Dict();
  for (const [key, value] of template) {
    map.set(replaceAll(name, keys, values, key), replaceAll(name, keys, values, value));
  }
  return map.map;
}
