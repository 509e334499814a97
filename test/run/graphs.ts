import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import type { Task, TaskPolicy } from '../../src/graph/task.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { Value } from '../../src/values/value.ts';

export interface TaskSketch extends Partial<Omit<Task, 'policy'>> {
  readonly requires?: readonly string[];
  readonly properties?: Value;
  readonly policy?: TaskPolicy;
}

/** A graph of tasks by id, each with the ids of earlier or later tasks that it requires. */
export function graphOf(
  sketches: Readonly<Record<string, TaskSketch>>,
  hidden: ReadonlyMap<string, Value> = new Map(),
): TaskGraph {
  const builder = new TaskGraphBuilder();
  builder.scope({
    path: '',
    version: ['heat_template_version', '2018-08-31'],
    parameters: hidden,
    hidden: [...hidden.keys()],
    mappings: new Map(),
    files: new Map(),
  });
  for (const [id, { requires: _, properties, policy, inputs: others, ...rest }] of Object.entries(sketches)) {
    const inputs: Record<string, Value> = { ...others, ...(properties !== undefined && { properties }) };
    builder.task({
      id,
      name: id,
      action: 'CREATE',
      type: 'Thing',
      scope: '',
      inputs,
      ...(policy !== undefined && { policy }),
      ...rest,
    });
  }
  for (const [id, { requires = [] }] of Object.entries(sketches)) {
    for (const required of requires) {
      builder.edge(builder.indexOf(id), builder.indexOf(required), { kind: 'depends_on' });
    }
  }
  return builder.build();
}

/** A graph of tasks `t0`, `t1`, ... with edges by index. */
export function graphOfEdges(
  size: number,
  edges: Iterable<readonly [number, number]>,
  policies: TaskPolicy[] = [],
): TaskGraph {
  const builder = new TaskGraphBuilder();
  for (let i = 0; i < size; i++) {
    const policy = policies[i];
    builder.task({
      id: `t${i}`,
      name: `t${i}`,
      action: 'CREATE',
      type: 'Thing',
      scope: '',
      inputs: {},
      ...(policy !== undefined && { policy }),
    });
  }
  for (const [requirer, required] of edges) builder.edge(requirer, required, { kind: 'depends_on' });
  return builder.build();
}
