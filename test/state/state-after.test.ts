import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/compile/build-graph.ts';
import { compileRollback } from '../../src/compile/compile-rollback.ts';
import { deletionGraph } from '../../src/compile/deletion-graph.ts';
import { order } from '../../src/graph/order.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import type { ResourceState, StackState } from '../../src/state/stack-state.ts';
import { stateAfter } from '../../src/state/state-after.ts';
import { bindPair, readPairs } from '../compile/update-pairs.ts';
import { bound, created, outcome, updated } from './made.ts';

const TWO = bound(`
resources:
  a: {type: OS::Heat::RandomString, properties: {length: 4}}
  b: {type: OS::Heat::RandomString, depends_on: a}
`);
const TWO_LONGER = bound(`
resources:
  a: {type: OS::Heat::RandomString, properties: {length: 5}}
  b: {type: OS::Heat::RandomString, depends_on: a}
`);

function row(state: StackState, id: string): ResourceState {
  const found = state.resources.find((resource) => resource.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${state.resources.map((one) => one.id).join(', ')}`);
  return found;
}

const ids = (state: StackState): string[] => state.resources.map(({ id }) => id);

/** Tasks as `id ACTION`, edges as `requirer > required`. */
function shown(graph: TaskGraph): { tasks: string[]; edges: string[] } {
  const id = (index: number): string => graph.tasks[index]?.id as string;
  return {
    tasks: graph.tasks.map((task) => `${task.id} ${task.action}`),
    edges: Array.from(graph.edges(), ({ requirer, required }) => `${id(requirer)} > ${id(required)}`).sort(),
  };
}

describe('the state that a traversal leaves', () => {
  it('has what was created, and what each needs', () => {
    const state = created(TWO);
    expect(state).toMatchObject({ action: 'CREATE', status: 'COMPLETE', generation: 1 });
    expect(row(state, 'b')).toMatchObject({ physicalId: 'created b', action: 'CREATE', status: 'COMPLETE' });
    expect(row(state, 'b').requires.map(({ id, reasons }) => [id, reasons[0]?.kind])).toEqual([['a', 'depends_on']]);
  });

  it('has what failed, and what never began', () => {
    const state = created(TWO, { a: 'FAILED', b: 'SKIPPED' });
    expect(state.status).toBe('FAILED');
    expect(row(state, 'a')).toMatchObject({ action: 'CREATE', status: 'FAILED' });
    expect(row(state, 'b')).toMatchObject({ action: 'INIT', status: 'COMPLETE', requires: [] });
  });

  it('has a replacement instead of what it replaces', () => {
    const { state, made } = updated(created(TWO), TWO_LONGER);
    expect(made.replaced).toEqual(['a']);
    expect(ids(state)).toEqual(['b', 'a//2']);
    expect(row(state, 'a//2')).toMatchObject({ name: 'a', physicalId: 'replaced a', generation: 2 });
    expect(row(state, 'a//2').replaces).toBeUndefined();
    expect(row(state, 'b').requires.map(({ id }) => id)).toEqual(['a//2']);
    expect(state.previous).toBeUndefined();
  });

  it('has both while the old one is not cleaned up', () => {
    const { state } = updated(created(TWO), TWO_LONGER, {
      'a//cleanup': 'CANCELLED',
      b: 'SKIPPED',
      'b//cleanup': 'SKIPPED',
    });
    expect(ids(state)).toEqual(['a', 'b', 'a//2']);
    expect(row(state, 'a')).toMatchObject({ replacedBy: 'a//2', generation: 1 });
    expect(row(state, 'a//2')).toMatchObject({ replaces: 'a', generation: 2 });
    expect(state.previous?.generation).toBe(1);
  });

  it('goes on with the replacement when the update is tried again', () => {
    const { state } = updated(created(TWO), TWO_LONGER, {
      'a//cleanup': 'CANCELLED',
      b: 'SKIPPED',
      'b//cleanup': 'SKIPPED',
    });
    const { graph } = buildGraph(TWO_LONGER, { action: 'UPDATE', previous: state });
    expect(shown(graph)).toEqual({
      tasks: ['a UPDATE', 'b UPDATE', 'a//cleanup DELETE', 'b//cleanup CLEANUP', 'a//cleanup/2 CLEANUP'],
      edges: ['a//cleanup > a//cleanup/2', 'a//cleanup > b//cleanup', 'a//cleanup/2 > a', 'b > a', 'b//cleanup > b'],
    });
    expect(graph.tasks.map(({ inputs }) => inputs.existing)).toEqual(['a//2', 'b', 'a', 'b', 'a//2']);
  });

  it('goes back to what was before the replacement', () => {
    const { state } = updated(created(TWO), TWO_LONGER, {
      a: 'FAILED',
      b: 'SKIPPED',
      'b//cleanup': 'SKIPPED',
      'a//cleanup': 'SKIPPED',
    });
    expect(row(state, 'a//2')).toMatchObject({ action: 'CREATE', status: 'FAILED', replaces: 'a' });
    const back = compileRollback(state);
    if (!back.ok) throw new Error(back.diagnostics[0]?.message);
    expect(shown(back.graph)).toEqual({
      tasks: ['a UPDATE', 'b UPDATE', 'a//cleanup CLEANUP', 'b//cleanup CLEANUP', 'a//cleanup/2 DELETE'],
      edges: ['a//cleanup > a', 'a//cleanup > a//cleanup/2', 'a//cleanup > b//cleanup', 'b > a', 'b//cleanup > b'],
    });
    const { graph, stack, source, target } = back;
    const after = stateAfter(state, {
      action: 'ROLLBACK',
      graph,
      status: 'COMPLETE',
      report: outcome(graph),
      ...(stack && { stack }),
      ...(source && { source }),
      ...(target && { target }),
    });
    expect(ids(after)).toEqual(['a', 'b']);
    expect(after).toMatchObject({
      action: 'ROLLBACK',
      generation: 1,
      resources: [{ generation: 1 }, { generation: 1 }],
    });
  });

  it('goes back to nothing after a create that failed', () => {
    const state = created(TWO, { a: 'FAILED', b: 'SKIPPED' });
    const back = compileRollback(state);
    if (!back.ok) throw new Error(back.diagnostics[0]?.message);
    expect(shown(back.graph)).toEqual({ tasks: ['a DELETE', 'b CLEANUP'], edges: [] });
    const { graph } = back;
    const after = stateAfter(state, { action: 'ROLLBACK', graph, status: 'COMPLETE', report: outcome(graph) });
    expect(after).toMatchObject({ action: 'ROLLBACK', status: 'COMPLETE', resources: [] });
  });

  it('keeps what could not be deleted', () => {
    const state = created(TWO);
    const graph = deletionGraph(state);
    expect(shown(graph)).toEqual({ tasks: ['a DELETE', 'b DELETE'], edges: ['a > b'] });
    const report = outcome(graph, { a: 'FAILED' });
    const after = stateAfter(state, { action: 'DELETE', graph, status: 'FAILED', report });
    expect(after.resources).toMatchObject([{ id: 'a', action: 'DELETE', status: 'FAILED' }]);
  });

  it('says of a suspended stack that it is suspended', () => {
    const state = created(TWO);
    const { graph } = buildGraph(TWO, { action: 'SUSPEND', previous: state });
    expect(shown(graph)).toEqual({ tasks: ['a SUSPEND', 'b SUSPEND'], edges: ['a > b'] });
    const after = stateAfter(state, { action: 'SUSPEND', graph, status: 'COMPLETE', report: outcome(graph) });
    expect(after).toMatchObject({ action: 'SUSPEND', generation: 1, source: { template: {} } });
    expect(after.resources).toMatchObject([{ action: 'SUSPEND', physicalId: 'created a' }, { action: 'SUSPEND' }]);
  });

  it('is not changed by making the next one', () => {
    const state = created(TWO);
    const before = JSON.stringify(state);
    updated(state, TWO_LONGER);
    expect(JSON.stringify(state)).toBe(before);
  });
});

describe('from a recorded state', () => {
  it('the graph of an update is the one from the stack itself', () => {
    const pairs = readPairs('corpus').slice(0, 150);
    for (const pair of pairs) {
      const [old, next] = [bindPair(pair, 'old'), bindPair(pair, 'new')];
      const fromStack = buildGraph(next, { action: 'UPDATE', previous: old }).graph;
      const fromState = buildGraph(next, { action: 'UPDATE', previous: created(old) }).graph;
      expect(shown(fromState), pair.id).toEqual(shown(fromStack));
    }
  });

  it('an update of a stack without cycles has none', () => {
    for (const pair of readPairs('corpus').slice(150, 250)) {
      const [old, next] = [bindPair(pair, 'old'), bindPair(pair, 'new')];
      if (!order(buildGraph(old).graph).ok || !order(buildGraph(next).graph).ok) continue;
      const { state } = updated(created(old), next, { [next.resources[0]?.name ?? '']: 'FAILED' });
      expect(order(buildGraph(old, { action: 'UPDATE', previous: state }).graph).ok, pair.id).toBe(true);
    }
  });
});
