import { describe, expect, it } from 'vitest';
import { compile, validate } from '../../src/compile/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

const HEAD = `heat_template_version: 2021-04-16
resources:
  server: {type: OS::Nova::Server, properties: {flavor: m, image: i, networks: [{network: n}]}}
`;

function problems(components: string, options: object = {}): readonly Diagnostic[] {
  return validate({ text: `${HEAD}${components}`, name: 't.yaml' }, { components: true, ...options });
}

/** Code and line of each, the hint where there is one. */
function told(components: string): string[] {
  return problems(components).map(({ code, place, hint }) =>
    [`${place?.line}: ${code}`, ...(hint === undefined ? [] : [hint])].join(' | '),
  );
}

describe('the section components', () => {
  it('is refused as Heat does, unless the option is on', () => {
    const text = `${HEAD}components:\n  a: {hosted_on: server}\n`;
    expect(validate(text)).toMatchObject([
      { code: 'SECTION_UNKNOWN', heat: 'InvalidTemplateSection', hint: expect.stringContaining('components: true') },
    ]);
    expect(validate(text, { components: true })).toEqual([]);
  });

  it('is for HOT only', () => {
    const cfn = 'HeatTemplateFormatVersion: 2012-12-12\nResources: {}\ncomponents: {}\n';
    expect(validate(cfn, { components: true })).toMatchObject([{ code: 'SECTION_UNKNOWN' }]);
  });

  it('is a map', () => {
    expect(told('components: [a]\n')).toEqual(['4: SECTION_NOT_A_MAP']);
    expect(told('components:\n')).toEqual([]);
    expect(told('components: {}\n')).toEqual([]);
  });

  it('takes the form of August 2013 and the short form for the same', () => {
    const tasks = (text: string): unknown => {
      const result = compile(`${HEAD}${text}`, { components: true });
      return (
        result.ok &&
        Array.from(result.graph.edges(), ({ requirer, required, reasons }) => [
          result.graph.tasks[requirer]?.id,
          result.graph.tasks[required]?.id,
          reasons.map(({ kind }) => kind),
        ])
      );
    };
    const short = tasks('components:\n  a: {hosted_on: server}\n  b: {hosted_on: server, depends_on: a}\n');
    const long = tasks(`components:
  a: {relationships: [{hosted_on: server}]}
  b: {relationships: [{hosted_on: server}, {depends_on: a}]}
`);
    const both = tasks(`components:
  a: {relationships: [{hosted_on: server}], hosted_on: server}
  b: {hosted_on: server, depends_on: [a], relationships: [{hosted_on: server}, {depends_on: a}]}
`);
    expect(short).toEqual([
      ['a/create', 'server', ['hosted_on']],
      ['b/create', 'server', ['hosted_on']],
      ['b/create', 'a/create', ['depends_on']],
    ]);
    expect(long).toEqual(short);
    expect(both).toEqual(short);
  });

  it('tells everything that is wrong at once, with places', () => {
    expect(
      told(`components:
  1: {}
  a/b: {}
  server: {}
  list: []
  wrong:
    host_on: server
    hosted_on: [server]
    depends_on: {x: 1}
    relationships: [hosted_on, {depend_on: a}, {a: 1, b: 2}, {depends_on: 3}]
    properties: []
    inputs: [a]
    outputs: a
    scripts: {crate: x, create: [x]}
    type: 7
`),
    ).toEqual([
      "5: NAME_NOT_TEXT | YAML reads it as another type; write it in quotes: '1'.",
      '6: COMPONENT_NAME_SLASH',
      '7: NAME_TWICE',
      '8: COMPONENT_NOT_A_MAP',
      "10: COMPONENT_KEY_UNKNOWN | Did you mean 'hosted_on'?",
      '11: COMPONENT_FIELD_TYPE',
      '12: COMPONENT_FIELD_TYPE',
      '13: COMPONENT_FIELD_TYPE',
      "13: COMPONENT_KEY_UNKNOWN | Did you mean 'depends_on'?",
      '13: COMPONENT_RELATIONSHIP',
      '13: COMPONENT_FIELD_TYPE',
      '18: COMPONENT_FIELD_TYPE',
      '14: COMPONENT_FIELD_TYPE',
      '15: COMPONENT_FIELD_TYPE',
      '16: COMPONENT_FIELD_TYPE',
      "17: COMPONENT_KEY_UNKNOWN | Did you mean 'create'?",
      '17: COMPONENT_FIELD_TYPE',
    ]);
  });

  it('looks names up', () => {
    expect(
      told(`components:
  a: {hosted_on: sever, depends_on: [b, b, a], connects_to: c}
  b: {relationships: [{hosted_on: server}, {hosted_on: a}]}
`),
    ).toEqual([
      '5: COMPONENT_RELATED_TWICE | Remove this one.',
      '5: COMPONENT_OF_ITSELF',
      '6: COMPONENT_HOSTED_TWICE | For several hosts write a component for each.',
      "5: COMPONENT_RELATED_UNKNOWN | Did you mean 'server'?",
      '5: COMPONENT_RELATED_UNKNOWN',
    ]);
  });

  it('knows what a component gives', () => {
    const section = `components:
  a: {hosted_on: server, outputs: [url], scripts: {create: x}}
  b: {hosted_on: server, inputs: {url: {get_attr: [a, url]}, ok: {get_attr: [a, deploy_stdout]}}}
  c: {hosted_on: server, inputs: {url: {get_attr: [a, uri]}, own: {get_attr: [c, x]}, none: {get_attr: [d, x]}}}
`;
    expect(problems(section).map(({ code, path }) => [code, path?.slice(0, 4).join('.')])).toEqual([
      ['FUNCTION_INVALID', 'components.c.inputs.url'],
      ['FUNCTION_INVALID', 'components.c.inputs.own'],
      ['COMPONENT_OF_ITSELF', 'components.c.inputs.own'],
      ['REFERENCE_UNKNOWN', 'components.c.inputs.none'],
    ]);
  });

  it('takes configs in the form of OS::Heat::SoftwareComponent, or scripts', () => {
    expect(
      told(`components:
  a:
    scripts: {create: x}
    configs: []
  b: {configs: []}
  c: {configs: [{actions: [CREATE], config: x, tool: script}, {config: y}]}
  d: {configs: [{actions: [], config: x, tool: script, group: x}, 7]}
  e: {configs: [{actions: [CREATE, MY_OWN], config: x, tool: script}]}
`),
    ).toEqual([
      '7: COMPONENT_SCRIPTS_AND_CONFIGS',
      '8: COMPONENT_CONFIGS_EMPTY',
      '9: COMPONENT_TOOL_MISSING',
      '9: COMPONENT_ACTION_TWICE',
      '10: COMPONENT_KEY_UNKNOWN',
      '10: COMPONENT_CONFIGS_EMPTY',
      '10: COMPONENT_FIELD_TYPE',
    ]);
  });

  it('refuses types that nobody knows, and takes those of the catalog and the environment', () => {
    expect(told('components:\n  a: {type: OS::Heat::SoftwareConfg}\n')).toEqual([
      expect.stringContaining("RESOURCE_TYPE_UNKNOWN | Did you mean 'OS::Heat::SoftwareConfig'"),
    ]);
    const environment = 'resource_registry: {"My::Chef": "OS::Heat::SoftwareConfig"}\n';
    expect(problems('components:\n  a: {type: My::Chef}\n', { environments: [environment] })).toEqual([]);
    expect(problems('components:\n  a: {type: My::Chef}\n', { unknownTypes: 'accept' })).toEqual([]);
  });

  it('drops a depends_on to what its condition disabled, and refuses such a host', () => {
    const conditional = (component: string): readonly Diagnostic[] =>
      validate(
        `heat_template_version: 2021-04-16
conditions: {never: false}
resources:
  gone: {type: OS::Heat::RandomString, condition: never}
components:
  a: ${component}
`,
        { components: true },
      );
    expect(conditional('{depends_on: gone}')).toEqual([]);
    expect(conditional('{hosted_on: gone}')).toMatchObject([
      { code: 'REFERENCE_DISABLED', related: [{ place: { line: 4 } }] },
    ]);
  });

  it('finds cycles with the place of every edge', () => {
    const [problem] = problems('components:\n  a: {hosted_on: b}\n  b: {depends_on: c}\n  c: {depends_on: a}\n');
    expect(problem).toMatchObject({ code: 'CIRCULAR_DEPENDENCY' });
    expect(problem?.related?.map(({ place }) => place?.line).sort()).toEqual([5, 6, 7]);
  });

  it('takes any name', () => {
    const names = ['__proto__', 'constructor', '0', '', 'a.b', 'two words', 'größe', 'toString'];
    const section = names
      .map((name) => `  ${JSON.stringify(name)}: {hosted_on: server, scripts: {create: x}}`)
      .join('\n');
    const result = compile(`${HEAD}components:\n${section}\n`, { components: true });
    expect(result.ok && result.graph.tasks.map(({ id }) => id)).toEqual([
      'server',
      ...names.map((name) => `${name}/create`),
    ]);
  });
});
