import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, fromJSON, levels, order, type TaskGraph, toJSON, validate } from '../../src/index.ts';
import { expectUnchangedPrototypes } from '../hostile/prototypes.ts';

expectUnchangedPrototypes();

const hostileName = fc.constantFrom('__proto__', 'constructor', 'toString', '0', '1.0', ' ', 'a.b', 'ü', '😀', 'null');
const name = fc
  .oneof({ weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 8 }) }, hostileName)
  .filter((n) => !n.includes('/'));

/** Text that looks like a template more often than not, so that what follows YAML is reached. */
const fragments = fc.array(
  fc.oneof(
    fc.constantFrom(
      'heat_template_version: 2018-08-31\n',
      'AWSTemplateFormatVersion: 2010-09-09\n',
      'parameters:\n',
      'resources:\n',
      'outputs:\n',
      'conditions:\n',
      '  a:\n',
      '  b: {type: OS::Heat::None}\n',
      '    type: OS::Neutron::Port\n',
      '    properties: {network: {get_resource: b}}\n',
      '    depends_on: [a, b]\n',
      '    condition: {not: a}\n',
      '    value: {get_attr: [a, b, 0]}\n',
      '{',
      '}',
      '[',
      ']',
      ',',
      ': ',
      '- ',
      '? ',
      '&a ',
      '*a',
      '<<: *a',
      '!!set ',
      '|\n',
      '>-\n',
      '"',
      "'",
      '#',
      '\t',
      '\n',
      '%',
      '---\n',
      '...\n',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
  { maxLength: 40 },
);

describe('any text', () => {
  it.each([
    ['of any characters', fc.string({ unit: 'binary', maxLength: 300 })],
    ['of pieces of templates', fragments.map((pieces) => pieces.join(''))],
    ['that is JSON', fc.json()],
  ])('%s gets a graph or diagnostics with places, and the same ones again', (_, text) => {
    fc.assert(
      fc.property(text, (source) => {
        const first = compile(source);
        expect(first.ok || first.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        for (const { place, message, code } of [...first.diagnostics, ...validate(source)]) {
          expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
          expect(message).not.toBe('');
          if (place !== undefined) expect(Math.min(place.line, place.column)).toBeGreaterThanOrEqual(1);
        }
        const second = compile(source);
        expect(second.diagnostics).toEqual(first.diagnostics);
        expect(second.ok && toJSON(second.graph)).toEqual(first.ok && toJSON(first.graph));
      }),
      { numRuns: 1_000 },
    );
  });

  it('as any part of a template gets an answer', () => {
    const place = fc.constantFrom(
      'parameters',
      'conditions',
      'resources',
      'outputs',
      'parameter_groups',
      'description',
      'environment',
    );
    fc.assert(
      fc.property(place, fc.json({ maxDepth: 6 }), name, (section, json, key) => {
        const inside = `{${JSON.stringify(key)}: ${json}}`;
        const template = (text: string): string =>
          `{"heat_template_version": "2021-04-16", ${JSON.stringify(section)}: ${text}}`;
        for (const text of [template(json), template(inside), template(`{${JSON.stringify(key)}: ${inside}}`)]) {
          const compiled = compile(text, { environments: [json, inside] });
          expect(compiled.ok || compiled.diagnostics.length > 0).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('as the arguments of any function gets an answer', () => {
    const functions = [
      'get_attr',
      'get_file',
      'get_param',
      'get_resource',
      'list_join',
      'str_replace',
      'str_replace_strict',
      'str_replace_vstrict',
      'resource_facade',
      'digest',
      'repeat',
      'map_merge',
      'yaql',
      'map_replace',
      'str_split',
      'if',
      'equals',
      'not',
      'and',
      'or',
      'filter',
      'list_concat',
      'list_concat_unique',
      'contains',
      'make_url',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...functions), fc.json({ maxDepth: 4 }), (call, args) => {
        const value = `{"${call}": ${args}}`;
        const text = `{"heat_template_version": "2021-04-16",
          "conditions": {"c": ${value}},
          "resources": {
            "r": {"type": "OS::Heat::Value", "condition": "c", "properties": {"value": ${value}}},
            "p": {"type": "OS::Neutron::Port", "properties": {"network": ${value}}, "external_id": ${value}}
          },
          "outputs": {"o": {"value": ${value}}}}`;
        const compiled = compile(text);
        expect(compiled.ok || compiled.diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

type Kind = 'depends_on' | 'get_resource' | 'get_attr';

interface Plan {
  readonly names: readonly string[];
  /** Of resources, by index: the later one requires the earlier one. */
  readonly edges: readonly (readonly [requirer: number, required: number, kind: Kind])[];
  /** In which order they are written. */
  readonly written: readonly number[];
}

const plan: fc.Arbitrary<Plan> = fc.uniqueArray(name, { minLength: 1, maxLength: 12 }).chain((names) => {
  const indexes = names.map((_, index) => index);
  const edge = fc
    .tuple(
      fc.nat(names.length - 1),
      fc.nat(names.length - 1),
      fc.constantFrom<Kind>('depends_on', 'get_resource', 'get_attr'),
    )
    .filter(([a, b]) => a !== b)
    .map(([a, b, kind]) => [Math.max(a, b), Math.min(a, b), kind] as const);
  return fc.record({
    names: fc.constant(names),
    edges: names.length === 1 ? fc.constant([]) : fc.array(edge, { maxLength: 30 }),
    written: fc.shuffledSubarray(indexes, { minLength: names.length, maxLength: names.length }),
  });
});

const quoted = (text: string): string => JSON.stringify(text);

function resourceText({ names, edges }: Plan, index: number): string {
  const mine = edges.filter(([requirer]) => requirer === index);
  const of = (kind: Kind): string[] =>
    mine.filter((edge) => edge[2] === kind).map(([, required]) => quoted(names[required] as string));
  const values = [
    ...of('get_resource').map((target) => `{"get_resource": ${target}}`),
    ...of('get_attr').map((target) => `{"get_attr": [${target}, "value"]}`),
  ];
  return `{"type": "OS::Heat::Value", "depends_on": [${of('depends_on').join(', ')}], "properties": {"value": [${values.join(', ')}]}}`;
}

function json(one: Plan): string {
  const resources = one.written.map((index) => `${quoted(one.names[index] as string)}: ${resourceText(one, index)}`);
  return `{"heat_template_version": "2018-08-31", "resources": {${resources.join(', ')}}}`;
}

function yaml(one: Plan): string {
  const resources = one.written.map(
    (index) => `  ? ${quoted(one.names[index] as string)}\n  : ${resourceText(one, index)}\n`,
  );
  return `heat_template_version: 2018-08-31\nresources:\n${resources.join('')}`;
}

function compiledGraph(text: string): TaskGraph {
  const compiled = compile(text);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.graph;
}

const pairs = (graph: TaskGraph): Set<string> =>
  new Set(
    Array.from(graph.edges(), ({ requirer, required }) =>
      JSON.stringify([graph.tasks[requirer]?.id, graph.tasks[required]?.id]),
    ),
  );

describe('any template that has an order', () => {
  it('has the tasks as written and the edges as meant, in JSON and in YAML', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const meant = new Set(one.edges.map(([a, b]) => JSON.stringify([one.names[a], one.names[b]])));
        for (const text of [json(one), yaml(one)]) {
          const graph = compiledGraph(text);
          expect(graph.tasks.map(({ id }) => id)).toEqual(one.written.map((index) => one.names[index]));
          expect(pairs(graph)).toEqual(meant);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is ordered so that everything comes after what it requires; levels agree', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const graph = compiledGraph(json(one));
        const sorted = order(graph);
        if (!sorted.ok) throw new Error('no order');
        expect([...sorted.order].toSorted((a, b) => a - b)).toEqual(graph.tasks.map((_, index) => index));
        const position = new Map(Array.from(sorted.order, (task, at) => [task, at]));
        const level = new Map(levels(graph).flatMap((tasks, at) => Array.from(tasks, (task) => [task, at] as const)));
        for (const { requirer, required } of graph.edges()) {
          expect(position.get(requirer)).toBeGreaterThan(position.get(required) as number);
          expect(level.get(requirer)).toBeGreaterThan(level.get(required) as number);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is taken down in the reverse order, and comes back from JSON', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const graph = compiledGraph(json(one));
        const down = compile(json(one), { action: 'DELETE' });
        const turned = new Set(
          [...pairs(graph)].map((pair) => JSON.stringify((JSON.parse(pair) as string[]).toReversed())),
        );
        expect(down.ok && pairs(down.graph)).toEqual(turned);
        const back = fromJSON(JSON.parse(JSON.stringify(toJSON(graph))));
        expect(back.ok && toJSON(back.graph)).toEqual(toJSON(graph));
      }),
      { numRuns: 200 },
    );
  });

  it('has none with an edge in the other direction as well', () => {
    fc.assert(
      fc.property(
        plan.filter(({ edges }) => edges.length > 0),
        (one) => {
          const [[a, b]] = one.edges as [Plan['edges'][number]];
          const compiled = compile(json({ ...one, edges: [...one.edges, [b, a, 'depends_on']] }));
          expect(compiled.ok).toBe(false);
          expect(compiled.diagnostics.map(({ code }) => code)).toContain('CIRCULAR_DEPENDENCY');
        },
      ),
      { numRuns: 200 },
    );
  });
});
