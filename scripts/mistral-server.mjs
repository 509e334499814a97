// A real Mistral for scripts: MISTRAL_URL, or one that is started with ../shared/mistral/start-mistral (root, or sudo
// without a password, where its package is not there yet), in a folder and on a port of its own.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SHARED = new URL('../../shared/mistral/', import.meta.url).pathname;
// To fetch a package takes minutes, the rest seconds.
const START_SECONDS = 300;
const STOP_MS = 30_000;
// Exit code of timeout(1) when the time was over.
const TIMED_OUT = 124;

/**
 * `{servers: [{url}], stop()}`, or `{missing}`: why there is none. They are stopped when the process ends, too, unless it
 * is killed.
 *
 * @param {number} count how many: each uses one processor.
 */
export async function startMistrals(count) {
  if (process.env.MISTRAL_URL) return { servers: [{ url: process.env.MISTRAL_URL }], stop() {} };
  if (!existsSync(join(SHARED, 'start-mistral'))) return { missing: '../shared/mistral is not there' };
  const folder = mkdtempSync(join(tmpdir(), 'heat-task-graph-mistral-'));
  const folders = Array.from({ length: count }, (_, index) => join(folder, String(index)));
  const stop = once(() => {
    process.off('exit', stop);
    for (const one of folders) {
      if (!existsSync(one)) continue;
      execFileSync(join(SHARED, 'stop-mistral'), ['--dir', one], { stdio: 'ignore', timeout: STOP_MS });
    }
    rmSync(folder, { recursive: true, force: true });
  });
  process.on('exit', stop);
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])
    process.on(signal, () => process.exit(code));
  const servers = [];
  try {
    // One after the other: the first may have to fetch the package.
    for (const one of folders) servers.push({ url: await start(one) });
  } catch (error) {
    stop();
    return { missing: reasonOf(error) };
  }
  return { servers, stop };
}

/** One server for scripts that cannot do without. @throws where there is none. */
export async function startMistral() {
  const { servers, missing, stop } = await startMistrals(1);
  if (servers === undefined) throw new Error(`There is no Mistral to ask: ${missing}`);
  return { url: servers[0].url, stop };
}

async function start(folder) {
  const command = [
    join(SHARED, 'start-mistral'),
    '--db',
    'sqlite',
    '--dir',
    folder,
    '--port',
    String(await freePort()),
  ];
  // It ends what was started in between, too: apt-get, say.
  const { stdout } = await promisify(execFile)('timeout', ['-k', '10', String(START_SECONDS), ...command]);
  return /MISTRAL_URL=(\S+)/.exec(stdout)[1];
}

function reasonOf({ code, stderr, message }) {
  if (code === TIMED_OUT) return `start-mistral did not end within ${START_SECONDS} s`;
  return (stderr || message).trim().split('\n').slice(-3).join(' | ').slice(-400);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function once(action) {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
