import type { Expression } from '../language/expression.ts';
import { Raised, typeError, valueError } from '../raised.ts';
import { callFunction } from '../runtime/call.ts';
import { Context, variableName } from '../runtime/context.ts';
import type { Dict } from '../runtime/dict.ts';
import { truthy } from '../runtime/equality.ts';
import { each } from '../runtime/iteration.ts';
import type { Lambda } from '../runtime/lambda.ts';
import {
  type Callable,
  isIterator,
  itemsOf,
  type List,
  NO_VALUE,
  type Runtime,
  type Tuple,
} from '../runtime/objects.ts';
import { NO_RECEIVER, type Receiver } from '../runtime/receiver.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, method, param } from '../runtime/specification.ts';
import {
  CALLABLE,
  CONTEXT,
  CONTEXT_LAMBDA,
  EXPRESSION,
  ITERABLE,
  KEYWORD,
  LAMBDA,
  MAPPING,
  METHOD_LAMBDA,
  NULLABLE,
  SEQUENCE,
  STRING,
  STRING_CONSTANT,
} from '../runtime/types.ts';
import { delegate } from './delegates.ts';
import { memorize } from './memorize.ts';

function unpack({ context }: Call, sequence: Runtime, ...names: string[]): Runtime {
  const taken: Runtime[] = [];
  const rest: Runtime[] = [];
  const isLazy = isIterator(sequence);
  for (const item of each(sequence)) {
    (taken.length <= names.length ? taken : rest).push(item);
    if (names.length > 0 && taken.length > names.length) break;
  }
  if (names.length > 0) {
    if (taken.length !== names.length) {
      throw valueError(`cannot unpack ${taken.length} values into ${names.length} names`);
    }
    for (const [i, name] of names.entries()) context.set(variableName(name), taken[i] as Runtime);
    return context;
  }
  // Without names, what an iterator gave while it was counted is gone.
  const numbered = isLazy ? rest : [...taken, ...rest];
  for (const [i, item] of numbered.entries()) context.set(`$${i + 1}`, item);
  return context;
}

function setNumbered(context: Context, values: readonly Runtime[]): void {
  for (const [i, value] of values.entries()) context.set(`$${i + 1}`, value);
}

/** The function that `def` makes of an expression. */
function definition(name: string, lambda: Lambda): FunctionSpec {
  return func(camelCase(name.replace(/_+$/, '')), [], (call, ...args: Runtime[]) => lambda.call(args, call.keywords), {
    rest: param('args', NULLABLE),
    restKeyword: param('kwargs', NULLABLE),
  });
}

// The names of functions follow YAQL's convention even when an expression defines them.
function camelCase(name: string): string {
  const convert = (text: string): string =>
    text.replace(/(?<!^)_([\p{L}\p{N}_])/gu, (_match, char: string) => char.toUpperCase());
  const first = name[0];
  if (first === undefined || /\p{L}/u.test(first)) return convert(name);
  const end = name.indexOf(first, 1);
  return end <= 1 ? name : name.slice(0, end + 1) + convert(name.slice(end + 1));
}

function callByName(call: Call, name: string, args: Tuple | List, keywords: Dict, receiver: Receiver): Runtime {
  const named = new Map<string, Runtime>();
  for (const [key, value] of keywords.entries()) {
    if (typeof key !== 'string') throw typeError('a name of an argument must be a string');
    if (!/^(?!__)(?!\p{Nd})[\p{L}\p{N}_]+/u.test(key)) throw new Raised('RuntimeError', `${key} cannot be a name`);
    named.set(key, value);
  }
  return callFunction(
    call.run,
    name,
    call.context,
    itemsOf(args),
    receiver === NO_VALUE ? NO_RECEIVER : receiver,
    named,
  );
}

export const SYSTEM: readonly FunctionSpec[] = [
  func('#get_context_data', [param('name', STRING_CONSTANT)], ({ context }, name: string) =>
    context.get(variableName(name)),
  ),
  func(
    '#operator_.',
    [param('receiver', NULLABLE), param('expr', METHOD_LAMBDA)],
    (_call, receiver: Runtime, expr: Lambda) => expr.callIn(new Context(expr.context), receiver, []),
  ),
  func(
    '#operator_?.',
    [param('receiver', NULLABLE), param('expr', EXPRESSION)],
    (call, receiver: Runtime, expr: Expression) =>
      receiver === null ? null : delegate(call, '#operator_.')(receiver, expr),
  ),
  method('unpack', [param('sequence', ITERABLE)], unpack, { rest: param('args', STRING) }),
  func(
    'with',
    [],
    ({ context }, ...values: Runtime[]) => {
      setNumbered(context, values);
      return context;
    },
    { rest: param('args', NULLABLE) },
  ),
  func(
    'let',
    [],
    ({ context, keywords }, ...values: Runtime[]) => {
      setNumbered(context, values);
      for (const [name, value] of keywords) context.set(variableName(name), value);
      return context;
    },
    { rest: param('args', NULLABLE), restKeyword: param('kwargs', NULLABLE) },
  ),
  func('def', [param('name', STRING), param('func', LAMBDA)], ({ context, run }, name: string, lambda: Lambda) => {
    const spec = definition(name, lambda);
    context.register(spec);
    run.defined.add(spec.name);
    return context;
  }),
  func(
    '#operator_->',
    [param('left', CONTEXT), param('right', CONTEXT_LAMBDA)],
    (_call, left: Context, right: Lambda) => right.callIn(left, NO_RECEIVER, []),
  ),
  method(
    'assert',
    [param('obj', NULLABLE), param('condition', LAMBDA), param('message', STRING, 'Assertion failed')],
    (_call, obj: Runtime, condition: Lambda, message: string) => {
      const value = isIterator(obj) ? memorize(obj) : obj;
      if (!truthy(condition.call([value]))) throw new Raised('AssertionError', message);
      return value;
    },
  ),
  func(
    'call',
    [param('name', STRING), param('args', SEQUENCE), param('kwargs', MAPPING), param('receiver', NULLABLE, NO_VALUE)],
    callByName,
  ),
];

/** What Python YAQL registers only where the engine allows delegates. */
export const DELEGATES: readonly FunctionSpec[] = [
  func(
    '#call',
    [param('callable', CALLABLE)],
    ({ keywords }, callable: Callable, ...args: Runtime[]) => callable.call(args, keywords),
    { rest: param('args', NULLABLE), restKeyword: param('kwargs', NULLABLE) },
  ),
  func('lambda', [param('func', LAMBDA)], (_call, lambda: Lambda) => lambda),
];

/** Looked at only when nothing else fits: properties of datetimes and timespans. */
export const FALLBACKS: readonly FunctionSpec[] = [
  func('#operator_.', [param('obj', NULLABLE), param('name', KEYWORD)], (call, obj: Runtime, name: string) =>
    delegate(call, `#property#${name}`)(obj),
  ),
];
