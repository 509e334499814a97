/** An expression that could not be evaluated: Mistral's YaqlEvaluationException and JinjaEvaluationException. */
export class ExpressionError extends Error {
  readonly expression: string;

  constructor(expression: string, why: string) {
    super(`${why} in ${expression}`);
    this.expression = expression;
  }
}
