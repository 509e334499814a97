import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal, JournalRecord } from '../../src/journal/journal.ts';
import { openFileJournal } from '../../src/journal-file/file-journal.ts';
import { journalConformance } from '../../src/testing/journal-conformance.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(folder, 'run.journal');
});

afterEach(() => rmSync(folder, { recursive: true }));

async function contents(journal: Journal): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of journal.read()) records.push(record);
  return records;
}

async function write(records: readonly JournalRecord[]): Promise<void> {
  const journal = await openFileJournal(file);
  await journal.append(records);
  await journal.close();
}

async function reread(): Promise<JournalRecord[]> {
  const journal = await openFileJournal(file);
  const records = await contents(journal);
  await journal.close();
  return records;
}

const A = { type: 'a', text: 'ä' };
const B = { type: 'b', list: [1, { x: null }] };

describe('a journal in a file', () => {
  describe.each([0, 5])('that is flushed every %d ms', (flushEvery) => {
    it.each(journalConformance(() => ({ open: () => openFileJournal(file, { flushEvery }) })))('$name', ({ run }) =>
      expect(run()).resolves.toBeUndefined(),
    );
  });

  it('is JSON lines, one for each batch, the first of which says what it is', async () => {
    await write([A]);
    await write([B, A]);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as unknown[]).slice(1))).toEqual([
      [{ type: 'heat-task-graph journal', version: 1 }],
      [A],
      [B, A],
    ]);
  });

  it('loses the batch that was being written, wherever it was cut off, and no other', async () => {
    await write([A]);
    const before = statSync(file).size;
    await write([B, A]);
    const whole = readFileSync(file);
    for (let size = 0; size <= whole.length; size++) {
      // As it is, and as it is left in space that was taken ahead.
      for (const tail of size >= before ? [0, 100] : [0]) {
        const torn = Buffer.concat([whole.subarray(0, size), Buffer.alloc(tail)]);
        writeFileSync(file, torn);
        const expected = size === whole.length ? [A, B, A] : size >= before ? [A] : [];
        expect(await reread()).toEqual(expected);
        writeFileSync(file, torn);
        await write([B]);
        expect(await reread()).toEqual([...expected, B]);
      }
    }
  });

  it('loses a batch of which the disk wrote the end and not the beginning', async () => {
    await write([A]);
    const before = statSync(file).size;
    await write([B, A, B]);
    const torn = readFileSync(file);
    torn.fill(0, before, torn.length - 20);
    writeFileSync(file, torn);
    expect(await reread()).toEqual([A]);
    await write([B]);
    expect(await reread()).toEqual([A, B]);
  });

  it('takes space ahead while it is open, and gives it back', async () => {
    const journal = await openFileJournal(file);
    await journal.append([A]);
    const { size } = statSync(file);
    for (let i = 0; i < 20; i++) await journal.append([B]);
    expect(statSync(file).size).toBe(size);
    const whole = readFileSync(file);
    await journal.close();
    expect(statSync(file).size).toBeLessThan(size);
    // What is left of a process that did not come to that.
    writeFileSync(file, whole);
    expect(await reread()).toEqual([A, ...Array.from({ length: 20 }, () => B)]);
  });

  it('grows past the space that it took', async () => {
    const text = 'x'.repeat(10_000);
    const journal = await openFileJournal(file);
    for (let n = 0; n < 300; n++) await journal.append([{ type: 'n', n, text }]);
    const records = await contents(journal);
    expect(records.map(({ n }) => n)).toEqual(Array.from({ length: 300 }, (_, n) => n));
    await journal.close();
    expect(await reread()).toEqual(records);
  });

  it('may be flushed now and then only: it still has everything that was appended when its process ends', async () => {
    const journal = await openFileJournal(file, { flushEvery: 5 });
    expect(journal.append([A])).toBeUndefined();
    const ended = readFileSync(file);
    await new Promise((resolve) => setTimeout(resolve, 20));
    journal.append([B]);
    expect(await contents(journal)).toEqual([A, B]);
    await journal.compact([B]);
    journal.append([A]);
    await journal.close();
    expect(await reread()).toEqual([B, A]);
    writeFileSync(file, ended);
    expect(await reread()).toEqual([A]);
  });

  it('loses what comes after a hole that a failing machine left between two flushes', async () => {
    const journal = await openFileJournal(file, { flushEvery: 60_000 });
    for (const record of [A, B, A, B]) await journal.append([record]);
    await journal.close();
    const bytes = readFileSync(file);
    const [, , third = 0] = Array.from(bytes.entries()).flatMap(([at, byte]) => (byte === 10 ? [at] : []));
    // From within the line of the second batch on to the middle of the third.
    writeFileSync(file, bytes.fill(0, third - 5, third + 5));
    expect(await reread()).toEqual([A]);
  });

  it('is refused when a line in the middle was changed, and is left as it was', async () => {
    await write([A]);
    await write([B]);
    const damaged = readFileSync(file, 'utf8').replace('"text":"ä"', '"text":"b"');
    writeFileSync(file, damaged);
    await expect(openFileJournal(file)).rejects.toThrow(/line 2 .* is damaged/);
    expect(readFileSync(file, 'utf8')).toBe(damaged);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('is refused when the file is something else, or of another version', async () => {
    for (const text of ['hello', 'hello\n', '{}\n', '\n', '\u0000\u0000']) {
      writeFileSync(file, text);
      await expect(openFileJournal(file)).rejects.toThrow(/is no journal/);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
    const { lineOf } = await import('../../src/journal-file/journal-lines.ts');
    writeFileSync(file, lineOf([{ type: 'heat-task-graph journal', version: 2 }]));
    await expect(openFileJournal(file)).rejects.toThrow(/has version 2/);
  });

  it('takes no notice of a compaction that was cut off', async () => {
    await write([A, B]);
    writeFileSync(`${file}.new`, 'half a li');
    expect(await reread()).toEqual([A, B]);
    const journal = await openFileJournal(file);
    await journal.compact([B]);
    await journal.close();
    expect(await reread()).toEqual([B]);
  });
});

describe('the lock of a journal', () => {
  it('keeps others out, in this process and in another one, until it is closed', async () => {
    const journal = await openFileJournal(file);
    await expect(openFileJournal(file)).rejects.toThrow(`in use by process ${process.pid}`);
    await journal.close();
    expect(await reread()).toEqual([]);

    const module = new URL('../../src/journal-file/file-journal.ts', import.meta.url).href;
    const code = `import(${JSON.stringify(module)}).then(async ({ openFileJournal }) => {
      await openFileJournal(${JSON.stringify(file)});
      console.log('open');
      setInterval(() => {}, 1000);
    })`;
    const other = spawn(process.execPath, ['--import', 'tsx', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => other.stdout.once('data', resolve));
    await expect(openFileJournal(file)).rejects.toThrow(`in use by process ${other.pid}`);
    const exited = new Promise((resolve) => other.once('exit', resolve));
    other.kill('SIGKILL');
    await exited;
    expect(existsSync(`${file}.lock`)).toBe(true);
    expect(await reread()).toEqual([]);
  });

  it('is taken from a process whose number another one has by now', async () => {
    const owner = { pid: process.pid, host: hostname(), started: 'long ago' };
    writeFileSync(`${file}.lock`, JSON.stringify(owner));
    expect(await reread()).toEqual([]);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('of a process on another machine is let alone', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(`${file}.lock`, JSON.stringify({ pid, host: 'elsewhere.example', started: '' }));
    await expect(openFileJournal(file)).rejects.toThrow('on elsewhere.example');
  });

  it('that makes no sense is taken', async () => {
    writeFileSync(`${file}.lock`, 'half a l');
    await write([A]);
    appendFileSync(file, '');
    expect(await reread()).toEqual([A]);
  });
});
