import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { chain, terminalIn } from './fake-terminal.ts';

const MAIN = resolve('dist/cli/main.js');

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("dist/ is not there: 'npm run build' makes it, 'npm test' does that first");
});

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function start(argv: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, [MAIN, ...argv], { cwd, env: { ...process.env, NO_COLOR: '1' } });
}

function ended(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((done) => {
    child.on('close', (code, signal) => done({ code, signal, out, err }));
  });
}

function folder(files: Record<string, string>): string {
  return terminalIn(files).cwd;
}

/** Says so on standard error, and then waits until it is asked to stop, or for ever. */
const WAITING = (obeys: boolean): string => `export default { '*': ({ signal, log }) => {
  log('begun');
  const alive = setInterval(() => {}, 1000);
  return new Promise((_, reject) => ${obeys ? "signal.addEventListener('abort', () => reject(signal.reason))" : '{}'});
} };\n`;

function onFirst(child: ChildProcess, word: string, then: () => void): void {
  let seen = '';
  const listen = (text: Buffer) => {
    seen += text.toString();
    if (!seen.includes(word)) return;
    child.stderr?.off('data', listen);
    then();
  };
  child.stderr?.on('data', listen);
}

describe('the built program', () => {
  const files = { 'a.yaml': chain('a', 'b'), 'wrong.yaml': 'heat_template_version: x\n' };

  test.each([
    [['graph', 'a.yaml', '--format', 'dot'], 0],
    [['validate', 'wrong.yaml'], 1],
    [['run', 'a.yaml', '--simulate-failure', 'a'], 2],
    [['graph', '--nonsense'], 64],
  ])('%j answers %d, without a stack trace', async (argv, code) => {
    const answer = await ended(start(argv, folder(files)));
    expect(answer.code).toBe(code);
    expect(answer.err).not.toMatch(/\n\s+at .*:\d+:\d+/);
  });

  test('reads standard input', async () => {
    const child = start(['graph', '-', '--format', 'mermaid'], folder({}));
    child.stdin?.end(chain('from_input'));
    const { code, out } = await ended(child);
    expect(out).toContain('from_input');
    expect(code).toBe(0);
  });

  test('writes all of a large answer before it ends', async () => {
    const names = Array.from({ length: 3000 }, (_, i) => `task_${i}`);
    const { code, out } = await ended(start(['graph', 'a.yaml'], folder({ 'a.yaml': chain(...names) })));
    expect(JSON.parse(out).tasks).toHaveLength(3000);
    expect(code).toBe(0);
  });

  test('ends quietly when nobody reads its answer any more', async () => {
    const names = Array.from({ length: 3000 }, (_, i) => `task_${i}`);
    const child = start(['graph', 'a.yaml'], folder({ 'a.yaml': chain(...names) }));
    child.stdout?.destroy();
    const { code, signal, err } = await ended(child);
    expect({ code, signal, err }).toEqual({ code: 0, signal: null, err: '' });
  });

  test('ends although handlers have left timers behind', async () => {
    const handlers = `setInterval(() => {}, 1000); export default { '*': () => {} };\n`;
    const cwd = folder({ ...files, 'h.mjs': handlers });
    expect((await ended(start(['run', 'a.yaml', '--handlers', 'h.mjs'], cwd))).code).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('asks what is in progress to stop at a second %s', async (name) => {
    const child = start(['run', 'a.yaml', '--handlers', 'h.mjs'], folder({ ...files, 'h.mjs': WAITING(true) }));
    onFirst(child, 'begun', () => {
      onFirst(child, 'Stopping', () => child.kill(name));
      child.kill(name);
    });
    const { code, err } = await ended(child);
    expect(err).toContain('CREATE of a.yaml: CANCELLED.');
    expect(code).toBe(2);
  });

  test('a third SIGINT kills it', async () => {
    const child = start(['run', 'a.yaml', '--handlers', 'h.mjs'], folder({ ...files, 'h.mjs': WAITING(false) }));
    onFirst(child, 'begun', () => {
      onFirst(child, 'Stopping', () => {
        onFirst(child, 'Stopping', () => child.kill('SIGINT'));
        child.kill('SIGINT');
      });
      child.kill('SIGINT');
    });
    const { code, signal } = await ended(child);
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
  });

  test('reads what clears its breakpoints from standard input, and stops when that ends', async () => {
    const env = "resource_registry: {resources: {'*': {hooks: pre-create}}}\n";
    const argv = ['run', 'a.yaml', '--env', 'env.yaml', '--format', 'json'];
    const cleared = start(argv, folder({ ...files, 'env.yaml': env }));
    cleared.stdin?.write('clear a//pre-create\n');
    let seen = '';
    cleared.stdout?.on('data', (text: Buffer) => {
      seen += text.toString();
      if (/"task-paused".*"b\/\/pre-create"/.test(seen)) cleared.stdin?.write('clear b//pre-create\n');
    });
    expect((await ended(cleared)).code).toBe(0);
    const left = start(argv, folder({ ...files, 'env.yaml': env }));
    left.stdin?.end('clear a//pre-create\n');
    const answer = await ended(left);
    expect(answer.err).toContain("nobody is left to clear 'b//pre-create'");
    expect(answer.code).toBe(2);
  });
});
