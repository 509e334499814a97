import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const TASKS = 100_000;
// In a process of its own: in this one there is more than the run.
const PROCESS = fileURLToPath(new URL('../../bench/journal-contender.mjs', import.meta.url));

if (!existsSync(fileURLToPath(new URL('../../dist/journal-file', import.meta.url)))) {
  throw new Error("dist/ is not there: 'npm run build' makes it, 'npm test' does that first");
}

/** Bytes that are kept of each task that is done from 30 % to 90 % of a run. */
async function growth(kind: string, shape: string): Promise<number> {
  const args = ['--expose-gc', PROCESS, kind, shape, String(TASKS), '0', 'heap'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { heaps } = JSON.parse(stdout) as { readonly heaps: readonly number[] };
  expect(heaps).toHaveLength(10);
  const [before = 0, after = 0] = [heaps[2], heaps[8]];
  return ((after - before) * 2 ** 20) / (TASKS * 0.6);
}

describe('the memory of a run with a journal in a file', () => {
  // What is kept of a task does not depend on when the disk has it: it is flushed once a second.
  it.each(['chain', 'layered'])(`does not grow with time: a %s graph of ${TASKS} tasks`, async (shape) => {
    expect(await growth('written', shape)).toBeLessThan(25);
  });

  it('would be seen to grow: a journal in memory keeps everything', async () => {
    expect(await growth('memory', 'layered')).toBeGreaterThan(60);
  });
});
