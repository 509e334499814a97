/**
 * The name of a task's node: prefixed, so that no id means anything to graphlib, and without the two characters with
 * which graphlib joins the names of an edge.
 */
export function nodeId(taskId: string): string {
  return `task:${taskId.replaceAll('\\', '\\\\').replaceAll('\u0000', '\\0').replaceAll('\u0001', '\\1')}`;
}
