import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { StackAction } from '../../src/compile/stack-action.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';

/** Today's form: Heat's own resources for software. Needs no option. */
const STACK = `heat_template_version: 2021-04-16
parameters:
  config_id: {type: string, default: some-id}
  when: {type: comma_delimited_list, default: [DELETE]}
resources:
  server: {type: OS::Nova::Server, properties: {flavor: m, image: i, user_data_format: SOFTWARE_CONFIG, networks: [{network: n}]}}
  config: {type: OS::Heat::SoftwareConfig, properties: {config: x}}
  structured: {type: OS::Heat::StructuredConfig, properties: {config: {a: 1}}}
  component:
    type: OS::Heat::SoftwareComponent
    properties:
      configs:
        - {actions: [CREATE, SUSPEND], config: x, tool: script}
        - {actions: [RESUME], config: y, tool: script}
  plain:
    type: OS::Heat::SoftwareDeployment
    properties: {config: {get_resource: config}, server: {get_resource: server}}
  cleaner:
    type: OS::Heat::StructuredDeployment
    properties: {config: {get_resource: structured}, server: {get_resource: server}, actions: {get_param: when}}
  of_component:
    type: OS::Heat::SoftwareDeployment
    properties: {config: {get_resource: component}, server: {get_resource: server}, actions: [DELETE]}
  from_elsewhere:
    type: OS::Heat::SoftwareDeployment
    properties: {config: {get_param: config_id}, server: {get_resource: server}}
  without:
    type: OS::Heat::SoftwareDeployment
    properties: {server: {get_resource: server}, actions: [UPDATE]}
  group:
    type: OS::Heat::SoftwareDeploymentGroup
    properties: {config: {get_resource: config}, servers: {one: {get_resource: server}}}
`;

function graphOf(action: StackAction): TaskGraph {
  const result = compile(STACK, { action });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.graph;
}

function kinds(graph: TaskGraph, requirer: string, required: string): string[] {
  return graph.reasons(graph.indexOf(requirer), graph.indexOf(required)).map(({ kind }) => kind);
}

describe('deployments', () => {
  it('are hosted on their server, and refer to their config', () => {
    const graph = graphOf('CREATE');
    for (const name of ['plain', 'cleaner', 'of_component', 'from_elsewhere', 'without', 'group']) {
      expect(kinds(graph, name, 'server')).toEqual(['get_resource', 'hosted_on']);
    }
    expect(kinds(graph, 'plain', 'config')).toEqual(['get_resource']);
    expect(kinds(graph, 'of_component', 'component')).toEqual(['get_resource']);
  });

  it('are so when they are deleted, too', () => {
    expect(kinds(graphOf('DELETE'), 'server', 'plain')).toEqual(['get_resource', 'hosted_on']);
  });

  it.each([
    ['CREATE', { plain: true, cleaner: false, of_component: true, without: false, group: true }],
    ['DELETE', { plain: false, cleaner: true, of_component: false, without: false, group: false }],
    ['SUSPEND', { plain: false, cleaner: false, of_component: true, without: false, group: false }],
    ['RESUME', { plain: false, cleaner: false, of_component: true, without: false, group: false }],
  ] as const)('say whether %s triggers them, where that is known', (action, expected) => {
    const triggered = graphOf(action).tasks.flatMap(({ id, inputs }) =>
      inputs.triggered === undefined ? [] : [[id, inputs.triggered]],
    );
    expect(Object.fromEntries(triggered)).toEqual(expected);
  });

  it('are triggered by updates and by being made in one', () => {
    const before = compile(STACK);
    if (!before.ok) throw new Error('it compiles');
    const more = `${STACK}  fresh:
    type: OS::Heat::SoftwareDeployment
    properties: {config: {get_resource: config}, server: {get_resource: server}, actions: [CREATE]}
`;
    const after = compile(more, { action: 'UPDATE', previous: before.stack });
    if (!after.ok) throw new Error('it compiles');
    const task = (id: string): unknown => after.graph.tasks[after.graph.indexOf(id)];
    expect(task('plain')).toMatchObject({ action: 'UPDATE', inputs: { triggered: true } });
    expect(task('without')).toMatchObject({ action: 'UPDATE', inputs: { triggered: true } });
    expect(task('of_component')).toMatchObject({ action: 'UPDATE', inputs: { triggered: false } });
    expect(task('fresh')).toMatchObject({ action: 'CREATE', inputs: { triggered: true } });
  });
});
