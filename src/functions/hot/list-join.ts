import { wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { truthy } from '../../values/equality.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { requireList, unpack } from '../arguments.ts';
import { evaluate, evaluateItems } from '../evaluate.ts';
import type { Expression, FunctionDefinition } from '../expression.ts';
import { toJson } from '../json-text.ts';
import { PythonError } from '../python-error.ts';
import type { Runtime } from '../runtime.ts';

interface JoinCall {
  readonly delimiter: Expression;
  readonly lists: readonly Expression[];
}

/** `list_join: [delimiter, [text, ...]]` before 2015-10-15, and `Fn::Join`; null items are `''`. Mirrors Join. */
export const JOIN: FunctionDefinition<JoinCall> = Object.freeze<FunctionDefinition<JoinCall>>({
  heatClass: 'Join',
  form: '[delimiter, [text, ...]]',
  parse(args, name) {
    const [delimiter, list] = unpack(requireList(args, name) as Expression, 2, name) as [Expression, Expression];
    return { delimiter, lists: [list] };
  },
  evaluate({ name, state }, runtime) {
    const list = evaluate(state.lists[0] as Expression, runtime);
    if (list !== null && !isList(list)) throw notAList(name, list);
    const delimiter = resolveDelimiter(name, state, runtime);
    const texts = (list ?? []).map((item) => {
      if (item === null || typeof item === 'string') return item ?? '';
      throw new PythonError('TypeError', wrongType(name, 'an item', 'a text', typeName(item)));
    });
    return texts.join(delimiter);
  },
});

/** `list_join` since 2015-10-15: several lists, one after the other; maps and lists as items are JSON. */
export const JOIN_MULTIPLE: FunctionDefinition<JoinCall> = Object.freeze<FunctionDefinition<JoinCall>>({
  heatClass: 'JoinMultiple',
  form: '[delimiter, [text, map or list, ...], ...]',
  parse(args, name) {
    const [delimiter, ...lists] = requireList(args, name);
    if (delimiter === undefined || lists.length === 0) {
      const found = delimiter === undefined ? 0 : 1;
      throw new PythonError('ValueError', wrongCount(name, 'a delimiter and at least one list', found));
    }
    return { delimiter, lists };
  },
  evaluate({ name, state }, runtime) {
    const items: Value[] = [];
    for (const list of evaluateItems(state.lists, runtime)) {
      if (!truthy(list)) continue;
      if (!isList(list)) throw notAList(name, list);
      for (const item of list) items.push(item);
    }
    const delimiter = resolveDelimiter(name, state, runtime);
    return items.map((item) => itemText(name, item)).join(delimiter);
  },
});

function itemText(name: string, item: Value): string {
  if (item === null) return '';
  if (typeof item === 'string') return item;
  if (isMap(item) || isList(item)) return toJson(name, item);
  throw new PythonError('TypeError', wrongType(name, 'an item', 'a text, a map or a list', typeName(item)));
}

function resolveDelimiter(name: string, state: JoinCall, runtime: Runtime): string {
  const delimiter = evaluate(state.delimiter, runtime);
  if (typeof delimiter === 'string') return delimiter;
  throw new PythonError('TypeError', wrongType(name, 'the delimiter', 'a text', typeName(delimiter)));
}

function notAList(name: string, found: Value): PythonError {
  return new PythonError('TypeError', wrongType(name, 'what to join', 'a list', typeName(found)));
}
