import { workflowHandlers } from '../../src/executors/workflow/workflow-handlers.ts';
import type { Handler } from '../../src/run/handlers.ts';
import { conformanceHandlers } from '../../src/testing/conformance-handlers.ts';

/** What the workers can do: what the conformance suite asks for, workflows, and dying. */
export const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ...(conformanceHandlers as ReadonlyMap<string, Handler>),
  ...Object.entries(workflowHandlers()),
  [
    'Test::Dies',
    ({ attempt, properties }) => {
      if (attempt <= Number(properties.attempts)) process.kill(process.pid, 'SIGKILL');
      return { attributes: { attempt, pid: process.pid } };
    },
  ],
  [
    'Test::SaysItsPid',
    ({ attempt, log }) => {
      if (attempt > 1) return { attributes: { attempt } };
      log('pid', process.pid);
      return new Promise<never>(() => {});
    },
  ],
  ['Test::Exits', () => process.exit(3)],
]);
