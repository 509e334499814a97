import { Raised } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { Dict } from '../runtime/dict.ts';
import { each, iterate } from '../runtime/iteration.ts';
import type { Lambda } from '../runtime/lambda.ts';
import type { MappingRule, Runtime } from '../runtime/objects.ts';
import { checkQuota, checkQuotas } from '../runtime/quota.ts';
import type { Call } from '../runtime/specification.ts';
import { extension, type FunctionSpec, func, method, param } from '../runtime/specification.ts';
import { ITERABLE, KEYWORD, LAMBDA, MAPPING, NULLABLE, RULE } from '../runtime/types.ts';
import { View } from '../runtime/views.ts';

const DICT = param('dict', MAPPING);
const KEY = param('key', NULLABLE);
const RULES = { rest: param('args', RULE), noKeywords: true, allocates: true };

function pairsOf(rules: readonly MappingRule[]): (readonly [Runtime, Runtime])[] {
  return rules.map(({ source, destination }) => [source, destination]);
}

function fromRules({ run }: Call, ...rules: MappingRule[]): Runtime {
  checkQuotas(run, rules);
  return new Dict(true, pairsOf(rules));
}

function fromPairs({ run }: Call, items: Runtime): Runtime {
  const plain = new Dict(false);
  for (const item of each(items)) {
    const parts = iterate(item);
    const key = nextOf(parts);
    plain.set(key, nextOf(parts));
    if (run.memoryQuota > 0) checkQuota(run, plain);
    allocate(64);
  }
  return new Dict(true, plain.entries());
}

function nextOf(source: Iterator<Runtime>): Runtime {
  const next = source.next();
  if (next.done === true) throw new Raised('StopIteration', 'a pair of key and value was expected');
  return next.value;
}

function toDict({ run }: Call, collection: Runtime, key: Lambda, value: Lambda | null): Runtime {
  const result = new Dict(false);
  for (const item of each(collection)) {
    const itemKey = key.of(item);
    result.set(itemKey, value === null ? item : value.of(item));
    if (run.memoryQuota > 0) checkQuota(run, result);
    allocate(64);
  }
  return result;
}

function withEntries(dict: Dict, more: Iterable<readonly [Runtime, Runtime]>): Dict {
  const result = new Dict(true, dict.entries());
  for (const [key, value] of more) result.set(key, value);
  allocate(64 * result.size);
  return result;
}

function without(dict: Dict, keys: Runtime): Runtime {
  const result = new Dict(false, dict.entries());
  for (const key of each(keys)) result.remove(key);
  allocate(64 * result.size);
  return result;
}

function hasValue(dict: Dict, value: Runtime): boolean {
  return new View(dict, 'values').has(value);
}

export const DICTS: readonly FunctionSpec[] = [
  func('dict', [], fromRules, RULES),
  func('#map', [], fromRules, RULES),
  func('dict', [param('items', ITERABLE)], fromPairs, { noKeywords: true }),
  method(
    'toDict',
    [param('collection', ITERABLE), param('keySelector', LAMBDA), param('valueSelector', LAMBDA, null)],
    toDict,
  ),
  func('#operator_.', [DICT, param('key', KEYWORD)], (_call, dict: Dict, key: string) => dict.get(key)),
  func('#indexer', [DICT, KEY], (_call, dict: Dict, key: Runtime) => dict.get(key)),
  func('#indexer', [DICT, KEY, param('default', NULLABLE)], (_call, dict: Dict, key: Runtime, fallback: Runtime) =>
    dict.has(key) ? dict.get(key) : fallback,
  ),
  method('get', [DICT, KEY, param('default', NULLABLE, null)], (_call, dict: Dict, key: Runtime, fallback: Runtime) =>
    dict.has(key) ? dict.get(key) : fallback,
  ),
  method(
    'set',
    [DICT, KEY, param('value', NULLABLE)],
    ({ run }, dict: Dict, key: Runtime, value: Runtime) => {
      checkQuotas(run, [dict, key, value]);
      return withEntries(dict, [[key, value]]);
    },
    { noKeywords: true },
  ),
  method(
    'set',
    [DICT, param('replacements', MAPPING)],
    ({ run }, dict: Dict, replacements: Dict) => {
      checkQuotas(run, [dict, replacements]);
      return withEntries(dict, replacements.entries());
    },
    { noKeywords: true },
  ),
  method(
    'set',
    [DICT],
    ({ run }, dict: Dict, ...rules: MappingRule[]) => {
      checkQuotas(run, [dict, ...rules]);
      return withEntries(dict, pairsOf(rules));
    },
    { rest: param('args', RULE), noKeywords: true },
  ),
  method('keys', [DICT], (_call, dict: Dict) => new View(dict, 'keys')),
  method('values', [DICT], (_call, dict: Dict) => new View(dict, 'values')),
  method('items', [DICT], (_call, dict: Dict) => new View(dict, 'items')),
  method('containsKey', [DICT, KEY], (_call, dict: Dict, key: Runtime) => dict.has(key)),
  method('containsValue', [DICT, param('value', NULLABLE)], (_call, dict: Dict, value: Runtime) =>
    hasValue(dict, value),
  ),
  func('#operator_+', [param('left', MAPPING), param('right', MAPPING)], ({ run }, left: Dict, right: Dict) => {
    checkQuotas(run, [left, right]);
    return withEntries(left, right.entries());
  }),
  func('isDict', [param('arg', NULLABLE)], (_call, arg: Runtime) => arg instanceof Dict),
  extension('len', [DICT], (_call, dict: Dict) => dict.size),
  method('delete', [DICT], (_call, dict: Dict, ...keys: Runtime[]) => without(dict, keys), {
    rest: param('keys', NULLABLE),
  }),
  method('deleteAll', [DICT, param('keys', ITERABLE)], (_call, dict: Dict, keys: Runtime) => without(dict, keys)),
];
