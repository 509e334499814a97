import { wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { isList, typeName, type Value } from '../../values/value.ts';
import { evaluateOrOmit } from '../evaluate.ts';
import { type FunctionDefinition, OMIT } from '../expression.ts';
import { PythonError } from '../python-error.ts';

/**
 * `if: [condition, value, value]`, also `Fn::If`: decided when it is parsed; the other branch is not even looked at.
 * Mirrors If.
 */
export const IF: FunctionDefinition = ifFunction('If', '[condition, value if true, value if false]', [3]);

/** `if` since 2021-04-16: without the third argument what holds the call is omitted. Mirrors IfNullable. */
export const IF_NULLABLE: FunctionDefinition = ifFunction(
  'IfNullable',
  '[condition, value if true], or [condition, value if true, value if false]',
  [2, 3],
);

function ifFunction(heatClass: string, form: string, counts: readonly number[]): FunctionDefinition {
  return Object.freeze<FunctionDefinition>({
    heatClass,
    form,
    macro(args, name, conditions) {
      const items = argumentList(args, name);
      if (!counts.includes(items.length)) {
        throw new PythonError('ValueError', wrongCount(name, `${counts.join(' or ')} arguments`, items.length));
      }
      if (conditions.holds(items[0] as Value, 0)) return { branch: 1 };
      return items.length === 2 ? OMIT : { branch: 2 };
    },
    evaluate: (call, runtime) => evaluateOrOmit(call.args, runtime),
  });
}

function argumentList(args: Value, name: string): readonly Value[] {
  if (isList(args)) return args;
  throw new PythonError('ValueError', wrongType(name, 'its arguments', 'a list', typeName(args)));
}
