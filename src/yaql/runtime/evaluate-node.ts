import { type Argument, Call, Constant, type Expression, MappingExpression, Wrap } from '../language/expression.ts';
import { LimitPassed, Raised } from '../raised.ts';
import { callFunction } from './call.ts';
import type { Context } from './context.ts';
import { MappingRule, NO_VALUE, type Runtime } from './objects.ts';
import type { RawArgument } from './parameter-type.ts';
import { NO_RECEIVER, type Receiver } from './receiver.ts';
import type { Run } from './run.ts';
import { shortcut } from './shortcuts.ts';

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
    if (receiver === NO_RECEIVER && node.form !== 'call' && !run.defined.has(node.name)) {
      const direct = shortcut(node, context, run);
      if (direct !== undefined) return direct;
    }
    const args = node.complete ? (node.args as readonly RawArgument[]) : node.args.map(given);
    return callFunction(run, node.name, context, args, receiver);
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
