import { type Catalog, HEAT_CATALOG } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { functionRefused } from '../diagnostics/functions.ts';
import * as say from '../diagnostics/stack.ts';
import { evaluate } from '../functions/evaluate.ts';
import { Call, type FunctionTables } from '../functions/expression.ts';
import { heatYaql } from '../functions/heat-yaql.ts';
import type { FunctionProblem, ParseContext } from '../functions/parse.ts';
import { isPythonError, PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import { functionTables } from '../functions/tables.ts';
import type { Template } from '../template/template.ts';
import { fromPlain } from '../values/encode.ts';
import type { Value } from '../values/value.ts';
import type { Source } from '../yaml/source.ts';
import { readComponents } from './components/read-components.ts';
import { Conditions, readConditionDefinitions } from './conditions.ts';
import { type Environment, readEnvironments } from './environment.ts';
import { collectFiles, type GivenFiles, type ResolveFile, resolveFrom, toFiles } from './files.ts';
import { conditionProblem, readOutputs } from './output-definition.ts';
import { bindParameters, type ParameterInput } from './parameters.ts';
import { planRuntime } from './plan-runtime.ts';
import type { StackIdentity } from './pseudo-parameters.ts';
import { resolveTypes } from './resolve-types.ts';
import { type ResourceDefinition, ResourceDefinitionReader } from './resource-definition.ts';
import { sentText } from './sent-file.ts';
import type { Stack } from './stack.ts';
import { stackScope } from './stack-scope.ts';
import { validateStack } from './validate-stack.ts';

export interface BindOptions extends StackIdentity {
  /** Values of parameters, as JS data; they come before the environments'. */
  readonly parameters?: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>;
  /** Environments, the later over the earlier. */
  readonly environments?: readonly Source[];
  /** Contents of files by name, for `get_file`, provider templates and the environments' registries. */
  readonly files?: GivenFiles;
  /** Instead of `files`: finds a file when it is asked for. */
  readonly resolve?: ResolveFile;
  /** What is known of resource types. Default: Heat's own. */
  readonly catalog?: Catalog;
  /** What happens to a resource of a type that nobody knows. Default `refuse`, as Heat does. */
  readonly unknownTypes?: 'refuse' | 'accept';
  /** What `Fn::GetAZs` gives. Default `['nova']`. */
  readonly availabilityZones?: readonly string[];
}

/** `ok`: no error. The stack is as complete as the errors allow. */
export interface BoundStack {
  readonly ok: boolean;
  readonly stack: Stack;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Gives a template its parameters, environment and files: values, conditions, the definitions of what is enabled, and
 * what their types stand for. Every problem of every part is reported. Mirrors the construction and validation of
 * `heat.engine.stack.Stack`.
 */
export function bindStack(template: Template, options: BindOptions = {}): BoundStack {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const catalog = options.catalog ?? HEAT_CATALOG;
  const resolve = options.resolve ?? resolveFrom(toFiles(options.files));
  const environment = readEnvironments(options.environments ?? [], resolve, report);
  const files = collectFiles(template.document, resolve, report);
  const texts = new Map(Array.from(files, ([reference, file]) => [reference, sentText(file, resolve)]));
  const input = parameterInput(options, environment);
  const parameters = bindParameters(template, input, options, report);

  let enabledOnly: ReadonlyMap<string, unknown> | undefined;
  const declares = (name: Value): boolean => template.resources.has(name) || template.components.has(name);
  let conditions: Conditions | undefined;
  const isEnabled = (name: Value): boolean => (conditions as Conditions).isEnabled(name);
  const runtime: Runtime = planRuntime({
    template,
    parameters,
    fileText: (reference) => texts.get(reference),
    availabilityZones: options.availabilityZones ?? ['nova'],
    yaql: heatYaql(),
    facade: undefined,
    hasResource: (name) => {
      if (enabledOnly !== undefined) return enabledOnly.has(name as string) || template.components.has(name);
      // Heat looks the definition up, for which it reads all definitions, this one among them.
      throw new PythonError('RecursionError', 'resources can not be referred to where they are still being defined');
    },
    condition: isEnabled,
  });
  const context: ParseContext = {
    tables: functionTables([template.version.key, template.version.value]) as FunctionTables,
    runtime,
    declaresResource: declares,
    isEnabled,
    report: (problem) => {
      if (!isCascade(problem, template)) report(functionRefused(template.document, problem, 'template'));
    },
  };
  const conditionDefinitions = readConditionDefinitions(template, context, report);
  conditions = new Conditions(conditionDefinitions, runtime);

  const { enabled, disabled } = readDefinitions(template, context, conditions, report);
  enabledOnly = enabled;
  const onValidation = (diagnostic: Diagnostic): void => report({ ...diagnostic, onValidation: true });
  const outputContext: ParseContext = {
    ...context,
    report: (problem) => {
      if (!isCascade(problem, template)) onValidation(functionRefused(template.document, problem, 'outputs'));
    },
  };
  const outputs = readOutputs(template, outputContext, conditions, onValidation);
  const resources = resolveTypes(
    template,
    enabled,
    environment,
    catalog,
    options.unknownTypes ?? 'refuse',
    runtime,
    report,
  );
  const components = readComponents(
    {
      template,
      context,
      enabled,
      disabled,
      registry: environment.registry,
      catalog,
      unknownTypes: options.unknownTypes ?? 'refuse',
    },
    report,
  );
  const stack: Stack = {
    template,
    environment,
    files,
    parameters,
    conditions,
    conditionDefinitions,
    resources,
    disabled,
    outputs,
    components,
    runtime,
    scope: stackScope(template, parameters, texts),
  };
  validateStack(stack, enabled, input, catalog, onValidation);
  return { ok: !diagnostics.some(({ severity }) => severity === 'error'), stack, diagnostics };
}

function parameterInput(options: BindOptions, environment: Environment): ParameterInput {
  const given = options.parameters ?? {};
  const entries: Iterable<[string, unknown]> = given instanceof Map ? given : Object.entries(given);
  const values = new Map(environment.parameters);
  const ours = new Set<string>();
  for (const [name, value] of entries) {
    values.set(name, fromPlain(value));
    ours.add(name);
  }
  return {
    values,
    defaults: environment.parameterDefaults,
    locate: (name) => (ours.has(name) ? undefined : environment.locateParameter(name)),
  };
}

function readDefinitions(
  template: Template,
  context: ParseContext,
  conditions: Conditions,
  report: (diagnostic: Diagnostic) => void,
): { enabled: Map<string, ResourceDefinition>; disabled: Map<string, ResourceDefinition> } {
  const reader = new ResourceDefinitionReader(template, context, report);
  const enabled = new Map<string, ResourceDefinition>();
  const disabled = new Map<string, ResourceDefinition>();
  for (const [key, source] of template.resources) {
    const definition = reader.read(key, source);
    if (definition === undefined) continue;
    const holds = conditionHolds(template, context, conditions, definition, report);
    (holds ? enabled : disabled).set(definition.name, definition);
  }
  return { enabled, disabled };
}

/** A condition that cannot be judged is reported, and the resource kept, so that the rest of it is judged. */
function conditionHolds(
  template: Template,
  context: ParseContext,
  conditions: Conditions,
  { condition, path }: ResourceDefinition,
  report: (diagnostic: Diagnostic) => void,
): boolean {
  if (condition === undefined) return true;
  const at = [...path, template.dialect.resourceKeys.condition as string];
  let named: Value | undefined;
  try {
    named = evaluate(condition, context.runtime);
    return conditions.isEnabled(named);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    if (isMissingValue(error)) return true;
    if (named === undefined && condition instanceof Call) {
      // Inside a function: Heat does not say StackValidationFailed here.
      report(
        say.conditionFailed(template.document, at, `The condition can not be judged: ${error.message}.`, error.type),
      );
    } else {
      report(conditionProblem(template, conditions, at, named ?? null, error, 'template'));
    }
    return true;
  }
}

/** A parameter without value has a diagnostic of its own; what follows from it needs none. */
function isCascade({ error }: FunctionProblem, template: Template): boolean {
  return isMissingValue(error) && template.parameters.size > 0;
}

function isMissingValue(error: PythonError): boolean {
  return isPythonError(error, 'UserParameterMissing') && error.message.endsWith('has no value');
}
