/** Documents that do something else here than on Mistral, on purpose: docs/workflows.md has the reasons. */
export const DIFFERENCES: ReadonlyMap<string, { readonly ours: object }> = new Map([
  // executions() gives objects of the database to Mistral's YAQL, which cannot look into them.
  ['fn-executions-fields', { ours: { state: 'SUCCESS', output: { s: 'RUNNING' } } }],
  // Mistral runs what was still waiting after the workflow has failed.
  [
    'task-defaults-fail',
    {
      ours: {
        state: 'ERROR',
        tasks: [
          { name: 'a', state: 'ERROR' },
          { name: 'b', state: 'DELAYED' },
        ],
      },
    },
  ],
  // A timeout bounds all attempts; Mistral's starts further ones.
  ['timeout-retry', { ours: { state: 'SUCCESS', output: { s: 'ERROR' } } }],
  // Mistral runs a task whose timeout ended its wait once the wait is over all the same.
  [
    'timeout-wait-before',
    {
      ours: {
        state: 'SUCCESS',
        tasks: [
          { name: 'a', state: 'ERROR' },
          { name: 'b', state: 'SUCCESS' },
        ],
      },
    },
  ],
]);
