import { notAPair, wrongType } from '../../diagnostics/functions.ts';
import { repr } from '../../values/text.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { unpack } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, expressionType, type FunctionDefinition } from '../expression.ts';
import { isPythonError, PythonError } from '../python-error.ts';

interface MemberCall {
  readonly keyName: string;
  readonly valueName: string;
  readonly members: Expression;
}

// `.` stops at a line's end, as Python's does; Python knows \n alone.
const MEMBER = /^\.member\.([0-9]+)\.([^\n]*)/;

/**
 * `Fn::MemberListToMap: [Name, Value, ['.member.0.Name=key', '.member.0.Value=value', ...]]` gives `{key: value}`.
 * Mirrors MemberListToMap and `heat.api.aws.utils.extract_param_pairs`.
 */
export const MEMBER_LIST_TO_MAP: FunctionDefinition<MemberCall> = Object.freeze<FunctionDefinition<MemberCall>>({
  heatClass: 'MemberListToMap',
  form: "[Name, Value, ['.member.0.Name=key', '.member.0.Value=value', ...]]",
  parse(args, name) {
    const [keyName, valueName, members] = unpackThree(args, name);
    return { keyName: requireText(keyName, name), valueName: requireText(valueName, name), members };
  },
  evaluate({ name, state }, runtime) {
    const pairs = new Map(iterate(name, evaluate(state.members, runtime)).map((item) => pairOf(name, item)));
    const map = new Map<Value, Value>();
    for (const member of membersOf(pairs)) {
      const key = member.get(state.keyName);
      const value = member.get(state.valueName);
      if (key !== undefined && value !== undefined) map.set(key, value);
    }
    return map;
  },
});

function unpackThree(args: Expression, name: string): readonly [Expression, Expression, Expression] {
  try {
    return unpack(args, 3, name) as readonly [Expression, Expression, Expression];
  } catch (error) {
    if (isPythonError(error, 'ValueError')) throw new PythonError('TypeError', error.message);
    throw error;
  }
}

function requireText(expression: Expression, name: string): string {
  if (typeof expression === 'string') return expression;
  throw new PythonError('TypeError', wrongType(name, 'the name', 'a text', expressionType(expression)));
}

function iterate(name: string, members: Value): readonly Value[] {
  if (isList(members)) return members;
  if (isMap(members)) return [...members.keys()];
  if (typeof members === 'string') return [...members];
  throw new PythonError('TypeError', wrongType(name, 'the members', 'a list', typeName(members)));
}

function pairOf(name: string, item: Value): [string, string] {
  if (typeof item !== 'string') {
    throw new PythonError('TypeError', wrongType(name, 'a member', 'a text', typeName(item)));
  }
  const end = item.indexOf('=');
  if (end === -1) throw new PythonError('ValueError', notAPair(name, repr(item)));
  return [item.slice(0, end), item.slice(end + 1)];
}

/** What belongs to one number, by number. */
function membersOf(pairs: ReadonlyMap<string, string>): Map<string, string>[] {
  const members = new Map<bigint, Map<string, string>>();
  for (const [path, value] of pairs) {
    const found = MEMBER.exec(path);
    if (found === null) continue;
    const number = BigInt(found[1] as string);
    const member = members.get(number) ?? new Map<string, string>();
    members.set(number, member.set(found[2] as string, value));
  }
  return [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member);
}
