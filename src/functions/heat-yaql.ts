import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import {
  evaluate,
  type Host,
  isPlain,
  type Output,
  parse,
  type YaqlError,
  type YaqlExpression,
} from '../yaql/index.ts';
import { PythonError } from './python-error.ts';
import type { Runtime } from './runtime.ts';

/** Heat's options `[yaql]`. */
export const HEAT_YAQL_LIMITS: { readonly limitIterators: number; readonly memoryQuota: number } = {
  limitIterators: 200,
  memoryQuota: 10_000,
};

/**
 * YAQL as Heat's function `yaql` evaluates it: `$` is `{data}`, Heat's limits hold. Each expression is parsed once.
 * Mirrors `heat.engine.hot.functions.Yaql`.
 *
 * @param host what an expression may ask of the outside: the time, chance. Default: nothing, `now()` fails.
 */
export function heatYaql(host: Host = {}): Pick<Runtime, 'yaql' | 'yaqlCheck'> {
  const parsed = new Map<string, YaqlExpression>();
  const read = (source: string): YaqlExpression => {
    let expression = parsed.get(source);
    if (expression === undefined) {
      const result = parse(source);
      if (!result.ok) throw badExpression(result.error);
      expression = result.expression;
      parsed.set(source, expression);
    }
    return expression;
  };
  return {
    yaqlCheck: (source) => {
      read(source);
    },
    yaql: (source, data) => {
      const result = evaluate(read(source), new Map([['data', data]]), { ...host, ...HEAT_YAQL_LIMITS });
      if (!result.ok) throw new PythonError(result.error.className, result.error.message);
      return asValue(result.value);
    },
  };
}

function badExpression({ className, message }: YaqlError): PythonError {
  const type = className.startsWith('Yaql') ? 'ValueError' : className;
  return new PythonError(type, `the expression cannot be read: ${message}`);
}

/** Dates and spans have no place in a template: they become the text that Python writes for them. */
function asValue(output: Output): Value {
  if (isPlain(output)) return output;
  if (Array.isArray(output)) return output.map(asValue);
  if (output instanceof Map) {
    return new Map(Array.from(output as ReadonlyMap<Output, Output>, ([k, v]) => [asValue(k), asValue(v)]));
  }
  if (output instanceof Set) return new Set(Array.from(output as ReadonlySet<Output>, asValue));
  return str(String(output));
}
