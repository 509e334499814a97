import { keyCollision, unhashableKey, unknownKeys, wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { Dict } from '../../values/dict.ts';
import { equals, hashable, lookup } from '../../values/equality.ts';
import { repr, str } from '../../values/text.ts';
import { isList, isMap, typeName, type Value, type ValueMap } from '../../values/value.ts';
import { popsFromMap } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

const PARTS = ['keys', 'values'] as const;

/** `map_replace: [map, {keys: {old: new}, values: {old: new}}]`. Mirrors MapReplace. */
export const MAP_REPLACE: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'MapReplace',
  form: '[map, {keys: {old key: new key, ...}, values: {old value: new value, ...}}]',
  evaluate({ name, args }, runtime) {
    const list = evaluate(args, runtime);
    if (isMap(list)) {
      ensureMap(name, lookup(list, 0) ?? null);
      throw popsFromMap(name);
    }
    if (!isList(list)) throw new PythonError('TypeError', wrongType(name, 'its arguments', 'a list', typeName(list)));
    const [map, replacements] = list.slice(0, 2).map((item) => ensureMap(name, item));
    if (map === undefined || replacements === undefined || list.length > 2) {
      throw new PythonError('TypeError', wrongCount(name, 'two maps', list.length));
    }
    const unknown = [...replacements.keys()].filter((key) => !PARTS.some((part) => part === key));
    if (unknown.length > 0) throw new PythonError('ValueError', unknownKeys(name, unknown.map(str)));
    const [keys, values] = PARTS.map((part) => ensureMap(name, replacements.get(part) ?? null)) as [ValueMap, ValueMap];
    return replaceIn(name, map, keys, values);
  },
});

function ensureMap(name: string, value: Value): ValueMap {
  if (value === null) return new Map();
  if (isMap(value)) return value;
  throw new PythonError('TypeError', wrongType(name, 'an argument', 'a map', typeName(value)));
}

function replaceIn(name: string, map: ValueMap, keys: ValueMap, values: ValueMap): Value {
  const input = new Dict(map);
  const output = new Dict();
  const [newKeys, newValues] = [new Dict(keys), new Dict(values)];
  for (const [oldKey, oldValue] of map) {
    const newKey = newKeys.get(oldKey) ?? null;
    if (newKey !== null) checkCollision(name, oldKey, newKey, input, output);
    const replacement = hashable(oldValue) ? newValues.get(oldValue) : undefined;
    output.set(newKey ?? oldKey, replacement === undefined ? oldValue : replacement);
  }
  return output.map;
}

function checkCollision(name: string, oldKey: Value, newKey: Value, input: Dict, output: Dict): void {
  if (!hashable(newKey)) throw new PythonError('TypeError', unhashableKey(typeName(newKey)));
  if (input.has(newKey) && !equals(newKey, oldKey)) {
    throw new PythonError('ValueError', keyCollision(name, repr(newKey), 'input'));
  }
  if (output.has(newKey)) throw new PythonError('ValueError', keyCollision(name, repr(newKey), 'output'));
}
