import { describe, expect, test } from 'vitest';
import { chain, cli } from './fake-terminal.ts';

const HEAD = 'heat_template_version: 2021-04-16\n';
const FILES = {
  'good.yaml': chain('a', 'b'),
  'wrong.yaml': `${HEAD}resources:\n  a: { type: "OS::Heat::Nothing" }\n  b: { type: "OS::Heat::None", depends_on: c }\n`,
  'open.yaml': `${HEAD}parameters:\n  x: { type: string }\n`,
  'latin1.yaml': Buffer.from(`${HEAD}description: caf\xe9\n`, 'latin1'),
  'broken.env': 'resource_registri: {}\n',
};

describe('validate', () => {
  test('says that a template is fine', async () => {
    const { code, out, err } = await cli(['validate', 'good.yaml'], FILES);
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'good.yaml is fine.\n' });
  });

  test('says everything that is wrong, with the lines, and a summary', async () => {
    const { code, out, err } = await cli(['validate', 'wrong.yaml'], FILES);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const [first = '', second = '', summary] = err.split('\n\n');
    expect(first).toMatch(/^error\[RESOURCE_TYPE_UNKNOWN\]: There is no resource type 'OS::Heat::Nothing'\.\n/);
    expect(first).toContain(`
  --> wrong.yaml:3:14
    |
  2 | resources:
  3 |   a: { type: "OS::Heat::Nothing" }
    |              ^^^^^^^^^^^^^^^^^^^
  4 |   b: { type: "OS::Heat::None", depends_on: c }
  expected: `);
    expect(second).toContain('--> wrong.yaml:4:44\n');
    expect(summary).toBe('2 errors\nwrong.yaml is wrong.\n');
  });

  test('takes a parameter without value as a warning', async () => {
    const { code, err } = await cli(['validate', 'open.yaml'], FILES);
    expect(err).toContain('warning[PARAMETER_MISSING]');
    expect(code).toBe(0);
  });

  test('takes several templates; what they share is said once', async () => {
    const { code, err } = await cli(['validate', 'good.yaml', 'wrong.yaml', 'open.yaml', '-e', 'broken.env'], FILES);
    expect(err.match(/ENVIRONMENT_SECTION_UNKNOWN/g)).toHaveLength(1);
    expect(err).toMatch(/\n0 of 3 templates are fine\.\n$/);
    expect(code).toBe(1);
    expect((await cli(['validate', 'good.yaml', 'open.yaml'], FILES)).err).toMatch(/\nAll 2 templates are fine\.\n$/);
  });

  test('points at what is no UTF-8, and says nothing of what it would mean', async () => {
    const { code, err } = await cli(['validate', 'latin1.yaml'], FILES);
    expect(err).toContain('error[NOT_UTF8]');
    expect(err).toContain('--> latin1.yaml:2:17');
    expect(err).toContain('1 error\n');
    expect(code).toBe(1);
  });
});

describe('validate --format json', () => {
  test('prints one document, whatever the number of templates', async () => {
    const { code, out, err } = await cli(['validate', 'good.yaml', 'wrong.yaml', '--format', 'json'], FILES);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const document = JSON.parse(out);
    expect(document).toMatchObject({ ok: false, errors: 2, warnings: 0 });
    expect(document.templates.map((one: { template: string; ok: boolean }) => [one.template, one.ok])).toEqual([
      ['good.yaml', true],
      ['wrong.yaml', false],
    ]);
    expect(document.templates[1].diagnostics[0]).toEqual({
      hint: expect.any(String),
      code: 'RESOURCE_TYPE_UNKNOWN',
      severity: 'error',
      message: "There is no resource type 'OS::Heat::Nothing'.",
      place: { source: 'wrong.yaml', line: 3, column: 14, endLine: 3, endColumn: 33 },
      path: ['resources', 'a', 'type'],
      expected: 'a resource type that Heat or the environment knows',
      heat: 'StackValidationFailed',
      stage: 'resources',
    });
  });

  test('has paths of every kind of key', async () => {
    const files = { 'a.yaml': `${HEAD}parameters:\n  12345678901234567890: {}\n  1.0: {}\n` };
    const { out } = await cli(['validate', 'a.yaml', '--format', 'json'], files);
    expect(out).toContain('"$int": "12345678901234567890"');
    expect(out).toContain('"$float": "1.0"');
  });
});
