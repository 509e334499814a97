import { Call, Constant, type Expression } from '../language/expression.ts';
import { add, compareNumbers, multiply, type Numeric, subtract } from '../numbers/arithmetic.ts';
import { spend } from './budget.ts';
import { callFunction } from './call.ts';
import { type Context, variableName } from './context.ts';
import { Dict } from './dict.ts';
import type { Runtime } from './objects.ts';
import { checkQuota } from './quota.ts';
import { NO_RECEIVER } from './receiver.ts';
import type { Run } from './run.ts';

// The commonest forms, without the search for overloads that would end at the same function. None of them is taken for a
// name that the expression or the host defines anew.

const OPERATORS: ReadonlyMap<string, (a: Numeric, b: Numeric) => Runtime> = new Map<
  string,
  (a: Numeric, b: Numeric) => Runtime
>([
  ['#operator_+', add],
  ['#operator_-', subtract],
  ['#operator_*', multiply],
  ['#operator_<', (a, b) => compareNumbers(a, b) < 0],
  ['#operator_>', (a, b) => compareNumbers(a, b) > 0],
  ['#operator_<=', (a, b) => compareNumbers(a, b) <= 0],
  ['#operator_>=', (a, b) => compareNumbers(a, b) >= 0],
]);

/** The value of the call if it has one of these forms; undefined otherwise. */
export function shortcut(node: Call, context: Context, run: Run): Runtime | undefined {
  if (node.form === 'variable') return variable(node, context, run);
  if (node.form !== 'binary') return undefined;
  if (node.name === '#operator_.') return member(node, context, run);
  const operator = OPERATORS.get(node.name);
  return operator === undefined ? undefined : arithmetic(node, operator, context, run);
}

function variable(node: Call, context: Context, run: Run): Runtime {
  spend(1);
  const value = context.get(variableName((node.args[0] as Constant).value as string));
  checkQuota(run, value);
  return value;
}

/** `left.key` and `left.method(...)` */
function member(node: Call, context: Context, run: Run): Runtime | undefined {
  const [left, right] = node.args as readonly [Expression, Expression];
  const isMethod = right instanceof Call && right.form === 'call';
  const isKey = right instanceof Constant && right.keyword;
  if (!isMethod && !isKey) return undefined;
  const receiver = run.evaluate(left, NO_RECEIVER, context, run);
  spend(1);
  if (isMethod) {
    checkQuota(run, receiver);
    return run.evaluate(right, receiver, context, run);
  }
  if (!(receiver instanceof Dict)) return callFunction(run, node.name, context, [receiver, right]);
  checkQuota(run, receiver);
  const value = receiver.get((right as Constant).value);
  checkQuota(run, value);
  return value;
}

function arithmetic(
  node: Call,
  operator: (a: Numeric, b: Numeric) => Runtime,
  context: Context,
  run: Run,
): Runtime | undefined {
  const [left, right] = node.args as readonly [Expression, Expression];
  // A literal of the wrong type rules an overload out before the other side is evaluated, and perhaps fails.
  if (!mayBeNumber(left) || !mayBeNumber(right)) return undefined;
  const a = run.evaluate(left, NO_RECEIVER, context, run);
  const b = run.evaluate(right, NO_RECEIVER, context, run);
  if (typeof a !== 'number' || typeof b !== 'number') return callFunction(run, node.name, context, [a, b]);
  spend(1);
  checkQuota(run, a);
  const result = operator(a, b);
  checkQuota(run, result);
  return result;
}

function mayBeNumber(node: Expression): boolean {
  return !(node instanceof Constant) || typeof node.value === 'number';
}
