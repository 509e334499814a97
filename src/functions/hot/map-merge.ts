import { wrongType } from '../../diagnostics/functions.ts';
import { Dict } from '../../values/dict.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/** `map_merge: [map, ...]`: later maps win, null is an empty one. Mirrors MapMerge. */
export const MAP_MERGE: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'MapMerge',
  form: '[map, ...]',
  evaluate({ name, args }, runtime) {
    const maps = evaluate(args, runtime);
    if (!isList(maps) && maps !== '') {
      throw new PythonError('TypeError', wrongType(name, 'its arguments', 'a list of maps', typeName(maps)));
    }
    const merged = new Dict();
    for (const map of maps as Iterable<Value>) {
      if (map === null) continue;
      if (!isMap(map)) throw new PythonError('TypeError', wrongType(name, 'an item', 'a map', typeName(map)));
      for (const [key, value] of map) merged.set(key, value);
    }
    return merged.map;
  },
});
