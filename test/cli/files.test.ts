import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cli, type FileTree, terminalIn } from './fake-terminal.ts';

const HEAD = 'heat_template_version: 2021-04-16\n';

/** A template that gives the contents of a file as its output. */
function gives(reference: string): string {
  return `${HEAD}outputs:\n  text: { value: { get_file: ${JSON.stringify(reference)} } }\n`;
}

async function output(files: FileTree, template = 'a.yaml'): Promise<unknown> {
  const { out, err } = await cli(['run', template, '--format', 'json'], files);
  expect(err).toBe('');
  return JSON.parse(out.trim().split('\n').at(-1) as string).outputs.text;
}

describe('files are read from disk as python-heatclient does', () => {
  test('relative to the file that refers to them', async () => {
    expect(await output({ 'x/a.yaml': gives('y/b.sh'), 'x/y/b.sh': 'right', 'y/b.sh': 'wrong' }, 'x/a.yaml')).toBe(
      'right',
    );
    expect(await output({ 'x/a.yaml': gives('../b.sh'), 'b.sh': 'up' }, 'x/a.yaml')).toBe('up');
  });

  test('by absolute path and by file URL', async () => {
    const terminal = terminalIn({ 'b b.sh': 'text' });
    const path = join(terminal.cwd, 'b b.sh');
    for (const reference of [path, pathToFileURL(path).href])
      expect(await output({ 'a.yaml': gives(reference) })).toBe('text');
  });

  test('by a name in which % stands for a character, as in a URL', async () => {
    expect(await output({ 'a.yaml': gives('b%20c.sh'), 'b c.sh': 'blank' })).toBe('blank');
    expect(await output({ 'a.yaml': gives('100%.sh'), '100%.sh': 'percent' })).toBe('percent');
  });

  test('bytes that are no text arrive as lines of base64', async () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => 200 + (i % 50));
    const text = await output({ 'a.yaml': gives('b.bin'), 'b.bin': bytes });
    // Python's base64.encodebytes: 76 characters a line, and a line break at the end.
    expect(
      String(text)
        .split('\n')
        .map(({ length }) => length),
    ).toEqual([76, 60, 0]);
    expect(Buffer.from(String(text), 'base64')).toEqual(Buffer.from(bytes));
  });

  test('templates of the registry are relative to the environment, or to its base_url', async () => {
    const provider = `${HEAD}resources: {}\n`;
    const files = {
      'a.yaml': `${HEAD}resources:\n  a: { type: "My::Type" }\n`,
      'env/near.yaml': 'resource_registry: { "My::Type": lib/t.yaml }\n',
      'env/lib/t.yaml': provider,
    };
    expect((await cli(['validate', 'a.yaml', '-e', 'env/near.yaml'], files)).err).toBe('a.yaml is fine.\n');
    const terminal = terminalIn({ ...files, 'far/lib/t.yaml': provider });
    const url = pathToFileURL(join(terminal.cwd, 'far')).href;
    writeFileSync(
      join(terminal.cwd, 'far.yaml'),
      `resource_registry: { base_url: "${url}", "My::Type": lib/t.yaml }\n`,
    );
    expect((await cli(['validate', 'a.yaml', '-e', 'far.yaml'], terminal)).err).toBe('a.yaml is fine.\n');
  });
});

describe('a file that can not be had is an error at the line that refers to it', () => {
  test.each([
    ['none.sh', 'there is no such file'],
    ['folder', 'it is a folder'],
    ['a.yaml/b.sh', 'a part of its path is no folder'],
    ['https://example.org/b.sh', 'only files on disk are read, nothing is fetched'],
    ['ftp://example.org/b.sh', 'only files on disk are read, nothing is fetched'],
    ['file://far.example.org/b.sh', 'it is no URL of a file on this machine'],
    ['b\0.sh', 'its name has a character that no file name may have'],
  ])('%j: %s', async (reference, reason) => {
    const terminal = terminalIn({ 'a.yaml': gives(reference) });
    mkdirSync(join(terminal.cwd, 'folder'));
    const { code, err } = await cli(['graph', 'a.yaml'], terminal);
    expect(err).toContain('error[FILE_MISSING]');
    expect(err).toContain(`can not be read: ${reason}.`);
    expect(err).toContain('--> a.yaml:3:30');
    expect(code).toBe(1);
  });

  test('/dev/zero is not read', async () => {
    const { code, err } = await cli(['graph', 'a.yaml'], { 'a.yaml': gives('/dev/zero') });
    expect(err).toContain('it is no regular file');
    expect(code).toBe(1);
  });

  test('so it is for templates in an environment', async () => {
    const files = { 'a.yaml': `${HEAD}resources: {}\n`, 'e.yaml': 'resource_registry:\n  "My::Type": none.yaml\n' };
    const { code, err } = await cli(['graph', 'a.yaml', '-e', 'e.yaml'], files);
    expect(err).toContain("The file 'none.yaml' can not be read: there is no such file.");
    expect(err).toContain('--> e.yaml:2:15');
    expect(code).toBe(1);
  });
});

describe('names in messages', () => {
  test('are relative to the working directory for what lies in it, and whole for the rest', async () => {
    const terminal = terminalIn({ 'x/a.yaml': 'heat_template_version: x\n' });
    const inside = await cli(['validate', join(terminal.cwd, 'x/a.yaml')], terminal);
    expect(inside.err).toContain('--> x/a.yaml:1:');
    const path = join(terminal.cwd, 'x/a.yaml');
    expect((await cli(['validate', path], {})).err).toContain(`--> ${path}:1:`);
  });
});
