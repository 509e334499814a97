import { isList, type Value, type ValueMap } from '../../values/value.ts';
import { hasJinja, hasYaql } from '../language/text-patterns.ts';
import { JinjaEvaluator } from './jinja/evaluator.ts';
import { jinjaProblem } from './jinja/problem.ts';
import type { ExpressionScope } from './scope.ts';
import { YaqlEvaluator, yaqlProblem } from './yaql.ts';

export interface ExpressionProblem {
  readonly language: 'YAQL' | 'Jinja' | 'both';
  readonly why: string;
}

/** Why a text cannot be an expression, or the text around one; undefined for every other text. */
export function expressionProblem(text: string): ExpressionProblem | undefined {
  const jinja = hasJinja(text);
  if (jinja) {
    const why = jinjaProblem(text);
    if (why !== undefined) return { language: 'Jinja', why };
  }
  if (!hasYaql(text)) return undefined;
  if (jinja) return { language: 'both', why: '' };
  const why = yaqlProblem(text);
  return why === undefined ? undefined : { language: 'YAQL', why };
}

/** Evaluates texts that hold expressions of either language; everything else stays as it is. */
export class Expressions {
  readonly #yaql: YaqlEvaluator;
  readonly #jinja: JinjaEvaluator = new JinjaEvaluator();

  /** `random`: for YAQL's `random()`, which fails without. */
  constructor(random?: () => number) {
    this.#yaql = new YaqlEvaluator(random);
  }

  /** @throws ExpressionError */
  evaluateText(text: string, scope: ExpressionScope): Value {
    if (hasJinja(text)) return this.#jinja.evaluateText(text, scope);
    return hasYaql(text) ? this.#yaql.evaluateText(text, scope) : text;
  }

  /** The texts of lists and maps, at any depth; keys are never expressions. */
  evaluate(value: Value, scope: ExpressionScope): Value {
    if (typeof value === 'string') return this.evaluateText(value, scope);
    if (isList(value)) return value.map((item) => this.evaluate(item, scope));
    if (value instanceof Map) {
      return new Map(Array.from(value as ValueMap, ([key, item]) => [key, this.evaluate(item, scope)]));
    }
    return value;
  }
}
