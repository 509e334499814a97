import { describe, expect, test } from 'vitest';
import { toGanttMermaid } from '../../src/observe/gantt-mermaid.ts';
import { toGanttSvg } from '../../src/observe/gantt-svg.ts';
import { timeAxis } from '../../src/observe/time-axis.ts';
import { simulate } from '../../src/testing/index.ts';
import { graphOf, graphOfEdges } from '../run/graphs.ts';
import { begun, completed, eventsAt, failed, finished, retrying, skipped, started } from './recorder.ts';

const GRAPH = graphOf({ net: {}, 'a<b>&"c"': { requires: ['net'] }, last: { requires: ['a<b>&"c"'] }, free: {} });
const EVENTS = eventsAt(
  [0, started(4)],
  [0, begun('net')],
  [1000, completed('net')],
  [1000, begun('a<b>&"c"')],
  [1500, retrying('a<b>&"c"', 1, 'once & for <all>')],
  [2000, begun('free')],
  [2000, begun('a<b>&"c"', 2)],
  [3000, failed('a<b>&"c"', 2, 'no')],
  [3000, skipped('last', 'a<b>&"c"')],
  [4000, completed('free')],
  [4000, finished('FAILED')],
);

/** Names and attributes of all elements, in order; throws where tags do not match. */
function elementsOf(svg: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: string[] = [];
  let at = 0;
  for (const match of svg.matchAll(/<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<>]*")*)\s*(\/?)>/g)) {
    const text = svg.slice(at, match.index);
    if (/[<>]/.test(text)) throw new Error(`stray text: ${text}`);
    const last = elements.at(-1);
    if (last !== undefined && last.text === '') last.text = text;
    at = match.index + match[0].length;
    const [, closing, name = '', attributes = '', empty] = match;
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const pairs = Array.from(attributes.matchAll(/([\w:-]+)="([^"]*)"/g), ([, key, value]) => [key, value]);
    elements.push({ name, attributes: Object.fromEntries(pairs), text: '' });
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`open: ${open.join()}`);
  return elements;
}

describe('a Gantt chart as SVG', () => {
  const svg = toGanttSvg(GRAPH, EVENTS, { title: 'Tom & "Jerry"' });
  const elements = elementsOf(svg);

  test('is well-formed, whatever names there are', () => {
    expect(svg).toContain('a&lt;b&gt;&amp;&quot;c&quot;');
    expect(elements[0]?.attributes).toMatchObject({ 'aria-label': 'Tom &amp; &quot;Jerry&quot;', width: '1200' });
    const hostile = graphOf({ '\u0000\u001b\ud800\n]]>': {}, '': {} });
    expect(() => elementsOf(toGanttSvg(hostile, []))).not.toThrow();
    expect(toGanttSvg(hostile, [])).not.toMatch(/\p{Cs}|(?!\n)\p{Cc}/u);
  });

  test('has a row for every task and a bar for every attempt, in the place of its time', () => {
    expect(elements.filter(({ name }) => name === 'g')).toHaveLength(4);
    const bars = elements.filter(
      ({ name, attributes }) => name === 'rect' && attributes.rx === '2' && Number(attributes.y) > 90,
    );
    const [net, first, second, free] = bars.map(({ attributes }) => ({
      x: Number(attributes.x),
      width: Number(attributes.width),
    }));
    expect(bars).toHaveLength(4);
    const scale = (net?.width ?? 0) / 1000;
    const left = net?.x ?? 0;
    expect(first?.x).toBeCloseTo(left + 1000 * scale, 0);
    expect(first?.width).toBeCloseTo(500 * scale, 0);
    expect(second?.x).toBeCloseTo(left + 2000 * scale, 0);
    expect(free?.width).toBeCloseTo(2000 * scale, 0);
  });

  test('tells more of each row', () => {
    const titles = elements.filter(({ name }) => name === 'title').map(({ text }) => text);
    expect(titles[1]).toBe(
      'a&lt;b&gt;&amp;&quot;c&quot;: CREATE Thing, failed · began after 1.0 s · took 2.0 s · 2 attempts · no',
    );
    expect(titles.at(-1)).toBe('last: CREATE Thing, skipped · because of a&lt;b&gt;&amp;&quot;c&quot;');
  });

  test('nothing stands outside the picture', () => {
    for (const size of [1, 10, 100, 500]) {
      const graph = graphOfEdges(
        size,
        Array.from({ length: size - 1 }, (_, i) => [i + 1, Math.floor(i / 2)] as const),
      );
      const { events } = simulate(graph, { faults: { failures: 0.1 }, onFailure: 'continue' });
      const chart = elementsOf(toGanttSvg(graph, events));
      const [width, height] = [Number(chart[0]?.attributes.width), Number(chart[0]?.attributes.height)];
      for (const { attributes } of chart.slice(2)) {
        expect(Number(attributes.x ?? 0)).toBeGreaterThanOrEqual(0);
        expect(Number(attributes.x ?? 0) + Number(attributes.width ?? 0)).toBeLessThanOrEqual(width);
        expect(Number(attributes.y ?? 0) + Number(attributes.height ?? 0)).toBeLessThanOrEqual(height);
      }
      expect(chart.filter(({ name }) => name === 'g')).toHaveLength(size);
    }
  });

  test('of more tasks than the limit leaves out what matters least', () => {
    const graph = graphOfEdges(30, []);
    const { events, result } = simulate(graph, { faults: { terminal: 0.2 }, onFailure: 'continue' });
    const shown = toGanttSvg(graph, events, { limit: 10 });
    expect(shown).toContain('20 that matter less are not shown');
    expect(elementsOf(shown).filter(({ name }) => name === 'g')).toHaveLength(10);
    expect(result.failures.length).toBeGreaterThan(2);
    for (const { task } of result.failures) expect(shown).toContain(`>${task}</text>`);
  });

  test('is the same again', () => {
    expect(toGanttSvg(GRAPH, EVENTS)).toBe(toGanttSvg(GRAPH, EVENTS));
  });
});

describe('a Gantt chart as Mermaid text', () => {
  test('has a line for every task that began', () => {
    expect(toGanttMermaid(GRAPH, EVENTS, { title: 'a: b' })).toBe(`gantt
  title a#58; b
  dateFormat x
  axisFormat %M:%S.%L
  net :done, 1700000000000, 1700000001000
  a#60;b#62;#38;#34;c#34; (failed, 2 attempts) :1700000001000, 1700000003000
  free :crit, done, 1700000002000, 1700000004000
  %% 1 tasks did not begin
`);
  });

  test('takes no name for a word of its own', () => {
    const names = [
      'section x',
      'title',
      'a:b',
      '#x;',
      '%%',
      '',
      'click',
      '\n',
      'done',
      '漢字',
      '1',
      '__proto__',
      'click here',
    ];
    const graph = graphOf(Object.fromEntries(names.map((name) => [name, {}])));
    const { events } = simulate(graph);
    const lines = toGanttMermaid(graph, events).trimEnd().split('\n').slice(3);
    expect(lines).toHaveLength(graph.size);
    for (const line of lines) {
      expect(line).toMatch(/^ {2}[^:;%#]*(?:#\d+;[^:;%#]*)* :(?:crit, )?(?:done, )?\d+, \d+$/);
      expect(line).not.toMatch(/^ *(?:section|title|click|done)/);
    }
  });
});

test.each([
  [0, '0'],
  [9, '0 1 ms 2 ms 3 ms 4 ms 5 ms 6 ms 7 ms 8 ms 9 ms'],
  [999, '0 100 ms 200 ms 300 ms 400 ms 500 ms 600 ms 700 ms 800 ms 900 ms'],
  [1900, '0 200 ms 400 ms 600 ms 800 ms 1.0 s 1.2 s 1.4 s 1.6 s 1.8 s'],
  [60_000, '0 10 s 20 s 30 s 40 s 50 s 1:00 min'],
  [220_000, '0 30 s 1:00 min 1:30 min 2:00 min 2:30 min 3:00 min 3:30 min'],
  [1_800_000, '0 5 min 10 min 15 min 20 min 25 min 30 min'],
  [4_320_000, '0 10 min 20 min 30 min 40 min 50 min 1:00 h 1:10 h'],
  [36_000_000, '0 1 h 2 h 3 h 4 h 5 h 6 h 7 h 8 h 9 h 10 h'],
  [20 * 86_400_000, '0 2 d 4 d 6 d 8 d 10 d 12 d 14 d 16 d 18 d 20 d'],
])('the axis of %j ms has marks at round times', (ms, labels) => {
  expect(
    timeAxis(ms, 10)
      .map(({ label }) => label)
      .join(' '),
  ).toBe(labels);
});
