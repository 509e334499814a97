/**
 * What a graph is to do with a stack, in Heat's words.
 * - `CREATE`, `ADOPT`: make it; take over what is there already, by the physical ids of a state
 * - `UPDATE`, `ROLLBACK`, `RESTORE`: bring what is there to the template
 * - `DELETE`, `SUSPEND`: backwards through what is there
 * - `RESUME`, `CHECK`, `SNAPSHOT`: forwards through what is there
 * - `ABANDON`: nothing is done; whoever has the state has the stack
 */
export type StackAction =
  | 'CREATE'
  | 'UPDATE'
  | 'DELETE'
  | 'ROLLBACK'
  | 'CHECK'
  | 'SUSPEND'
  | 'RESUME'
  | 'SNAPSHOT'
  | 'RESTORE'
  | 'ADOPT'
  | 'ABANDON';

/** Whether the graph has clean-up tasks for what is there beside the tasks that bring it to the template. */
export function isUpdate(action: StackAction): boolean {
  return action === 'UPDATE' || action === 'ROLLBACK' || action === 'RESTORE';
}

/** Whether the graph makes something that outputs can tell of. */
export function givesOutputs(action: StackAction): boolean {
  return isUpdate(action) || action === 'CREATE' || action === 'ADOPT';
}
