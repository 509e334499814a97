/**
 * A run that is killed: `node killed-process.mjs FOLDER`. Goes on with the journal in the folder, logs what its handlers
 * do, and prints how it ended.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../dist/executors/run.js';
import { TaskGraphBuilder } from '../../dist/graph/builder.js';
import { openFileJournal } from '../../dist/journal-file/file-journal.js';

const TASKS = 400;

const [folder] = process.argv.slice(2);
const log = (text) => {
  appendFileSync(join(folder, 'log'), `${text}\n`);
  console.log('.');
};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const builder = new TaskGraphBuilder();
for (let task = 0; task < TASKS; task++) {
  const id = `t${task}`;
  builder.task({ id, name: id, action: 'CREATE', type: 'Thing', scope: '', inputs: {} });
  for (const distance of [3, 5]) if (task >= distance) builder.edge(task, task - distance, { kind: 'depends_on' });
}

const Thing = {
  async create({ task, requires, idempotencyKey, poll }) {
    log(
      `create ${task.id} ${idempotencyKey} ${[...requires].map(([name, { physicalId }]) => `${name}=${physicalId}`)}`,
    );
    await sleep(8);
    if (task.id.endsWith('0')) return poll({ of: task.id }, 5);
    log(`done ${task.id}`);
    return { physicalId: `id-${task.id}` };
  },
  async checkCreate({ task, polled }) {
    log(`check ${task.id} of ${polled.data.of}`);
    await sleep(3);
    log(`done ${task.id}`);
    return { physicalId: `id-${task.id}` };
  },
};

console.log('ready');
// The end of a process is survived either way, also when one that flushes follows one that does not.
const flushEvery = process.pid % 2 === 0 ? 0 : 1000;
const journal = await openFileJournal(join(folder, 'journal'), { flushEvery });
const { status, diagnostics } = await run(builder.build(), { handlers: { Thing }, journal, runId: 'r', concurrency: 3 })
  .result;
await journal.close();
console.log(JSON.stringify({ status, diagnostics }));
