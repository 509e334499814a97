import { instance } from '@viz-js/viz';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageScript } from '../../src/cli/html-page.ts';
import { renderHtml } from '../../src/cli/render-html.ts';
import { renderSvg } from '../../src/cli/render-svg.ts';
import type { PictureOptions, TaskStatus } from '../../src/export/appearance.ts';
import { toDot } from '../../src/export/dot.ts';
import { toMermaid } from '../../src/export/mermaid.ts';
import { toSvg } from '../../src/export/svg.ts';
import { TaskGraphBuilder } from '../../src/graph/builder.ts';
import type { Task } from '../../src/graph/task.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { anyGraph, graphOf, oddNames, task } from '../graph/graphs.ts';

let viz = await instance();

function tiers(): TaskGraph {
  const builder = new TaskGraphBuilder();
  builder.task(task('net', { type: 'OS::Neutron::Net' }));
  builder.task(task('web/0/server', { name: 'server', type: 'OS::Nova::Server', scope: 'web/0', action: 'REPLACE' }));
  builder.task(task('web', { type: 'OS::Heat::ResourceGroup', action: 'UPDATE' }));
  builder.task(task('app', { type: 'std.http' }));
  builder.edge(1, 0, { kind: 'implicit', rule: 'server waits for subnets' });
  builder.edge(2, 1, { kind: 'depends_on' });
  builder.edge(3, 2, { kind: 'hosted_on' });
  builder.edge(3, 0, { kind: 'get_attr' });
  builder.edge(3, 0, { kind: 'hosted_on' });
  return builder.build();
}

const statuses: readonly TaskStatus[] = ['INIT', 'IN_PROGRESS', 'COMPLETE', 'FAILED', 'SKIPPED', 'CANCELLED'];
const everyOption: fc.Arbitrary<PictureOptions> = fc.record(
  {
    direction: fc.constantFrom('TB' as const, 'LR' as const),
    title: fc.constantFrom(...oddNames),
    legend: fc.boolean(),
    clusters: fc.boolean(),
    status: fc.constant((_: Task, index: number) => statuses[index % 7]),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** What Graphviz read: tasks and edges, by node name. */
function drawn(dot: string): { nodes: string[]; edges: string[]; clusters: string[]; labels: Map<string, string> } {
  const result = viz.render(dot, { format: 'dot_json' });
  if (result.status !== 'success') throw new Error(JSON.stringify(result.errors));
  // It has no widths for letters beyond ASCII, and says so.
  expect(result.errors.filter((one) => !one.message.includes('no value for width'))).toEqual([]);
  const data = JSON.parse(result.output) as {
    objects?: { name: string; label: string; nodes?: unknown }[];
    edges?: { tail: number; head: number }[];
  };
  const objects = data.objects ?? [];
  const name = (index: number): string => objects[index]?.name ?? '';
  return {
    nodes: objects.map((one) => one.name).filter((one) => /^n\d+$/.test(one)),
    clusters: objects.filter((one) => one.name.startsWith('cluster')).map((one) => one.label),
    edges: (data.edges ?? []).map((edge) => `${name(edge.tail)}>${name(edge.head)}`),
    labels: new Map(objects.map((one) => [one.name, one.label])),
  };
}

/** Graphviz itself crashes over a few graphs, and is of no use afterwards: those say nothing of our text. */
async function drawnOrCrashed(dot: string): Promise<ReturnType<typeof drawn>> {
  try {
    return drawn(dot);
  } catch (error) {
    // Not `instanceof`: the types of the language alone know no WebAssembly.
    if ((error as Error).name !== 'RuntimeError') throw error;
    viz = await instance();
    return fc.pre(false) as never;
  }
}

describe('DOT', () => {
  test('arrows in the order of running; nested stacks in boxes', () => {
    const { nodes, edges, clusters } = drawn(toDot(tiers()));
    expect(nodes.sort()).toEqual(['n0', 'n1', 'n2', 'n3']);
    expect(edges.sort()).toEqual(['n0>n1', 'n0>n3', 'n1>n2', 'n2>n3']);
    expect(clusters).toEqual(['web/0']);
    expect(drawn(toDot(tiers(), { clusters: false })).clusters).toEqual([]);
  });

  test('names, types, actions and kinds can be told apart', () => {
    const dot = toDot(tiers());
    expect(dot).toContain('<b>server</b><br/><font point-size="9" color="#5c636a">REPLACE OS::Nova::Server</font>');
    expect(dot.split('\n').find((line) => line.includes('n0 -> n1'))).toContain('style=dashed');
    expect(dot.split('\n').find((line) => line.includes('n0 -> n3'))).toContain('arrowhead=diamond');
    expect(dot).toContain('tooltip="web/0/server requires net (implicit: server waits for subnets)"');
    expect(toDot(graphOf('a>b'))).not.toContain('CREATE OS::Heat::None</font>');
  });

  test('direction, title, legend, status', () => {
    const dot = toDot(tiers(), { direction: 'LR', title: 'My "stack"', legend: true, status: () => 'FAILED' });
    expect(dot).toContain('rankdir=LR');
    expect(dot).toContain('label="My \\"stack\\""');
    const { labels } = drawn(dot);
    expect(labels.get('legend')).toContain('FAILED');
    expect(labels.get('legend')).toContain('implicit');
    expect(labels.get('legend')).not.toContain('get_resource');
    expect(toDot(tiers())).not.toContain('legend');
  });

  test('boxes within boxes, whatever sorts between their names', () => {
    const builder = new TaskGraphBuilder();
    for (const scope of ['a', 'a-b', 'a/b', 'a/b/c', 'ab', 'a/b/c/d/e', 'x/y']) builder.task(task(scope, { scope }));
    const dot = toDot(builder.build());
    const opened = dot.split('\n').flatMap((line) => {
      const found = /^( *)graph \[label="([^"]*)", tooltip="([^"]*)"/.exec(line);
      return found === null ? [] : [`${(found[1] as string).length / 2} ${found[2]} ${found[3]}`];
    });
    expect(opened).toEqual(['2 a a', '3 b a/b', '4 c a/b/c', '5 d/e a/b/c/d/e', '2 a-b a-b', '2 ab ab', '2 x/y x/y']);
  });

  test('two thousand boxes within each other', () => {
    const builder = new TaskGraphBuilder();
    for (let i = 1; i <= 2000; i++) builder.task(task(`t${i}`, { scope: 'a/'.repeat(i).slice(0, -1) }));
    const dot = toDot(builder.build());
    expect(dot.match(/subgraph/g)?.length).toBe(2000);
    expect(toMermaid(builder.build()).match(/^ *end$/gm)?.length).toBe(2000);
  });

  test('Graphviz reads any graph, without a task or an edge lost', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph(), everyOption, async (graph, options) => {
        const dot = toDot(graph, options);
        const { nodes, edges } = await drawnOrCrashed(dot);
        expect(nodes.length).toBe(graph.size);
        const expected = Array.from(graph.edges(), ({ requirer, required }) => `n${required}>n${requirer}`);
        expect(edges.sort()).toEqual(expected.sort());
        expect(toDot(graph, options)).toBe(dot);
      }),
      { numRuns: 200 },
    );
  });
});

describe('Mermaid', () => {
  /** The lines that `toMermaid` may write; a label has no sign but those of entities. */
  const label = String.raw`"(?:[\p{L}\p{M}\p{N} :_-]|#\d+;)*(?:<br/><small>(?:[\p{L}\p{M}\p{N} :_-]|#\d+;)*</small>)?"`;
  const grammar = [
    /^flowchart (TB|LR)$/,
    new RegExp(String.raw`^ *n\d+\(${label}\)$`, 'u'),
    new RegExp(String.raw`^ *subgraph (s\d+|legend)\[${label}\]$`, 'u'),
    /^ *end$/,
    /^ {2}n\d+ (-->|==>|-\.->) n\d+$/,
    new RegExp(String.raw`^ {4}legend_[a-z]+\(${label}\)$`, 'u'),
    /^ {4}legend_from_\d+\(" "\) (-->|==>|-\.->)\|"[a-z_]+"\| legend_to_\d+\(" "\)$/,
    /^ {2}classDef [a-z]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#212529(,stroke-dasharray:5 3)?(,stroke-width:3px)?$/,
    /^ {2}class [a-z_\d,]+ [a-z]+$/,
    /^ {2}linkStyle \d+(,\d+)* stroke:#[0-9a-f]{6}$/,
    /^$/,
  ];

  test('is what people can read', () => {
    expect(`\n${toMermaid(tiers(), { title: 'Tiers' })}`).toBe(`
---
title: "Tiers"
---
flowchart TB
  n0("net<br/><small>CREATE OS::Neutron::Net</small>")
  n2("web<br/><small>UPDATE OS::Heat::ResourceGroup</small>")
  n3("app<br/><small>CREATE std#46;http</small>")
  subgraph s0["web#47;0"]
    n1("server<br/><small>REPLACE OS::Nova::Server</small>")
  end
  n0 -.-> n1
  n1 --> n2
  n2 ==> n3
  n0 ==> n3
  classDef create fill:#e6f6ec,stroke:#2b8a4b,color:#212529
  class n0,n3 create
  classDef replace fill:#fff3d9,stroke:#b7791f,color:#212529,stroke-width:3px
  class n1 replace
  classDef update fill:#e7f1fd,stroke:#1c6fc4,color:#212529
  class n2 update
  linkStyle 2,3 stroke:#7048a8
  linkStyle 1 stroke:#343a40
  linkStyle 0 stroke:#868e96
`);
  });

  test('every name is a label and nothing else', () => {
    const labelled = (name: string): string | undefined => /\("(.*)<br\/>/.exec(toMermaid(graphOf(`${name}>x`)))?.[1];
    expect(labelled('web_server-1')).toBe('web_server-1');
    expect(labelled('__proto__')).toBe('#95;#95;proto#95;#95;');
    expect(labelled('"]')).toBe('#34;#93;');
    expect(labelled('http://a.b')).toBe('http:#47;#47;a#46;b');
    expect(labelled('服务器')).toBe('服务器');
    expect(labelled('a\nb')).toBe('a#92;nb');
  });

  test('any graph keeps to its grammar, without a task or an edge lost', () => {
    fc.assert(
      fc.property(anyGraph(), everyOption, (graph, options) => {
        const text = toMermaid(graph, options);
        const lines = text.split('\n');
        if (options.title !== undefined) {
          const [open, title = '', close] = lines.splice(0, 3);
          expect([open, close]).toEqual(['---', '---']);
          expect(title).toMatch(/^title: "([^"\\]|\\.)*"$/);
        }
        for (const line of lines)
          expect(
            grammar.filter((rule) => rule.test(line)),
            line,
          ).toHaveLength(1);
        expect(lines.filter((line) => /^ *n\d+\(/.test(line)).length).toBe(graph.size);
        const arrows = lines.flatMap((line) => /^ {2}(n\d+) \S+ (n\d+)$/.exec(line)?.slice(1).join('>') ?? []);
        expect(arrows).toEqual(Array.from(graph.edges(), ({ requirer, required }) => `n${required}>n${requirer}`));
        const styled = lines.flatMap((line) => /^ {2}linkStyle ([\d,]+)/.exec(line)?.[1]?.split(',').map(Number) ?? []);
        const links = lines.filter((line) => /-->|==>|-\.->/.test(line)).length;
        expect(styled.sort((a, b) => a - b)).toEqual(Array.from({ length: links }, (_, i) => i));
        expect(toMermaid(graph, options)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('SVG and HTML', () => {
  test('a renderer that the caller brings is given the DOT', () => {
    expect(toSvg(graphOf('a>b'), (dot) => dot)).toBe(toDot(graphOf('a>b')));
  });

  test('an SVG has a node of known id for every task', async () => {
    const result = await renderSvg(tiers(), { title: 'Tiers', legend: true });
    if (!result.ok) throw new Error('it draws');
    for (const id of ['n0', 'n1', 'n2', 'n3']) expect(result.text).toContain(`id="${id}"`);
    expect(result.text).toContain('>REPLACE OS::Nova::Server</text>');
  });

  test('what is too large to be drawn is refused at once', async () => {
    expect(await renderSvg(tiers(), { limit: 7 })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'GRAPH_TOO_LARGE_TO_DRAW' }],
    });
    expect((await renderSvg(tiers(), { limit: 8 })).ok).toBe(true);
  });

  test('the script of a page is one that a browser can read', () => {
    expect(() => new Function(pageScript)).not.toThrow();
  });

  test('any graph becomes a page that no name can break out of', async () => {
    const evil = ['</script><script>alert(1)</script>', '<!--', '<img src=x onerror=alert(1)>', '&lt;', '\u2028'];
    await fc.assert(
      fc.asyncProperty(anyGraph({ maxTasks: 4 }), fc.constantFrom(...oddNames, ...evil), async (graph, title) => {
        const builder = new TaskGraphBuilder();
        for (const one of graph.tasks) builder.task(one);
        for (const one of evil)
          if (builder.indexOf(one) < 0) builder.task(task(one, { type: one, inputs: { properties: one } }));
        const result = await renderHtml(builder.build(), { title });
        if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
        const page = result.text;
        expect(page.match(/<script/g)).toHaveLength(2);
        expect(page.match(/<\/script>/g)).toHaveLength(2);
        expect(page).not.toMatch(/<img/);
        expect(page).not.toMatch(/(src|href)="(?!#)[^"]*:\/\//);
        const data = /<script type="application\/json" id="tasks">(.*?)<\/script>/s.exec(page)?.[1] as string;
        expect(JSON.parse(data).map((one: { id: string }) => one.id)).toEqual(
          builder.build().tasks.map((one) => one.id),
        );
      }),
      { numRuns: 40 },
    );
  });
});
