/** Custom workflows: Mistral's language and a builder, one model, one pure engine. See docs/workflows.md. */
export type { ActionCatalog, ActionParameter, ActionSignature } from './action-catalog.ts';
export {
  type Action,
  type ActionContext,
  ActionError,
  ActionRegistry,
  type HttpFetch,
  type HttpOptions,
  type HttpResponse,
} from './actions.ts';
export {
  type Clause,
  type DefaultsOptions,
  type EngineCommand as EngineCommandName,
  type PolicyOptions,
  type TaskOptions,
  type To,
  type Vars,
  WorkflowBuilder,
  workflow,
} from './builder.ts';
export { checkWorkflow, type WorkflowStart } from './check-workflow.ts';
export { type EngineOptions, WorkflowEngine } from './engine/engine.ts';
export type { ExecutionResult, TaskResult } from './engine/execution-result.ts';
export type { ActionCall, EngineCommand, EngineEvent, TaskChange, WorkflowChange } from './engine/protocol.ts';
export type { FinalState, State } from './engine/states.ts';
export {
  type DocumentKind,
  joinLibraries,
  type LoadedWorkflows,
  type LoadWorkflowsOptions,
  loadWorkflows,
} from './language/load-workflows.ts';
export type * from './model.ts';
export { standardActions } from './standard-actions.ts';
