import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/index.ts';
import { chain, cli, type FakeTerminal, terminalIn } from './fake-terminal.ts';

const CHAIN = { 'abc.yaml': chain('a', 'b', 'c') };
const VALUES = `heat_template_version: 2021-04-16
parameters:
  secret: { type: string, hidden: true, default: s3cret }
resources:
  a:
    type: OS::Nova::Server
    properties: { flavor: m1, image: i, user_data: { get_param: secret } }
  b:
    type: OS::Nova::Server
    properties: { flavor: { get_attr: [a, first_address] }, image: i }
outputs:
  size: { value: { get_attr: [a, first_address] } }
  both: { value: [{ get_resource: a }, { get_resource: b }] }
`;
const HANDLERS = `export default {
  'OS::Nova::Server': {
    create({ task, properties, log }) {
      log('making ' + task.name);
      return { physicalId: task.name + '-id', attributes: { first_address: properties.flavor + '+' } };
    },
  },
};
`;

interface Line {
  readonly type: string;
  readonly [key: string]: unknown;
}

function lines(out: string): Line[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('run', () => {
  test('runs every task on a simulated cloud, tells each, and sums up', async () => {
    const { code, out, err } = await cli(['run', 'abc.yaml'], CHAIN);
    expect(err.replace(/\d+(\.\d)? m?s/g, '0 ms')).toBe(`COMPLETE   a         OS::Heat::TestResource  0 ms
COMPLETE   b         OS::Heat::TestResource  0 ms
COMPLETE   c         OS::Heat::TestResource  0 ms

CREATE of abc.yaml: COMPLETE. 3 tasks in 0 ms.
`);
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  test('with --action delete goes the other way', async () => {
    const { code, err } = await cli(['run', 'abc.yaml', '--action', 'delete'], CHAIN);
    expect(err).toMatch(/COMPLETE {3}c [\s\S]*COMPLETE {3}b [\s\S]*COMPLETE {3}a [\s\S]*DELETE of abc\.yaml: COMPLETE/);
    expect(code).toBe(0);
  });

  test('shows where a failed resource stands, and answers 2', async () => {
    const { code, err } = await cli(['run', 'abc.yaml', '--simulate-failure', 'b'], CHAIN);
    expect(err).toContain('SKIPPED    c         because of b\n');
    expect(err).toContain("error[HANDLER_FAILED]: b: simulated failure of 'b', attempt 1\n  --> abc.yaml:5:3");
    expect(err).toMatch(/FAILED\. 1 of 3 tasks complete, 1 failed, 1 skipped, in .*\.\n$/);
    expect(code).toBe(2);
  });

  test('--on-failure continue goes on with what does not require the failed task', async () => {
    const files = { 'a.yaml': `${chain('a', 'b')}${chain('c', 'd', 'e').split('resources:\n')[1]}` };
    const argv = ['run', 'a.yaml', '--simulate-failure', 'a', '--concurrency', '1'];
    const stopped = await cli(argv, files);
    expect(stopped.err).toContain('1 of 5 tasks complete, 1 failed, 1 skipped, 2 cancelled');
    const continued = await cli([...argv, '--on-failure', 'continue'], files);
    expect(continued.err).toContain('3 of 5 tasks complete, 1 failed, 1 skipped');
    expect([stopped.code, continued.code]).toEqual([2, 2]);
  });

  test('the same seed gives the same cloud, another seed another', async () => {
    const ids = async (seed: string) => {
      const { out } = await cli(['run', 'abc.yaml', '--format', 'json', '--seed', seed], CHAIN);
      const { tasks } = lines(out).at(-1) as unknown as { tasks: { physicalId: string }[] };
      return tasks.map(({ physicalId }) => physicalId);
    };
    expect(await ids('7')).toEqual(await ids('7'));
    expect(await ids('7')).not.toEqual(await ids('8'));
  });

  test('a wrong template runs nothing', async () => {
    const { code, out, err } = await cli(['run', 'a.yaml', '--format', 'json'], { 'a.yaml': 'a: b\n' });
    expect(err).toContain('error[VERSION_MISSING]');
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });
});

describe('run --handlers', () => {
  const FILES = { 'v.yaml': VALUES, 'handlers.mjs': HANDLERS };

  test('lets a module do the work, and shows the outputs', async () => {
    const { code, err } = await cli(['run', 'v.yaml', '--handlers', 'handlers.mjs'], FILES);
    expect(err).toContain('LOG        a         making a\n');
    expect(err).toContain('\nOutputs:\n  size  m1+\n  both  ["a-id","b-id"]\n');
    expect(code).toBe(0);
  });

  test('says which handlers are missing, before anything runs', async () => {
    const files = { ...FILES, 'handlers.mjs': 'export default {};\n' };
    const { code, err } = await cli(['run', 'v.yaml', '--handlers', './handlers.mjs'], files);
    expect(err).toContain("error[HANDLER_MISSING]: There is no handler for 'OS::Nova::Server'");
    expect(err).toContain('0 of 2 tasks complete, 2 cancelled');
    expect(code).toBe(2);
  });

  test.each([
    ['export const x = 1;\n', 'has no handlers: its default export must be an object'],
    ['export default 5;\n', 'has no handlers: its default export must be an object'],
    ['throw new Error("broken\\nmodule");\n', 'can not be loaded: broken\\nmodule'],
    ['this is no JavaScript\n', 'can not be loaded: '],
  ])('of %j is wrong usage', async (text, message) => {
    const { code, err } = await cli(['run', 'v.yaml', '--handlers', 'h.mjs'], { ...FILES, 'h.mjs': text });
    expect(err).toContain(message);
    expect(err.trimEnd()).not.toContain('\n');
    expect(code).toBe(64);
  });

  test('masks hidden values in what is shown on the way', async () => {
    const handlers = `export default { '*': ({ properties, log }) => { log('got ' + properties.user_data); throw new Error(properties.user_data ?? 'x'); } };\n`;
    const argv = ['run', 'v.yaml', '--handlers', 'h.mjs'];
    const files = { ...FILES, 'h.mjs': handlers };
    for (const { out, err } of [await cli(argv, files), await cli([...argv, '--format', 'json'], files)]) {
      expect(out + err).toContain('got ******');
      expect(out + err).not.toContain('got s3cret');
    }
  });
});

describe('run --format json', () => {
  test('prints an event a line, and the result as the last one', async () => {
    const { code, out, err } = await cli(['run', 'abc.yaml', '--format', 'json', '--simulate-failure', 'c'], CHAIN);
    const all = lines(out);
    expect(all.map(({ type, task }) => (typeof task === 'string' ? `${type} ${task}` : type))).toEqual([
      'run-started',
      'task-started a',
      'task-completed a',
      'task-started b',
      'task-completed b',
      'task-started c',
      'task-failed c',
      'run-finished',
      'result',
    ]);
    const result = all.at(-1);
    expect(result).toMatchObject({ status: 'FAILED', outputs: {}, diagnostics: [] });
    expect(result?.tasks).toMatchObject([
      { task: 'a', status: 'COMPLETE', attempts: 1, physicalId: expect.any(String) },
      { task: 'b', status: 'COMPLETE' },
      { task: 'c', status: 'FAILED', error: { code: 'HANDLER_FAILED' } },
    ]);
    expect({ code, err }).toEqual({ code: 2, err: '' });
  });

  test('holds any name', async () => {
    const template = `heat_template_version: 2021-04-16
resources: { __proto__: { type: OS::Heat::None }, constructor: { type: OS::Heat::None } }
outputs: { __proto__: { value: { get_resource: __proto__ } }, "": { value: 1 }, "7": { value: 2 } }
`;
    const { out } = await cli(['run', 'a.yaml', '--format', 'json'], { 'a.yaml': template });
    const result = lines(out).at(-1) as unknown as { outputs: object; tasks: { task: string }[] };
    expect(Object.keys(result.outputs).sort()).toEqual(['', '7', '__proto__']);
    expect(result.tasks.map(({ task }) => task)).toEqual(['__proto__', 'constructor']);
  });
});

describe('run --picture', () => {
  test.each([
    ['x.svg', '<svg'],
    ['x.html', '<!doctype html>'],
    ['x.dot', 'digraph'],
    ['x.mmd', 'flowchart'],
  ])('draws into %s how far each task came', async (name, start) => {
    const argv = ['run', 'abc.yaml', '--simulate-failure', 'b', '--picture', name];
    const { code, err, terminal } = await cli(argv, CHAIN);
    const text = readFileSync(join(terminal.cwd, name), 'utf8');
    expect(text).toContain(start);
    for (const status of ['COMPLETE', 'FAILED', 'SKIPPED']) expect(text).toContain(status);
    expect(err).toMatch(new RegExp(`\nWrote ${name}\\.\n$`));
    expect(code).toBe(2);
  });
});

describe('a picture that can not be written', () => {
  test('changes nothing about the run', async () => {
    const { code, err } = await cli(['run', 'abc.yaml', '--picture', 'abc.yaml/x.dot'], CHAIN);
    expect(err).toMatch(/COMPLETE\. 3 tasks in .*\n\n'abc\.yaml\/x\.dot' can not be written: .*\n$/);
    expect(code).toBe(0);
  });
});

describe('Ctrl+C', () => {
  test('lets tasks in progress end, and starts nothing more', async () => {
    const terminal = terminalIn({
      ...CHAIN,
      'h.mjs': `export default { '*': ({ signal, log }) => {
        log('begun');
        return new Promise((resolve) => setTimeout(() => resolve({ physicalId: String(signal.aborted) }), 50));
      } };\n`,
    });
    interruptAt(terminal, 'begun');
    const { code, err } = await cli(['run', 'abc.yaml', '--handlers', 'h.mjs'], terminal);
    expect(err).toContain('Stopping: waiting for 1 task in progress.\n');
    expect(err).toMatch(/CANCELLED\. 1 of 3 tasks complete, 2 cancelled, in .*\.\n$/);
    expect(code).toBe(2);
  });

  test('twice asks tasks in progress to stop', async () => {
    const terminal = terminalIn({
      ...CHAIN,
      'h.mjs': `export default { '*': ({ signal, log }) => {
        log('begun');
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      } };\n`,
    });
    interruptAt(terminal, 'begun', 2);
    const { code, err } = await cli(['run', 'abc.yaml', '--handlers', 'h.mjs'], terminal);
    expect(err).toContain('Stopping: waiting for 1 task in progress.\n');
    expect(err).toMatch(/CANCELLED\. 0 of 3 tasks complete, 3 cancelled, in .*\.\n$/);
    expect(code).toBe(2);
  });
});

function interruptAt(terminal: FakeTerminal, word: string, times = 1): void {
  terminal.err.onWrite = (text) => {
    if (!text.includes(word)) return;
    for (let i = 0; i < times; i++) setImmediate(() => terminal.interrupt());
  };
}

describe('run --report and --gantt', () => {
  const failing = ['run', 'abc.yaml', '--simulate-failure', 'b', '--simulate-delay', '1:2'];

  test('say where the time went on standard output, progress on standard error', async () => {
    const { out, err, code } = await cli([...failing, '--report', '-'], CHAIN);
    expect(out).toMatch(
      /^Run \S+: FAILED after .*\. 3 tasks: 1 complete, 1 failed, 1 skipped\.\n\nCritical path: 2 tasks/,
    );
    expect(err).toContain('CREATE of abc.yaml: FAILED');
    expect(code).toBe(2);
  });

  test('to a file as text, or as JSON by its ending', async () => {
    const terminal = terminalIn(CHAIN);
    await cli([...failing, '--report', 'out/report.txt'], terminal);
    await cli([...failing, '--report', 'report.json'], terminal);
    expect(readFileSync(join(terminal.cwd, 'out/report.txt'), 'utf8')).toContain('Slowest:');
    const report = JSON.parse(readFileSync(join(terminal.cwd, 'report.json'), 'utf8')) as RunReport;
    expect(report.tasks.map(({ task, status }) => [task, status])).toEqual([
      ['a', 'COMPLETE'],
      ['b', 'FAILED'],
      ['c', 'SKIPPED'],
    ]);
    expect(terminal.err.text).toContain('Wrote report.json.');
    expect(terminal.out.text).toBe('');
  });

  test('with --format json the report is the last line', async () => {
    const { out } = await cli(['run', 'abc.yaml', '--format', 'json', '--report', '-'], CHAIN);
    expect(
      lines(out)
        .map(({ type }) => type)
        .slice(-3),
    ).toEqual(['run-finished', 'result', 'report']);
  });

  test('draw when each task ran', async () => {
    const terminal = terminalIn(CHAIN);
    await cli([...failing, '--gantt', 'a.svg'], terminal);
    await cli([...failing, '--gantt', 'a.mmd'], terminal);
    expect(readFileSync(join(terminal.cwd, 'a.svg'), 'utf8')).toMatch(/^<svg [^>]*aria-label="abc.yaml"/);
    expect(readFileSync(join(terminal.cwd, 'a.mmd'), 'utf8')).toMatch(/^gantt\n {2}title abc\.yaml\n/);
  });

  test('that can not be written change nothing about the run', async () => {
    const { code, err } = await cli(['run', 'abc.yaml', '--gantt', 'abc.yaml/x.svg'], CHAIN);
    expect(err).toContain("'abc.yaml/x.svg' can not be written");
    expect(code).toBe(0);
  });

  test('show no hidden value', async () => {
    const terminal = terminalIn({
      'a.yaml': VALUES,
      'h.mjs': HANDLERS.replace("log('making ' + task.name)", 'throw new Error(properties.user_data)'),
    });
    await cli(['run', 'a.yaml', '--handlers', './h.mjs', '--report', '-', '--gantt', 'a.svg'], terminal);
    const shown = terminal.out.text + readFileSync(join(terminal.cwd, 'a.svg'), 'utf8');
    expect(shown).toContain('******');
    expect(shown).not.toContain('s3cret');
  });
});
