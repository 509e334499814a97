import { describe, expect, it } from 'vitest';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import type { Task } from '../../src/graph/task.ts';
import { graphIdentity } from '../../src/run/graph-identity.ts';
import { fromPlain } from '../../src/values/encode.ts';

const TASK: Task = { id: 'a', action: 'CREATE', name: 'n', type: 'T', scope: '', inputs: {} };

/** Of a graph with this task, and one that requires it unless it is told otherwise. */
function identity(task: Task, edge = true): string {
  const builder = new TaskGraphBuilder();
  builder.task(task);
  builder.task({ ...TASK, id: 'other' });
  if (edge) builder.edge(1, 0, { kind: 'depends_on' });
  return graphIdentity(builder.build());
}

describe('the identity of a graph', () => {
  it('is the same for graphs that do the same', () => {
    expect(identity({ ...TASK })).toBe(identity(TASK));
    const place = { source: 'x.yaml', line: 1, column: 2 };
    expect(identity({ ...TASK, place, policy: { retries: 3, timeout: 5 } })).toBe(identity(TASK));
  });

  it.each<[string, Partial<Task>]>([
    ['id', { id: 'b' }],
    ['id of odd length', { id: 'aa' }],
    ['action', { action: 'DELETE' }],
    ['name', { name: 'm' }],
    ['type', { type: 'U' }],
    ['inputs', { inputs: { x: fromPlain({ get_resource: 'a' }) } }],
    ['other inputs', { inputs: { x: fromPlain({ get_resource: 'b' }) } }],
    ['parts that make the same text', { id: 'aC', action: 'REATE' }],
    ['what it runs on', { policy: { runsOn: 'failure' } }],
  ])('is another one with another %s', (_, change) => {
    expect(identity({ ...TASK, ...change })).not.toBe(identity(TASK));
  });

  it('is another one with another edge', () => {
    expect(identity(TASK, false)).not.toBe(identity(TASK));
  });
});
