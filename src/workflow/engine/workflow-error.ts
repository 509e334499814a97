import { ExpressionError } from '../expressions/expression-error.ts';

/** What Mistral answers by failing the task and the workflow at once, whatever on-error says. */
export class WorkflowError extends Error {}

/** The message of an error of the workflow's own making. @throws anything else */
export function workflowFault(error: unknown): string {
  if (error instanceof WorkflowError || error instanceof ExpressionError) return error.message;
  throw error;
}
