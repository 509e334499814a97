import { type Argument, Call, Constant, type Expression, MappingExpression, Wrap } from '../language/expression.ts';
import { LimitPassed, Raised } from '../raised.ts';
import { spend } from './budget.ts';
import { callFunction } from './call.ts';
import { type Context, variableName } from './context.ts';
import { MappingRule, NO_VALUE, type Runtime } from './objects.ts';
import { checkQuota } from './quota.ts';
import { NO_RECEIVER, type Receiver } from './receiver.ts';
import type { Run } from './run.ts';

/** The value of an expression. `receiver` is what the expression is a method of, in `receiver.expression`. */
export function evaluateNode(node: Expression, receiver: Receiver, context: Context, run: Run): Runtime {
  if (node instanceof Constant) return node.value;
  if (node instanceof Call) return evaluateCall(node, receiver, context, run);
  if (node instanceof Wrap) return evaluateNode(node.inner, receiver, context, run);
  if (node instanceof MappingExpression) {
    const source = evaluateNode(node.source, receiver, context, run);
    return new MappingRule(source, evaluateNode(node.destination, receiver, context, run));
  }
  throw new Raised('TypeError', 'not an expression', node.position);
}

function evaluateCall(node: Call, receiver: Receiver, context: Context, run: Run): Runtime {
  if (++run.depth > run.maxDepth) {
    throw new LimitPassed('RecursionError', 'calls are nested too deeply', node.position);
  }
  try {
    if (receiver === NO_RECEIVER) {
      const direct = shortcut(node, context, run);
      if (direct !== undefined) return direct;
    }
    return callFunction(run, node.name, context, node.args.map(given), receiver);
  } catch (error) {
    if (error instanceof Raised) error.position ??= node.position;
    throw error;
  } finally {
    run.depth--;
  }
}

function given(arg: Argument): Expression | Runtime {
  return arg ?? NO_VALUE;
}

/**
 * The two commonest forms, `$name` and `dict.key`, without the search for overloads that would end at the same function.
 */
function shortcut(node: Call, context: Context, run: Run): Runtime | undefined {
  if (node.form === 'variable') {
    if (run.defined.has(node.name)) return undefined;
    spend(1);
    const value = context.get(variableName((node.args[0] as Constant).value as string));
    checkQuota(run, value);
    return value;
  }
  return undefined;
}
