import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/stack.ts';
import { evaluate } from '../functions/evaluate.ts';
import type { Expression } from '../functions/expression.ts';
import { type ParseContext, parseCondition, parseExpression } from '../functions/parse.ts';
import { isPythonError, PythonError } from '../functions/python-error.ts';
import type { Template } from '../template/template.ts';
import { str } from '../values/text.ts';
import { isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import type { Conditions } from './conditions.ts';

/** An output as the template defines it. Mirrors `heat.engine.output.OutputDefinition`. */
export interface OutputDefinition {
  readonly name: string;
  /** Of the value. */
  readonly path: Path;
  /** Whether its condition holds; where not, its value is null. */
  readonly enabled: boolean;
  readonly hasCondition: boolean;
  readonly value: Expression;
  readonly description: string | undefined;
}

/** Reads the outputs section. Mirrors `CommonTemplate.outputs`; Heat finds these problems when it validates. */
export function readOutputs(
  template: Template,
  context: ParseContext,
  conditions: Conditions,
  report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<string, OutputDefinition> {
  const outputs = new Map<string, OutputDefinition>();
  for (const [key, source] of template.outputs) {
    const output = readOutput(template, context, conditions, key, source, report);
    if (output !== undefined) outputs.set(output.name, output);
  }
  return outputs;
}

function readOutput(
  template: Template,
  context: ParseContext,
  conditions: Conditions,
  key: Value,
  source: Value,
  report: (diagnostic: Diagnostic) => void,
): OutputDefinition | undefined {
  const { document, dialect } = template;
  const path = [dialect.sections.outputs, key];
  const keys = dialect.outputKeys;
  if (!isMap(source)) {
    const message = `The output '${str(key)}' is a ${typeName(source)}.`;
    report(say.outputInvalid(document, path, message, `a map with the key '${keys.value}'`));
    return undefined;
  }
  const value = source.get(keys.value);
  if (value === undefined) {
    report(say.outputInvalid(document, path, `The output '${str(key)}' has no value.`, `the key '${keys.value}'`));
    return undefined;
  }
  if (typeof key !== 'string') {
    report(say.outputNameNotText(document, path, str(key)));
    return undefined;
  }
  const valuePath = [...path, keys.value];
  const enabled = isEnabled(template, context, conditions, path, source, report);
  const description = source.get(keys.description) ?? null;
  return {
    name: key,
    path: valuePath,
    enabled,
    hasCondition: keys.condition !== undefined && source.has(keys.condition),
    value: enabled ? parseExpression(value, context, valuePath) : null,
    description: description === null ? undefined : str(description),
  };
}

function isEnabled(
  template: Template,
  context: ParseContext,
  conditions: Conditions,
  outputPath: Path,
  source: ValueMap,
  report: (diagnostic: Diagnostic) => void,
): boolean {
  const key = template.dialect.outputKeys.condition;
  const snippet = key === undefined ? undefined : source.get(key);
  if (key === undefined || snippet === undefined) return true;
  const path = [...outputPath, key];
  try {
    return conditions.isEnabled(evaluate(parseCondition(snippet, context, path), context.runtime));
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    report(conditionProblem(template, conditions, path, snippet, error, 'outputs'));
    return true;
  }
}

/** The diagnostic for a condition that cannot be judged, at a resource or an output. */
export function conditionProblem(
  template: Template,
  conditions: Conditions,
  path: Path,
  snippet: Value,
  error: PythonError,
  stage: 'template' | 'outputs',
): Diagnostic {
  const { document } = template;
  const { message, type } = error;
  if (isPythonError(error, 'ValueError')) {
    return say.conditionUnknown(document, path, str(snippet), conditions.names(), stage);
  }
  return {
    ...say.conditionFailed(document, path, `The condition can not be judged: ${message}.`, type),
    stage,
  };
}
