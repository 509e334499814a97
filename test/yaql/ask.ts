import { fromPlain } from '../../src/values/encode.ts';
import { type EvaluationOptions, evaluate, type Output, parse, type YaqlError } from '../../src/yaql/index.ts';

/** The value of an expression over plain data; an error as its class. */
export function ask(
  source: string,
  data: unknown = null,
  options: EvaluationOptions = {},
): Output | YaqlError['className'] {
  const parsed = parse(source);
  if (!parsed.ok) return parsed.error.className;
  const result = evaluate(parsed.expression, fromPlain(data), options);
  return result.ok ? result.value : result.error.className;
}

export function failure(source: string, data: unknown = null, options: EvaluationOptions = {}): YaqlError {
  const parsed = parse(source);
  if (!parsed.ok) return parsed.error;
  const result = evaluate(parsed.expression, fromPlain(data), options);
  if (result.ok) throw new Error(`${source} has a value`);
  return result.error;
}
