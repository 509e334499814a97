/** The public names, by stage of the pipeline. */

export {
  type AttributeSchema,
  type Catalog,
  type CatalogAdditions,
  extendCatalog,
  HEAT_CATALOG,
  type ImplicitRule,
  type Judgement,
  judgeUpdate,
  type PropertySchema,
  type ReplaceDecision,
  type ResourceType,
  type ResourceTypeDescription,
  type RuleResource,
  type RuleStack,
  replaceDecision,
  requireEqualProperty,
  type UpdateQuestion,
} from './catalog/catalog.ts';
export { type BuildOptions, type BuiltGraph, buildGraph } from './compile/build-graph.ts';
export { type Compiled, type CompileOptions, compile, validate } from './compile/compile.ts';
export { type CompiledRollback, compileRollback, type RollbackOptions } from './compile/compile-rollback.ts';
export { deletionGraph } from './compile/deletion-graph.ts';
export type { StackAction } from './compile/stack-action.ts';
export type { Diagnostic, HeatStage, Path, PathStep, Place, RelatedPlace, Severity } from './diagnostics/diagnostic.ts';
export { type FormatOptions, formatDiagnostic, formatDiagnostics } from './diagnostics/format.ts';
export type { Clock } from './executors/clock.ts';
export { type InProcessOptions, inProcess } from './executors/in-process.ts';
export type { LocalExecutor } from './executors/local-executor.ts';
export type { Invoke } from './executors/local-job.ts';
export { type RunGraphOptions, run } from './executors/run.ts';
export type { TaskQueue } from './executors/work-queue.ts';
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
export { type Attached, type AttachOptions, attachHooks } from './hooks/attach-hooks.ts';
export { type EnvironmentHooksOptions, environmentHooks } from './hooks/environment-hooks.ts';
export type { Hook, HookAction, HookPoint, HookSelector } from './hooks/hook.ts';
export { type ReadHooks, type ReadHooksOptions, readHooks } from './hooks/read-hooks.ts';
export type { Journal, JournalRecord } from './journal/journal.ts';
export { MemoryJournal } from './journal/memory-journal.ts';
export { formatRunReport } from './observe/format-report.ts';
export { toGanttMermaid } from './observe/gantt-mermaid.ts';
export type { GanttOptions } from './observe/gantt-rows.ts';
export { type GanttSvgOptions, toGanttSvg } from './observe/gantt-svg.ts';
export { type ReportedTask, type RunReport, runReport } from './observe/report.ts';
export { type DecideOptions, decideUpdates, type UpdateDecider } from './plan/decide-update.ts';
export { type FormatPlanOptions, formatPlan } from './plan/format-plan.ts';
export {
  type Batch,
  type BatchedUpdate,
  type BatchPolicy,
  batchPolicy,
  durationSeconds,
  type GroupMember,
  groupBatches,
  membersAfter,
  pausesOf,
} from './plan/group-batches.ts';
export { plan } from './plan/plan.ts';
export type { PlanOptions } from './plan/plan-options.ts';
export { planToJSON } from './plan/plan-to-json.ts';
export type { ChangeKind, PropertyChange, ResourceChange, Undecided, UpdatePlan } from './plan/update-plan.ts';
export type { Inputs } from './run/context-passing.ts';
export type { RunEvent } from './run/events.ts';
export {
  type DecideUpdate,
  type Executor,
  type JournalCodec,
  type RefusedUpdate,
  type RunHandle,
  type RunProgress,
  RunRefused,
  type RunSettings,
  type Submission,
  type Worker,
} from './run/executor.ts';
export type { TaskFailure } from './run/failure.ts';
export {
  type Completion,
  type CompletionListener,
  type Handler,
  type HandlerMethod,
  type HandlerObject,
  type HandlerResult,
  type HandlerReturn,
  type Handlers,
  Poll,
  type Polled,
  type TaskContext,
} from './run/handlers.ts';
export type { PlainResult, UpdateDecision } from './run/result.ts';
export type { RefusedRollback, RollbackOf, RollbackPlan } from './run/rollback.ts';
export type { Run, RunOptions } from './run/run.ts';
export type { RunResult, TaskOutcome, TaskOutcomes } from './run/run-result.ts';
export type { FinalStatus, RunStatus, TaskStatus } from './run/status.ts';
export { handlerTypeOf } from './run/task-call.ts';
export { TerminalError, UpdateReplace } from './run/thrown.ts';
export { type BindOptions, type BoundStack, bindStack } from './stack/bind-stack.ts';
export type {
  Component,
  ComponentConfig,
  Relationship,
  StepWork,
} from './stack/components/component.ts';
export type { Environment } from './stack/environment.ts';
export type { FileRefusal, Files, GivenFiles, ResolveFile } from './stack/files.ts';
export type { StackIdentity } from './stack/pseudo-parameters.ts';
export type { ResourceDefinition } from './stack/resource-definition.ts';
export type { ResolvedType } from './stack/resource-registry.ts';
export type { Stack } from './stack/stack.ts';
export { completeState } from './state/complete-state.ts';
export { type ReadState, readState } from './state/read-state.ts';
export { stackSource } from './state/stack-source.ts';
export type {
  ComponentState,
  ComponentStepState,
  EarlierSource,
  FrozenDefinition,
  HookState,
  Requirement,
  ResourceState,
  SnapshotResource,
  StackSnapshot,
  StackSource,
  StackState,
  StateStatus,
} from './state/stack-state.ts';
export { stateAfter } from './state/state-after.ts';
export type { ReportedResult, TaskReport } from './state/task-report.ts';
export type { Traversal } from './state/traversal.ts';
export { type StateCodec, writeState } from './state/write-state.ts';
export type { ComponentStep, RelationshipKind } from './template/components.ts';
export { type ReadTemplate, readTemplate, type Template, type TemplateOptions } from './template/template.ts';
export type { TemplateVersion } from './template/versions.ts';
export { prepareTraversal } from './traversal/prepare-traversal.ts';
export type { PreparedTraversal, ReadyTraversal, TraversalOptions } from './traversal/prepared-traversal.ts';
export { isThere } from './traversal/refused-actions.ts';
export { HEAT_RESTORE_RULES, type RestoreRule, type RestoreRules } from './traversal/restore-rules.ts';
export { decode, encode, fromPlain, type Json, toPlain } from './values/encode.ts';
export { Float, type Value, type ValueMap, type ValueSet } from './values/value.ts';
export { type Document, type Loaded, type LoadedText, loadDocument, loadYaml } from './yaml/document.ts';
export { DEFAULT_LIMITS, HEAT_LIMITS, type YamlLimits } from './yaml/limits.ts';
export type { Source, SourceText } from './yaml/source.ts';
