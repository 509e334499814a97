import type { Path } from '../../diagnostics/diagnostic.ts';
import { atomicUnsupported, oneLineWrong, publishEmpty, transitionLost } from '../../diagnostics/workflow.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';
import type { OnClause, Publish, Transition } from '../model.ts';
import { readOneLine } from './one-line.ts';
import { type Reader, textMap } from './reader.ts';

/**
 * on-success, on-error or on-complete. A mapping is always publish and next (`OnClauseSpec`): one that is a condition
 * leads nowhere, in Mistral too, which is a warning here.
 */
export function readOnClause(value: Value | undefined, path: Path, reader: Reader): OnClause | undefined {
  if (value === undefined || value === null) return undefined;
  if (!(value instanceof Map)) return { next: readNext(value, path, reader) };
  const map = textMap(value);
  for (const key of map.keys()) {
    if (key !== 'publish' && key !== 'next') reader.report(transitionLost(key), [...path, key], 'key');
  }
  const publish = map.get('publish');
  return {
    ...(publish !== undefined && publish !== null && { publish: readPublish(publish, [...path, 'publish'], reader) }),
    next: readNext(map.get('next') ?? null, [...path, 'next'], reader),
  };
}

function readPublish(value: Value, path: Path, reader: Reader): Publish {
  const map = textMap(value);
  const branch = map.get('branch');
  const global = map.get('global');
  if (map.has('atomic')) reader.report(atomicUnsupported(), [...path, 'atomic'], 'key');
  else if (branch === undefined && global === undefined) reader.report(publishEmpty(), path);
  for (const key of ['branch', 'global', 'atomic']) reader.checkExpressions(map.get(key), [...path, key]);
  return {
    ...(branch instanceof Map && { branch: branch as ValueMap }),
    ...(global instanceof Map && { global: global as ValueMap }),
  };
}

function readNext(value: Value, path: Path, reader: Reader): readonly Transition[] {
  if (value === null || value === '') return [];
  const items = isList(value) ? value : value instanceof Map ? firstOfMap(value as ValueMap) : [value];
  return items.flatMap((item, i) => readTransition(item, isList(value) ? [...path, i] : path, reader) ?? []);
}

/** `next: {a: <% c %>}`: Mistral goes through a mapping as through a list, so its keys are tasks without condition. */
function firstOfMap(map: ValueMap): readonly Value[] {
  return [...map.keys()];
}

function readTransition(item: Value, path: Path, reader: Reader): Transition | undefined {
  const [text, condition] = item instanceof Map ? ([...(item as ValueMap)][0] ?? ['', '']) : [item, ''];
  if (typeof text !== 'string' || typeof condition !== 'string') return undefined;
  const read = readOneLine(text);
  if (read === undefined) {
    reader.report(oneLineWrong(text), path);
    return undefined;
  }
  reader.checkExpressions(read.name, path);
  reader.checkExpressions(condition, item instanceof Map ? [...path, text] : path);
  return { target: read.name, condition, parameters: read.parameters };
}
