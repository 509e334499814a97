/** YAQL 2.0, the query language of OpenStack, complete and by itself. See docs/yaql.md. */
export { DateTime, type Zone } from './datetime/datetime.ts';
export { TimeSpan } from './datetime/timespan.ts';
export {
  type EvaluationLimits,
  type EvaluationOptions,
  type EvaluationResult,
  evaluate,
} from './evaluate.ts';
export type { YaqlError, YaqlExpression } from './expression.ts';
export {
  type ExtensionFunction,
  type FunctionParameter,
  type ParameterTypeName,
  YaqlFunctionError,
} from './functions.ts';
export { type ParseOptions, type ParseResult, parse } from './parse.ts';
export { references, type YaqlReferences } from './references.ts';
export type { Input } from './runtime/convert-input.ts';
export { isPlain, type Output } from './runtime/convert-output.ts';
export { YaqlObject } from './runtime/objects.ts';
export type { EngineOptions, Host } from './runtime/run.ts';
