/** Custom workflows, and running them in this process. See docs/workflows.md. */
export * from '../../workflow/index.ts';
export { type MistralHandlersOptions, mistralHandlers } from '../mistral-resources/mistral-handlers.ts';
export { runWorkflow } from './run-workflow.ts';
export { type SshOptions, sshAction } from './ssh-action.ts';
export { type WorkflowHandlerOptions, workflowHandlers } from './workflow-handlers.ts';
export type {
  RerunOptions,
  RunWorkflowOptions,
  WorkflowEvent,
  WorkflowResult,
  WorkflowRun,
} from './workflow-run.ts';
