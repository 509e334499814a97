import { type Catalog, hasAttribute } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { functionInvalid } from '../diagnostics/functions.ts';
import * as say from '../diagnostics/stack.ts';
import type { ValidationContext } from '../functions/expression.ts';
import type { FunctionProblem } from '../functions/parse.ts';
import { isPythonError } from '../functions/python-error.ts';
import { expressionValidator } from '../functions/validate.ts';
import type { Value } from '../values/value.ts';
import { componentGives, componentParts } from './components/component.ts';
import { validateConditionDefinitions } from './conditions.ts';
import { validateParameterGroups } from './parameter-groups.ts';
import { type ParameterInput, validateParameters } from './parameters.ts';
import type { ResourceDefinition } from './resource-definition.ts';
import type { Stack } from './stack.ts';

/**
 * What Heat finds only when it validates: parameters against their constraints, groups, conditions, names that are
 * used twice, and the arguments of functions. Mirrors `Stack.validate`, save the checks of resource types.
 *
 * @param enabled the resources of the stack by name.
 */
export function validateStack(
  stack: Stack,
  enabled: ReadonlyMap<string, ResourceDefinition>,
  input: ParameterInput,
  catalog: Catalog,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { template, parameters } = stack;
  validateParameters(template, parameters, input, report);
  validateParameterGroups(template, report);
  validateConditionDefinitions(template, stack.conditionDefinitions, report);
  for (const { name, path } of stack.resources) {
    if (parameters.declared.has(name)) report(say.nameTwice(template.document, path, name));
  }
  validateFunctions(stack, enabled, catalog, report);
}

function validateFunctions(
  stack: Stack,
  enabled: ReadonlyMap<string, ResourceDefinition>,
  catalog: Catalog,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { template } = stack;
  const { document, dialect } = template;
  const context: ValidationContext = {
    runtime: stack.runtime,
    hasAttribute: (resource: Value, attribute: Value) => {
      const component = stack.components.get(resource as string);
      if (component !== undefined) return componentGives(component, attribute);
      const resolved = enabled.get(resource as string)?.resolvedType;
      const type = resolved?.kind === 'plugin' ? catalog.get(resolved.type) : undefined;
      return type === undefined || hasAttribute(type, attribute);
    },
  };
  const problem = (found: FunctionProblem): void => {
    // References that lead nowhere are reported with the edges that they would make.
    if (!isPythonError(found.error, 'InvalidTemplateReference')) report(functionInvalid(document, found));
  };
  const check = expressionValidator(context, problem);
  for (const { path, properties, metadata, updatePolicy, externalId } of stack.resources) {
    if (properties !== undefined) check(properties, path, dialect.resourceKeys.properties);
    if (metadata !== undefined) check(metadata, path, dialect.resourceKeys.metadata);
    if (updatePolicy !== undefined) check(updatePolicy, path, dialect.resourceKeys.updatePolicy);
    if (externalId !== undefined) check(externalId, path, dialect.resourceKeys.externalId);
  }
  for (const { path, value } of stack.outputs.values()) check(value, path);
  const conditionProblem = (found: FunctionProblem): void => {
    report({ ...functionInvalid(document, found), stage: 'conditions' });
  };
  const checkCondition = expressionValidator(context, conditionProblem);
  for (const [name, definition] of stack.conditionDefinitions) {
    checkCondition(definition, [dialect.sections.conditions as string, name]);
  }
  for (const component of stack.components.values()) {
    for (const { path, expression } of componentParts(component)) check(expression, path);
  }
}
