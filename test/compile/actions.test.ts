import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/compile/build-graph.ts';
import { compile } from '../../src/compile/compile.ts';
import type { StackAction } from '../../src/compile/stack-action.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { bound, created, updated } from '../state/made.ts';

const TEXT = `
resources:
  net: {type: OS::Neutron::Net}
  subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}, deletion_policy: retain}
outputs:
  id: {value: {get_resource: net}}
`;
const STACK = bound(TEXT);

function shown(graph: TaskGraph): string {
  const id = (index: number): string => graph.tasks[index]?.id as string;
  const tasks = graph.tasks.map((task) => `${task.id} ${task.action}`).join(', ');
  const edges = Array.from(graph.edges(), ({ requirer, required }) => `${id(requirer)} > ${id(required)}`).join(', ');
  return `${tasks}; ${edges}`;
}

describe('a graph does with the stack', () => {
  it.each<[StackAction, string]>([
    ['CREATE', 'net CREATE, subnet CREATE; subnet > net'],
    ['DELETE', 'net DELETE, subnet DELETE; net > subnet'],
    ['SUSPEND', 'net SUSPEND, subnet SUSPEND; net > subnet'],
    ['RESUME', 'net RESUME, subnet RESUME; subnet > net'],
    ['CHECK', 'net CHECK, subnet CHECK; subnet > net'],
    ['SNAPSHOT', 'net SNAPSHOT, subnet SNAPSHOT; subnet > net'],
    ['UPDATE', 'net CREATE, subnet CREATE; subnet > net'],
    ['ABANDON', '; '],
  ])('what is asked, without a state: %s', (action, expected) => {
    expect(shown(buildGraph(STACK, { action }).graph)).toBe(expected);
  });

  it.each<[StackAction, string]>([
    ['DELETE', 'net DELETE, subnet DELETE; net > subnet'],
    ['CHECK', 'net CHECK, subnet CHECK; subnet > net'],
    ['ADOPT', 'net ADOPT, subnet ADOPT; subnet > net'],
    [
      'UPDATE',
      'net UPDATE, subnet UPDATE, net//cleanup CLEANUP, subnet//cleanup CLEANUP; ' +
        'subnet > net, net//cleanup > subnet//cleanup, net//cleanup > net, subnet//cleanup > subnet',
    ],
    [
      'RESTORE',
      'net UPDATE, subnet UPDATE, net//cleanup CLEANUP, subnet//cleanup CLEANUP; ' +
        'subnet > net, net//cleanup > subnet//cleanup, net//cleanup > net, subnet//cleanup > subnet',
    ],
  ])('what is asked, and names what there is: %s', (action, expected) => {
    const { graph } = buildGraph(STACK, { action, previous: created(STACK) });
    expect(shown(graph)).toBe(expected);
    expect(graph.tasks[0]?.inputs).toMatchObject({ existing: 'net', physical_id: 'created net' });
  });

  it('keeps the kinds and places of edges, in clean-up as well', () => {
    const { graph } = buildGraph(STACK, { action: 'UPDATE', previous: created(STACK) });
    const clean = graph.indexOf('net//cleanup');
    expect(graph.reasons(clean, graph.indexOf('subnet//cleanup'))).toMatchObject([
      { kind: 'get_resource', place: { line: 5 } },
    ]);
    expect(graph.reasons(clean, graph.indexOf('net'))).toEqual([{ kind: 'implicit', rule: 'cleanup-after-update' }]);
  });

  it('says of clean-up what the policy was, not what it is to be', () => {
    const next = bound(TEXT.replace(', deletion_policy: retain', ''));
    const { graph } = buildGraph(next, { action: 'UPDATE', previous: created(STACK) });
    expect(graph.tasks[graph.indexOf('subnet//cleanup')]?.inputs.deletion_policy).toBe('Retain');
    expect(graph.tasks[graph.indexOf('subnet')]?.inputs.deletion_policy).toBeUndefined();
  });

  it('gives outputs where something is made', () => {
    const has = (action: StackAction): number =>
      buildGraph(STACK, { action, previous: created(STACK) }).graph.outputs.length;
    expect([has('UPDATE'), has('CHECK'), has('SUSPEND'), has('DELETE')]).toEqual([1, 0, 0, 0]);
  });

  it('refuses to adopt what has no id', () => {
    const { ok, diagnostics } = buildGraph(STACK, { action: 'ADOPT', previous: STACK });
    expect(ok).toBe(false);
    expect(diagnostics.map(({ code }) => code)).toEqual(['ADOPT_WITHOUT_ID', 'ADOPT_WITHOUT_ID']);
  });

  it('through compile as well', () => {
    const text = `heat_template_version: 2018-08-31${TEXT.replace('OS::Neutron::Net}', 'OS::Neutron::ProviderNet}')}`;
    const compiled = compile(text, { action: 'UPDATE', previous: created(STACK) });
    if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
    expect(compiled.graph.tasks.map(({ action }) => action)).toEqual(['REPLACE', 'UPDATE', 'DELETE', 'CLEANUP']);
  });
});

describe('many resources', () => {
  it('are updated by a graph that takes linear time', () => {
    const lines = ['resources:'];
    for (let i = 0; i < 20_000; i++) {
      lines.push(`  r${i}: {type: OS::Heat::None${i > 0 ? `, depends_on: r${i - 1}` : ''}}`);
    }
    const stack = bound(lines.join('\n'));
    // A quadratic algorithm would not come to its end here.
    const { state } = updated(created(stack), stack);
    const { graph } = buildGraph(stack, { action: 'UPDATE', previous: state });
    expect([graph.size, graph.edgeCount]).toEqual([40_000, 2 * 19_999 + 20_000]);
  });
});
