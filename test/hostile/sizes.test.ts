import { describe, expect, it } from 'vitest';
import {
  compile,
  criticalPath,
  evaluate,
  fromJSON,
  levels,
  order,
  PythonError,
  TaskGraphBuilder,
  toJSON,
} from '../../src/index.ts';
import { expectUnchangedPrototypes } from './prototypes.ts';

expectUnchangedPrototypes();

const HEAD = 'heat_template_version: 2021-04-16\n';
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

/** The value of the only resource's property `value`, or the class of the error that there is instead. */
function resolvedValue(text: string): unknown {
  const compiled = compile(text);
  if (!compiled.ok) return compiled.diagnostics[0]?.code;
  const { stack } = compiled;
  try {
    const properties = evaluate(stack.resources[0]?.properties ?? null, stack.runtime);
    return (properties as ReadonlyMap<string, unknown>).get('value');
  } catch (error) {
    if (error instanceof PythonError) return error.type;
    throw error;
  }
}

const oneResource = (value: string): string =>
  `${HEAD}resources: {r: {type: OS::Heat::Value, properties: {value: ${value}}}}\n`;

describe('long graphs', () => {
  it('a chain of 1,000,000 tasks is built, ordered, levelled and weighed', () => {
    const size = 1_000_000;
    const builder = new TaskGraphBuilder();
    for (let i = 0; i < size; i++) {
      builder.task({ id: `t${i}`, name: `t${i}`, action: 'CREATE', type: 'OS::Heat::None', scope: '', inputs: {} });
    }
    // The first one last, so that the order is not the one of the tasks.
    for (let i = 0; i + 1 < size; i++) builder.edge(i, i + 1, { kind: 'depends_on' });
    const graph = builder.build();
    const sorted = order(graph);
    if (!sorted.ok) throw new Error('no order');
    expect([sorted.order[0], sorted.order[size - 1]]).toEqual([size - 1, 0]);
    expect(levels(graph).length).toBe(size);
    expect(criticalPath(graph).total).toBe(size);
  });

  it('a chain of 100,000 resources compiles, and comes back from JSON', () => {
    const size = 100_000;
    const text = lines(size, (i) => `  r${i}: {type: OS::Heat::None${i === 0 ? '' : `, depends_on: r${i - 1}`}}\n`);
    const compiled = compile(`${HEAD}resources:\n${text}`);
    if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
    expect(compiled.graph.edgeCount).toBe(size - 1);
    expect(levels(compiled.graph).length).toBe(size);
    const back = fromJSON(JSON.parse(JSON.stringify(toJSON(compiled.graph))));
    expect(back.ok && back.graph.edgeCount).toBe(size - 1);
  });

  it('a circle of 100,000 resources is told', () => {
    const size = 100_000;
    const text = lines(size, (i) => `  r${i}: {type: OS::Heat::None, depends_on: r${(i + 1) % size}}\n`);
    const { ok, diagnostics } = compile(`${HEAD}resources:\n${text}`);
    expect(ok).toBe(false);
    expect(diagnostics.map(({ code }) => code)).toContain('CIRCULAR_DEPENDENCY');
  });

  it('100,000 circles of two are told', () => {
    const text = lines(100_000, (i) => {
      const [a, b] = [`a${i}`, `b${i}`];
      return `  ${a}: {type: OS::Heat::None, depends_on: ${b}}\n  ${b}: {type: OS::Heat::None, depends_on: ${a}}\n`;
    });
    const { ok, diagnostics } = compile(`${HEAD}resources:\n${text}`);
    expect(ok).toBe(false);
    expect(diagnostics.map(({ code }) => code)).toContain('CIRCULAR_DEPENDENCY');
  });

  it('one resource that 100,000 others require, and one that requires them all', () => {
    const size = 100_000;
    const text = lines(size, (i) => `  r${i}: {type: OS::Heat::None, depends_on: first}\n`);
    const last = `  last: {type: OS::Heat::None, depends_on: [${Array.from({ length: size }, (_, i) => `r${i}`).join(', ')}]}\n`;
    const compiled = compile(`${HEAD}resources:\n  first: {type: OS::Heat::None}\n${text}${last}`);
    expect(compiled.ok && compiled.graph.edgeCount).toBe(2 * size);
    expect(compiled.ok && levels(compiled.graph).length).toBe(3);
  });

  it('the same edge 100,000 times is one', () => {
    const references = Array(100_000).fill('{get_resource: a}').join(', ');
    const compiled = compile(
      `${HEAD}resources:\n  a: {type: OS::Heat::None}\n  b: {type: OS::Heat::None, metadata: {x: [${references}]}}\n`,
    );
    expect(compiled.ok && compiled.graph.edgeCount).toBe(1);
  });

  it('300,000 errors are all told', () => {
    const { diagnostics } = compile(
      `${HEAD}outputs:\n${lines(300_000, (i) => `  o${i}: {value: {get_resource: nowhere}}\n`)}`,
    );
    expect(diagnostics.length).toBeGreaterThanOrEqual(300_000);
  });
});

describe('long chains of conditions', () => {
  const SIZE = 50_000;
  const resource = 'resources: {r: {type: OS::Heat::None, condition: c0}}\n';

  it.each([
    ['not', (next: string) => `{not: ${next}}`],
    ['and', (next: string) => `{and: [true, ${next}]}`],
    ['or', (next: string) => `{or: [${next}, false]}`],
    ['equals', (next: string) => `{equals: [{not: ${next}}, false]}`],
  ])('%s, 50,000 of them', (_, definition) => {
    const chain = lines(SIZE, (i) => `  c${i}: ${definition(`c${i + 1}`)}\n`);
    const compiled = compile(`${HEAD}conditions:\n${chain}  c${SIZE}: true\n${resource}`);
    expect(compiled.diagnostics[0]?.message).toBeUndefined();
    expect(compiled.ok && compiled.graph.size).toBe(1);
  });

  it('in a circle are refused', () => {
    const chain = lines(SIZE, (i) => `  c${i}: {not: c${(i + 1) % SIZE}}\n`);
    expect(compile(`${HEAD}conditions:\n${chain}${resource}`).ok).toBe(false);
  });
});

describe('functions in functions', () => {
  const DEPTH = 180;
  const nested = (open: string, inside: string, close: string, depth = DEPTH): string =>
    open.repeat(depth) + inside + close.repeat(depth);

  it.each([
    ['list_join', '{list_join: ["", [', 'x', ']]}', 'x', 120],
    ['if', '{if: [true, ', 'x', ', y]}', 'x'],
    ['str_replace', '{str_replace: {template: ', 'x', ', params: {a: b}}}', 'x'],
    ['yaql', '{yaql: {expression: "$.data", data: ', 'x', '}}', 'x'],
    ['map_merge', '{map_merge: [', '{a: x}', ']}', new Map([['a', 'x']])],
    ['list_concat', '{list_concat: [', '[x]', ']}', ['x']],
  ])('%s, as deep as documents may be', (_, open, inside, close, expected, depth = DEPTH) => {
    expect(resolvedValue(oneResource(nested(open, inside, close, depth)))).toEqual(expected);
  });

  it('repeat, 20 deep, each over one item', () => {
    const open = '{repeat: {for_each: {"<%x%>": [a]}, template: ';
    const value = resolvedValue(oneResource(nested(open, '"<%x%>"', '}}', 20)));
    let list: unknown = 'a';
    for (let i = 0; i < 20; i++) list = [list];
    expect(value).toEqual(list);
  });

  it.each(['{not: ', '{and: [true, ', '{list_join: ["", [', '{if: [true, '])(
    '%s deeper than documents may be is refused',
    (open) => {
      const close = [...open]
        .reverse()
        .map((c) => (c === '{' ? '}' : c === '[' ? ']' : ''))
        .join('');
      expect(resolvedValue(oneResource(nested(open, 'x', close, 5_000)))).toBe('DEPTH_LIMIT');
    },
  );
});

describe('functions that make much of little', () => {
  it('repeat that would make billions of items is refused', () => {
    const items = `[${Array.from({ length: 1000 }, (_, i) => i).join(', ')}]`;
    const value = `{repeat: {for_each: {"%a%": ${items}, "%b%": ${items}, "%c%": ${items}}, template: "%a%%b%%c%"}}`;
    expect(resolvedValue(oneResource(value))).toEqual(expect.any(String));
  });

  it('a text that doubles at every level is refused', () => {
    let value = 'xxxxxxxxxx';
    for (let i = 0; i < 40; i++) value = `{str_replace: {template: AA, params: {A: ${value}}}}`;
    expect(resolvedValue(oneResource(value))).toBe('MemoryError');
    expect(compile(`${HEAD}resources: {r: {type: OS::Heat::None, external_id: ${value}}}\n`).ok).toBe(false);
  });

  it('str_replace with 2,000 parameters over a long text', () => {
    const params = Array.from({ length: 2_000 }, (_, i) => `"$p${i}$": v${i}`).join(', ');
    const template = Array.from({ length: 2_000 }, (_, i) => `$p${i}$`).join(' ');
    expect(resolvedValue(oneResource(`{str_replace: {template: "${template}", params: {${params}}}}`))).toBe(
      Array.from({ length: 2_000 }, (_, i) => `v${i}`).join(' '),
    );
  });

  it('a pattern that backtracks does not take forever', () => {
    const text = `${HEAD}parameters:\n  p:\n    type: string\n    default: ${'a'.repeat(40)}b\n    constraints: [{allowed_pattern: "^(a+)+$"}]\n`;
    expect(compile(text).ok).toBe(false);
  });

  it('a number with a million digits', () => {
    const digits = '9'.repeat(1_000_000);
    expect(() => compile(`${HEAD}parameters: {p: {type: number, default: ${digits}}}\n`)).not.toThrow();
    expect(() => compile(oneResource(digits))).not.toThrow();
    expect(() => compile(oneResource(`1e${digits}`))).not.toThrow();
  });
});
