import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chain, cli } from './fake-terminal.ts';

let folder: string;
let journal: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-journal-'));
  journal = join(folder, 'run.journal');
});
afterEach(() => rmSync(folder, { recursive: true }));

const FILES = { 'abc.yaml': chain('a', 'b', 'c') };

describe('run --journal', () => {
  test('records the run; --resume gives its result again', async () => {
    const { code } = await cli(['run', 'abc.yaml', '--journal', journal], FILES);
    expect(code).toBe(0);
    const text = readFileSync(journal, 'utf8');
    const again = await cli(['run', 'abc.yaml', '--journal', journal], FILES);
    expect(again.code).toBe(64);
    expect(again.err).toContain('--resume goes on with it');
    const resumed = await cli(['run', 'abc.yaml', '--journal', journal, '--resume'], FILES);
    expect(resumed.code).toBe(0);
    expect(readFileSync(journal, 'utf8')).toBe(text);
  });

  test('--resume goes on where the record ends', async () => {
    await cli(['run', 'abc.yaml', '--journal', journal], FILES);
    const lines = readFileSync(journal, 'utf8').split('\n');
    const cut = lines.findIndex((line) => line.includes('"started"') && line.includes('"b"'));
    writeFileSync(journal, `${lines.slice(0, cut + 1).join('\n')}\n`);
    const { code, out } = await cli(['run', 'abc.yaml', '--journal', journal, '--resume', '--format', 'json'], FILES);
    expect(code).toBe(0);
    const started = out.split('\n').filter((line) => line.includes('task-started'));
    expect(started.map((line) => (JSON.parse(line) as { task: string }).task)).toEqual(['b', 'c']);
  });

  test('is refused with another template, with something else, and --resume without it', async () => {
    await cli(['run', 'abc.yaml', '--journal', journal], FILES);
    const other = await cli(['run', 'abc.yaml', '--journal', journal, '--resume'], { 'abc.yaml': chain('a', 'b') });
    expect(other.code).toBe(2);
    expect(other.err).toContain('of another graph');
    writeFileSync(journal, 'something else\n');
    expect((await cli(['run', 'abc.yaml', '--journal', journal], FILES)).code).toBe(64);
    expect((await cli(['run', 'abc.yaml', '--resume'], FILES)).code).toBe(64);
  });

  test('--on-failure rollback deletes what was created', async () => {
    const args = ['run', 'abc.yaml', '--on-failure', 'rollback', '--simulate-failure', 'b', '--format', 'json'];
    const { code, out } = await cli([...args, '--journal', journal], FILES);
    expect(code).toBe(2);
    const types = out.split('\n').map((line) => (line === '' ? '' : (JSON.parse(line) as { type: string }).type));
    expect(types).toContain('rollback-started');
    expect(
      (
        await cli(
          args.filter((arg) => arg !== '--format' && arg !== 'json'),
          FILES,
        )
      ).code,
    ).toBe(2);
  });
});
