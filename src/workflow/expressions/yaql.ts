import { str } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { evaluate } from '../../yaql/evaluate.ts';
import type { YaqlExpression } from '../../yaql/expression.ts';
import { type ExtensionFunction, type FunctionParameter, YaqlFunctionError } from '../../yaql/functions.ts';
import { parse } from '../../yaql/parse.ts';
import { isPlain, type Output } from '../../yaql/runtime/convert-output.ts';
import { yaqlExpressions } from '../language/text-patterns.ts';
import { ExpressionError } from './expression-error.ts';
import { BadArgument, EXPRESSION_FUNCTIONS } from './functions.ts';
import { isSet } from './is-set.ts';
import type { ExpressionScope } from './scope.ts';

/** Python's `text.strip('<%>')`, which takes more than the markers when an expression begins or ends with one of them. */
function inside(text: string): string {
  return text.replace(/^[<%>]+/, '').replace(/[<%>]+$/, '');
}

/** Why a text's YAQL expressions cannot be read; undefined when they can. */
export function yaqlProblem(text: string): string | undefined {
  for (const expression of yaqlExpressions(text)) {
    const parsed = parse(inside(expression));
    if (!parsed.ok) return parsed.error.message;
  }
  return undefined;
}

/** Evaluates YAQL with Mistral's options. Parsed expressions are kept: a loop evaluates the same ones again. */
export class YaqlEvaluator {
  readonly #parsed = new Map<string, YaqlExpression>();
  readonly #random: (() => number) | undefined;

  constructor(random?: () => number) {
    this.#random = random;
  }

  /** @throws ExpressionError */
  evaluateText(text: string, scope: ExpressionScope): Value {
    let result = text;
    for (const expression of yaqlExpressions(text)) {
      const value = this.#evaluate(expression, scope);
      if (expression.length === text.length) return isSet(value) ? Array.from(value) : value;
      const shown = str(value);
      result = result.replaceAll(expression, () => shown);
    }
    return result;
  }

  #evaluate(text: string, scope: ExpressionScope): Value {
    const data = scope.data();
    const result = evaluate(this.#parse(text), data, {
      functions: extensionsFor(scope),
      clock: () => scope.functions.now(),
      ...(this.#random !== undefined && { random: this.#random }),
      localOffset: 0,
    });
    if (!result.ok) throw new ExpressionError(text, result.error.message);
    if (!isPlain(result.value)) throw new ExpressionError(text, 'The result is no data');
    return result.value;
  }

  #parse(text: string): YaqlExpression {
    const known = this.#parsed.get(text);
    if (known !== undefined) return known;
    const parsed = parse(inside(text).trim());
    if (!parsed.ok) throw new ExpressionError(text, parsed.error.message);
    if (this.#parsed.size > 10_000) this.#parsed.clear();
    this.#parsed.set(text, parsed.expression);
    return parsed.expression;
  }
}

const EXTENSIONS = new WeakMap<object, readonly ExtensionFunction[]>();

function extensionsFor(scope: ExpressionScope): readonly ExtensionFunction[] {
  const known = EXTENSIONS.get(scope.functions);
  if (known !== undefined) return known;
  const made = EXPRESSION_FUNCTIONS.map(({ name, parameters, call }) => ({
    name,
    parameters: parameters.map(toParameter),
    call: (...args: Output[]): Value => {
      try {
        return call(scope.functions, ...args.map((arg) => (isPlain(arg) ? arg : null)));
      } catch (error) {
        if (error instanceof BadArgument) throw new YaqlFunctionError('ValueError', error.message);
        throw error;
      }
    },
  }));
  EXTENSIONS.set(scope.functions, made);
  return made;
}

function toParameter({ name, fallback }: { readonly name: string; readonly fallback?: Value }): FunctionParameter {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return fallback === undefined ? { name: camel } : { name: camel, default: fallback };
}
