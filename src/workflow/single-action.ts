import { loadWorkflows } from './language/load-workflows.ts';
import type { WorkflowDefinition } from './model.ts';

const TEXT = JSON.stringify({
  version: '2.0',
  action: {
    input: ['action', 'input'],
    output: { result: '<% task(run).result %>' },
    tasks: { run: { action: '<% $.action %>', input: '<% $.input %>' } },
  },
});

let made: WorkflowDefinition | undefined;

/** The workflow whose one task, `run`, calls the action `action` with `input`, both inputs; its output is `result`. */
export function singleAction(): WorkflowDefinition {
  if (made === undefined) {
    const loaded = loadWorkflows({ text: TEXT, name: 'single action' }, { kind: 'workflows' });
    made = loaded.ok ? loaded.library.workflows.get('action') : undefined;
  }
  if (made === undefined) throw new Error('the workflow of a single action cannot be read');
  return made;
}
