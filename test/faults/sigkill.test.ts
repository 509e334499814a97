import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileJournal } from '../../src/journal-file/file-journal.ts';
import { SeededRandom } from '../../src/testing/seeded-random.ts';

const KILLS = 50;
const PROCESS = fileURLToPath(new URL('killed-process.mjs', import.meta.url));

if (!existsSync(fileURLToPath(new URL('../../dist/journal-file', import.meta.url)))) {
  throw new Error("dist/ is not there: 'npm run build' makes it, 'npm test' does that first");
}

const base = mkdtempSync(join(tmpdir(), 'killed-'));
afterAll(() => rmSync(base, { recursive: true }));

interface Kill {
  /** Lines that it prints before: one when it is there, one for each thing that its handlers do. */
  readonly lines: number;
  readonly ms: number;
}

/** Runs the process, and kills it; gives what it printed last when it ended by itself. */
function live(folder: string, kill: Kill | undefined): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROCESS, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    let killed = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (killed || kill === undefined || printed.split('\n').length <= kill.lines) return;
      killed = true;
      setTimeout(() => child.kill('SIGKILL'), kill.ms);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code === 0) resolve(printed.trimEnd().split('\n').at(-1));
      else reject(new Error(`exit code ${code}`));
    });
  });
}

/** Ids of the tasks that the journal says are complete, and of those whose poll it has. */
async function recorded(folder: string): Promise<{ readonly ended: Set<string>; readonly polled: Set<string> }> {
  const [ended, polled] = [new Set<string>(), new Set<string>()];
  const journal = await openFileJournal(join(folder, 'journal'));
  for await (const { type, task } of journal.read()) {
    if (type === 'ended') {
      expect(ended).not.toContain(task);
      ended.add(String(task));
    }
    if (type === 'polling') polled.add(String(task));
  }
  await journal.close();
  return { ended, polled };
}

/** One run from its beginning to its end, in as many processes as that takes. */
async function runToItsEnd(folder: string, nextKill: () => Kill | undefined) {
  const log = join(folder, 'log');
  writeFileSync(log, '');
  let kills = 0;
  let endedWhenKilled = 0;
  let end: string | undefined;
  let before = { ended: new Set<string>(), polled: new Set<string>() };
  const wrong: string[] = [];
  while (end === undefined) {
    end = await live(folder, nextKill());
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    writeFileSync(log, '');
    const done = new Set(before.ended);
    for (const [what, id = '', detail, given] of lines.map((line) => line.split(' '))) {
      const number = Number(id.slice(1));
      if (what === 'done') done.add(id);
      if (what === 'check' && given !== id) wrong.push(`${id} has the data of ${given}`);
      if (what !== 'create') continue;
      if (before.ended.has(id)) wrong.push(`${id} once more`);
      if (before.polled.has(id)) wrong.push(`${id} is created though it is polled`);
      if (detail !== `r/${id}`) wrong.push(`${id} has the key ${detail}`);
      const required = [3, 5].map((distance) => number - distance).filter((index) => index >= 0);
      for (const index of required) if (!done.has(`t${index}`)) wrong.push(`${id} before t${index}`);
      const results = new Set(given?.split(',').filter((text) => text !== ''));
      if (required.some((index) => !results.has(`t${index}=id-t${index}`)))
        wrong.push(`${id} has not what it requires`);
    }
    before = await recorded(folder);
    for (const id of before.ended) if (!done.has(id)) wrong.push(`${id} is recorded and was not done`);
    if (end !== undefined) continue;
    kills++;
    endedWhenKilled = before.ended.size;
  }
  return { wrong, end: JSON.parse(end), ended: before.ended.size, kills, endedWhenKilled };
}

describe(`a process that is killed ${KILLS} times`, () => {
  it('is gone on with each time: nothing twice, nothing too soon, nothing lost', async () => {
    const random = new SeededRandom('kills');
    let kills = 0;
    let endedWhenKilled = 0;
    // Where the machine is slow to kill, a run is over too soon: then another one is killed.
    for (let run = 0; run === 0 || kills < KILLS; run++) {
      const folder = join(base, String(run));
      mkdirSync(folder);
      const left = KILLS - kills;
      let begun = 0;
      const ran = await runToItsEnd(folder, () =>
        begun++ < left ? { lines: 1 + random.below(16), ms: random.fraction() * 6 } : undefined,
      );
      expect(ran).toMatchObject({ wrong: [], end: { status: 'COMPLETE', diagnostics: [] }, ended: 400 });
      kills += ran.kills;
      endedWhenKilled += ran.endedWhenKilled;
    }
    expect(kills).toBe(KILLS);
    // The killed ones got somewhere.
    expect(endedWhenKilled).toBeGreaterThan(KILLS);
  });
});
