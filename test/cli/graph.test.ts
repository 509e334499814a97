import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromJSON, type TaskGraph } from '../../src/index.ts';
import { chain, cli, terminalIn } from './fake-terminal.ts';

const FILES = { 'ab.yaml': chain('a', 'b'), 'sub/cd.yaml': chain('c', 'd') };
const WRONG = { ...FILES, 'wrong.yaml': `${chain('a')}    depends_on: nobody\n` };

function graphOf(json: unknown): TaskGraph {
  const read = fromJSON(json);
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
  return read.graph;
}

describe('graph prints the task graph', () => {
  test('as JSON that the library reads again', async () => {
    const { code, out, err } = await cli(['graph', 'ab.yaml'], FILES);
    const graph = graphOf(JSON.parse(out));
    expect(graph.tasks.map(({ id, action }) => [id, action])).toEqual([
      ['a', 'CREATE'],
      ['b', 'CREATE'],
    ]);
    expect(graph.hasEdge(1, 0)).toBe(true);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('the other way round for --action delete', async () => {
    const { out } = await cli(['graph', 'ab.yaml', '--action', 'delete'], FILES);
    const graph = graphOf(JSON.parse(out));
    expect(graph.tasks[0]?.action).toBe('DELETE');
    expect(graph.hasEdge(0, 1)).toBe(true);
  });

  test.each([
    ['dot', /^digraph tasks \{[\s\S]*n0 -> n1/],
    ['mermaid', /flowchart TB[\s\S]*n0 --> n1/],
    ['svg', /^<\?xml[\s\S]*<svg[\s\S]*ab\.yaml[\s\S]*<\/svg>\n$/],
    ['html', /^<!doctype html>[\s\S]*<svg[\s\S]*<\/html>\n$/],
  ])('as %s', async (format, expected) => {
    const { code, out } = await cli(['graph', 'ab.yaml', '--format', format], FILES);
    expect(out).toMatch(expected);
    expect(code).toBe(0);
  });

  test('of a template on standard input, which diagnostics call <stdin>', async () => {
    const terminal = terminalIn({ 'script.sh': 'echo' });
    terminal.input = 'heat_template_version: 2021-04-16\noutputs: { o: { value: { get_file: script.sh } } }\n';
    expect((await cli(['graph', '-'], terminal)).code).toBe(0);
    const broken = terminalIn({});
    broken.input = 'heat_template_version: x\n';
    expect((await cli(['graph', '-'], broken)).err).toContain('--> <stdin>:1:24');
  });

  test('the same text every time', async () => {
    for (const format of ['json', 'dot', 'mermaid', 'svg', 'html']) {
      const argv = ['graph', 'ab.yaml', '--format', format];
      expect((await cli(argv, FILES)).out).toBe((await cli(argv, FILES)).out);
    }
  });
});

describe('--output', () => {
  test('writes a file whose ending chooses the format, and says so', async () => {
    const { code, out, err, terminal } = await cli(['graph', 'ab.yaml', '-o', 'new/folder/x.mmd'], FILES);
    expect(readFileSync(join(terminal.cwd, 'new/folder/x.mmd'), 'utf8')).toContain('flowchart');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'Wrote new/folder/x.mmd: 2 tasks, 1 edges.\n' });
  });

  test('gives way to --format', async () => {
    const { terminal } = await cli(['graph', 'ab.yaml', '-o', 'x.mmd', '--format', 'dot'], FILES);
    expect(readFileSync(join(terminal.cwd, 'x.mmd'), 'utf8')).toMatch(/^digraph/);
  });

  test('is a folder for several templates', async () => {
    const { code, terminal } = await cli(['graph', 'ab.yaml', 'sub/cd.yaml', '--format', 'svg', '-o', 'all'], FILES);
    expect(code).toBe(0);
    for (const name of ['all/ab.svg', 'all/cd.svg']) expect(existsSync(join(terminal.cwd, name))).toBe(true);
  });

  test('does not write two templates of one name to one file', async () => {
    const files = { 'x/a.yaml': chain('a'), 'y/a.yaml': chain('a') };
    const { code, err } = await cli(['graph', 'x/a.yaml', 'y/a.yaml', '-o', 'all', '--format', 'dot'], files);
    expect(err).toContain("'x/a.yaml' and 'y/a.yaml' would both be written to 'all/a.dot'");
    expect(code).toBe(64);
  });
});

describe('several templates', () => {
  test('are a list of {template, graph} as JSON', async () => {
    const { out } = await cli(['graph', 'ab.yaml', 'sub/cd.yaml'], FILES);
    const list = JSON.parse(out) as { template: string; graph: unknown }[];
    expect(list.map(({ template, graph }) => [template, graphOf(graph).tasks.map(({ id }) => id)])).toEqual([
      ['ab.yaml', ['a', 'b']],
      ['sub/cd.yaml', ['c', 'd']],
    ]);
  });

  test('a wrong one does not keep the others back', async () => {
    const { code, out, err } = await cli(['graph', 'ab.yaml', 'wrong.yaml', 'sub/cd.yaml'], WRONG);
    expect(JSON.parse(out)).toHaveLength(2);
    expect(err).toContain("There is no resource 'nobody'");
    expect(code).toBe(1);
  });
});

describe('a template that is wrong', () => {
  test('gives its diagnostics on standard error, nothing on standard output, and exit code 1', async () => {
    const { code, out, err } = await cli(['graph', 'wrong.yaml'], WRONG);
    expect(err).toContain('error[REFERENCE_UNKNOWN]');
    expect(err).toContain('--> wrong.yaml:5:17');
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });

  test('--components reads that section, which Heat refuses', async () => {
    const text = `${chain('host')}components:\n  app: {hosted_on: host, scripts: {create: run}}\n`;
    expect((await cli(['graph', 'a.yaml'], { 'a.yaml': text })).code).toBe(1);
    const { out } = await cli(['graph', 'a.yaml', '--components'], { 'a.yaml': text });
    expect(graphOf(JSON.parse(out)).tasks.map(({ id }) => id)).toEqual(['host', 'app/create']);
  });

  test('--accept-unknown-types lets unknown types pass', async () => {
    const files = { 'a.yaml': 'heat_template_version: 2021-04-16\nresources: { a: { type: "My::Own::Type" } }\n' };
    expect((await cli(['graph', 'a.yaml'], files)).code).toBe(1);
    expect((await cli(['graph', 'a.yaml', '--accept-unknown-types'], files)).code).toBe(0);
  });
});

describe('colours', () => {
  test.each([
    [[], false, {}, false],
    [[], true, {}, true],
    [[], true, { NO_COLOR: '1' }, false],
    [[], true, { NO_COLOR: '' }, true],
    [[], true, { TERM: 'dumb' }, false],
    [['--color', 'never'], true, {}, false],
    [['--color', 'always'], false, { NO_COLOR: '1' }, true],
    [['--color', 'auto'], false, {}, false],
  ])('%j, terminal %j, %j: %j', async (argv, isTerminal, env, coloured) => {
    const terminal = terminalIn(WRONG);
    terminal.err.isTerminal = isTerminal;
    Object.assign(terminal.env, env);
    const { err } = await cli(['graph', 'wrong.yaml', ...argv], terminal);
    expect(err.includes('\u001b[')).toBe(coloured);
  });
});
