import { describe, expect, it } from 'vitest';
import { toGraphlib } from '../../src/graphlib/index.ts';
import { compile, evaluate, fromJSON, levels, order, toDot, toJSON, toMermaid, validate } from '../../src/index.ts';
import { expectUnchangedPrototypes } from './prototypes.ts';

expectUnchangedPrototypes();

/** Names that are keys of every JS object, or that objects sort, split or fold. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'length',
  'then',
  '0',
  '-1',
  '1.0',
  '1e3',
  '007',
  'null',
  'true',
  'undefined',
  '<<',
  '*',
  ' ',
  ' padded ',
  'two words',
  'a.b',
  '.',
  '..',
  'a:b',
  'a,b',
  '$x',
  '#x',
  '"quoted"',
  "it's",
  'back\\slash',
  'tab\there',
  'line\nbreak',
  'Ünïcödé',
  'Ü',
  '日本語',
  '😀',
  '\u202eright to left',
  '\ufeffmark',
  'x'.repeat(10_000),
];

/** JSON, so that every name can be written; names are never keys of an object on the way. */
function templateWith(name: string): string {
  const n = JSON.stringify(name);
  return `{
    "heat_template_version": "2018-08-31",
    "parameters": { "parameter": { "type": "string", "default": "given" } },
    "conditions": { ${n}: { "equals": [{ "get_param": "parameter" }, "given"] }, "never": { "not": ${n} } },
    "resources": {
      "first": { "type": "OS::Heat::Value", "depends_on": [${n}] },
      ${n}: {
        "type": "OS::Heat::Value",
        "condition": ${n},
        "properties": { "value": { "if": [${n}, { ${n}: { "get_param": "parameter" } }, null] } },
        "metadata": { ${n}: ${n} }
      },
      "last": { "type": "OS::Heat::Value", "properties": { "value": { "get_attr": [${n}, "value", ${n}] } } },
      "off": { "type": "OS::Heat::Value", "condition": "never", "properties": { "value": { "get_resource": ${n} } } }
    },
    "outputs": { ${n}: { "condition": ${n}, "value": { "get_resource": ${n} } } }
  }`;
}

describe.each(NAMES)('the name %j', (name) => {
  const compiled = compile(templateWith(name));

  it('compiles: as a resource, a condition, an output and a key', () => {
    expect(compiled.diagnostics).toEqual([]);
    if (!compiled.ok) throw new Error('not ok');
    const { graph, stack } = compiled;
    expect(graph.tasks.map(({ id }) => id)).toEqual(['first', name, 'last']);
    const edges = Array.from(graph.edges(), ({ requirer, required }) => [requirer, required]);
    expect(edges).toEqual([
      [0, 1],
      [2, 1],
    ]);
    expect(order(graph)).toEqual({ ok: true, order: expect.anything() });
    expect(levels(graph)).toEqual([[1], [0, 2]]);
    const value = evaluate(stack.resources[1]?.properties ?? null, stack.runtime);
    expect(value).toEqual(new Map([['value', new Map([[name, 'given']])]]));
  });

  it('compiles: as a parameter', () => {
    const n = JSON.stringify(name);
    const text = `{"heat_template_version": "2018-08-31",
      "parameters": {${n}: {"type": "json", "default": {${n}: "inside"}}},
      "resources": {"a": {"type": "OS::Heat::Value", "properties": {"value": {"get_param": [${n}, ${n}]}}}}}`;
    const used = compile(text);
    expect(used.diagnostics).toEqual([]);
    if (!used.ok) throw new Error('not ok');
    const properties = (stack: typeof used.stack): unknown =>
      evaluate(stack.resources[0]?.properties ?? null, stack.runtime);
    expect(properties(used.stack)).toEqual(new Map([['value', 'inside']]));
    const given = compile(text, { parameters: new Map([[name, new Map([[name, 'given']])]]) });
    expect(given.ok && properties(given.stack)).toEqual(new Map([['value', 'given']]));
  });

  it('comes back from JSON', () => {
    if (!compiled.ok) throw new Error('not ok');
    const json = JSON.stringify(toJSON(compiled.graph));
    const back = fromJSON(JSON.parse(json));
    expect(JSON.stringify(toJSON(back.ok ? back.graph : compiled.graph))).toBe(json);
    expect(back.ok).toBe(true);
  });

  it('can be drawn and handed to graphlib', () => {
    if (!compiled.ok) throw new Error('not ok');
    expect(toDot(compiled.graph)).toContain('->');
    expect(toMermaid(compiled.graph)).toContain('-->');
    expect(toGraphlib(compiled.graph).nodeCount()).toBe(3);
  });
});

describe('names that are nowhere', () => {
  it.each(['__proto__', 'constructor', 'toString', '0'])(
    '%s is no resource, condition, file or type by nature',
    (name) => {
      const n = JSON.stringify(name);
      const text = `{
      "heat_template_version": "2018-08-31",
      "resources": {
        "a": { "type": "OS::Heat::Value", "properties": { "value": { "get_resource": ${n} } } },
        "c": { "type": "OS::Heat::Value", "condition": ${n} },
        "d": { "type": "OS::Heat::Value", "properties": { "value": { "get_file": ${n} } } },
        "e": { "type": ${n} }
      }
    }`;
      const errors = validate(text).filter(({ severity }) => severity === 'error');
      expect(new Set(errors.map(({ place }) => place?.line))).toEqual(new Set([4, 5, 6, 7]));
    },
  );

  it.each(['__proto__', 'constructor'])('%s is no section and no key of a resource', (name) => {
    const n = JSON.stringify(name);
    const text = `{"heat_template_version": "2018-08-31", ${n}: {"polluted": true},
      "resources": {"a": {"type": "OS::Heat::None", ${n}: {"polluted": true}}}}`;
    expect(validate(text).filter(({ severity }) => severity === 'error').length).toBeGreaterThanOrEqual(2);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('__proto__ in options is only a name', () => {
    const text = 'heat_template_version: 2018-08-31\nparameters: {__proto__: {type: json}}\n';
    const given = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
    expect(compile(text, { parameters: given, files: given as Record<string, string> }).diagnostics).toEqual([]);
    const environment = 'parameters: {__proto__: {polluted: true}}\nparameter_defaults: {constructor: 1}\n';
    expect(compile(text, { environments: [environment] }).diagnostics).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
