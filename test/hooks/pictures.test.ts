import { describe, expect, it } from 'vitest';
import { toDot } from '../../src/export/dot.ts';
import { toMermaid } from '../../src/export/mermaid.ts';
import { fromGraphlib, toGraphlib } from '../../src/graphlib/index.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { graphOf } from '../run/graphs.ts';
import { edgesOf, hooked } from './hooked.ts';

const graph = hooked(graphOf({ net: { type: 'OS::Neutron::Net' }, web: { requires: ['net'] } }), [
  { name: 'notify', at: 'post-create', select: 'net', workflow: workflow('w').task('nothing') },
  { name: 'tell', at: 'post', action: 'std.noop', onFailure: true },
  { name: 'own', at: 'create', instead: true, select: 'web', action: 'std.noop' },
]);

describe('a graph with hooks is drawn', () => {
  it('in DOT: hooks are hexagons, and the legend says so', () => {
    const dot = toDot(graph, { legend: true });
    expect(dot).toContain('<b>notify</b><br/><font point-size="9" color="#5c636a">post-create of net</font>');
    expect(dot).toContain('<b>tell</b><br/><font point-size="9" color="#5c636a">post</font>');
    expect(dot).toContain('<b>web</b><br/><font point-size="9" color="#5c636a">Thing by own</font>');
    expect(dot.match(/shape=hexagon/g)).toHaveLength(2);
    expect(dot).toContain('>hook</td>');
    expect(dot).toContain('style=dotted');
  });

  it('in Mermaid', () => {
    const mermaid = toMermaid(graph, { legend: true });
    expect(mermaid).toContain('n2{{"notify<br/><small>post-create of net</small>"}}');
    expect(mermaid).toContain('legend_hook');
    expect(mermaid).toContain('class n2,n3,legend_hook hook');
  });

  it('with the action where there are several; hooks are none', () => {
    expect(toDot(graph)).not.toContain('CREATE Thing</font>');
  });
});

it('goes through graphlib', () => {
  const read = fromGraphlib(toGraphlib(graph));
  if (!read.ok) throw new Error('not read');
  expect(edgesOf(read.graph)).toEqual(edgesOf(graph));
  expect(read.graph.tasks).toEqual(graph.tasks);
});
