/** The public names, by stage of the pipeline. */

export {
  type AttributeSchema,
  type Catalog,
  type CatalogAdditions,
  extendCatalog,
  HEAT_CATALOG,
  type ImplicitRule,
  type PropertySchema,
  type ResourceType,
  type ResourceTypeDescription,
  type RuleResource,
  type RuleStack,
  requireEqualProperty,
} from './catalog/catalog.ts';
export { type BuildOptions, type BuiltGraph, buildGraph } from './compile/build-graph.ts';
export { type Compiled, type CompileOptions, compile, validate } from './compile/compile.ts';
export type { StackAction } from './compile/stack-action.ts';
export type { Diagnostic, HeatStage, Path, PathStep, Place, RelatedPlace, Severity } from './diagnostics/diagnostic.ts';
export { type FormatOptions, formatDiagnostic, formatDiagnostics } from './diagnostics/format.ts';
export { type InProcessOptions, inProcess } from './executors/in-process.ts';
export { type RunGraphOptions, run } from './executors/run.ts';
export type { PictureOptions } from './export/appearance.ts';
export { toDot } from './export/dot.ts';
export { type HotText, toHot } from './export/hot.ts';
export { toMermaid } from './export/mermaid.ts';
export { evaluate } from './functions/evaluate.ts';
export { Call, type Expression } from './functions/expression.ts';
export { PythonError } from './functions/python-error.ts';
export type { Runtime } from './functions/runtime.ts';
export { TaskGraphBuilder } from './graph/builder.ts';
export { criticalPath } from './graph/critical-path.ts';
export { cycles, onCycles, shortestCycle } from './graph/cycles.ts';
export { fromJSON } from './graph/from-json.ts';
export { levels, order } from './graph/order.ts';
export { reverse } from './graph/reverse.ts';
export { select } from './graph/select.ts';
export type { Edge, EdgeKind, EdgeReason, GraphOutput, Scope, Task, TaskPolicy } from './graph/task.ts';
export { TaskGraph } from './graph/task-graph.ts';
export { toJSON } from './graph/to-json.ts';
export type { RunEvent } from './run/events.ts';
export type { Executor } from './run/executor.ts';
export type { Handler, HandlerObject, HandlerResult, Handlers, TaskContext } from './run/handlers.ts';
export type { Run } from './run/run.ts';
export type { RunResult, TaskOutcome } from './run/run-result.ts';
export { type BindOptions, type BoundStack, bindStack } from './stack/bind-stack.ts';
export type {
  Component,
  ComponentConfig,
  Relationship,
  StepWork,
} from './stack/components/component.ts';
export type { FileRefusal, Files, ResolveFile } from './stack/files.ts';
export type { StackIdentity } from './stack/pseudo-parameters.ts';
export type { ResourceDefinition } from './stack/resource-definition.ts';
export type { ResolvedType } from './stack/resource-registry.ts';
export type { Stack } from './stack/stack.ts';
export type { ComponentStep, RelationshipKind } from './template/components.ts';
export { type ReadTemplate, readTemplate, type Template, type TemplateOptions } from './template/template.ts';
export type { TemplateVersion } from './template/versions.ts';
export { decode, encode, fromPlain, type Json, toPlain } from './values/encode.ts';
export { Float, type Value, type ValueMap, type ValueSet } from './values/value.ts';
export { type Document, type Loaded, type LoadedText, loadDocument, loadYaml } from './yaml/document.ts';
export { DEFAULT_LIMITS, HEAT_LIMITS, type YamlLimits } from './yaml/limits.ts';
export type { Source, SourceText } from './yaml/source.ts';
