import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LineProgress } from '../../src/cli/line-progress.ts';
import { LiveProgress } from '../../src/cli/live-progress.ts';
import { compile, type RunEvent, type TaskGraph } from '../../src/index.ts';
import { duration } from '../../src/observe/duration.ts';
import { chain, FakeOutput } from './fake-terminal.ts';

/** What a terminal shows after this was written to it: the signs that the display uses, and no others. */
function screen(text: string): string[] {
  const rows = [''];
  let row = 0;
  for (const part of text.replaceAll('\u001b', '^').split(/(\^\[\d*[A-Z]|\r|\n)/)) {
    const [, count, letter] = /^\^\[(\d*)([A-Z])$/.exec(part) ?? [];
    if (letter === 'A') row -= Number(count);
    else if (letter === 'K') rows[row] = (rows[row] as string).trimEnd();
    else if (letter === 'J') rows.length = row + 1;
    else if (part === '\n') rows[++row] ??= '';
    else if (part !== '\r' && part !== '') rows[row] = part;
  }
  return rows.slice(0, -1);
}

function graphOf(...names: string[]): TaskGraph {
  const compiled = compile(chain(...names));
  if (!compiled.ok) throw new Error('not compiled');
  return compiled.graph;
}

const START = 1_000_000;
const started = (task: string, at: number): RunEvent => ({ type: 'task-started', at: START + at, task, attempt: 1 });
const completed = (task: string, at: number): RunEvent => ({
  type: 'task-completed',
  at: START + at,
  task,
  attempt: 1,
});
const begun = (tasks: number): RunEvent => ({ type: 'run-started', at: START, runId: 'r', tasks });

describe('on a terminal', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('what ended scrolls by; below stand the counts and what is running, for how long', () => {
    const output = new FakeOutput();
    const progress = new LiveProgress(graphOf('a', 'b', 'c', 'd'), output, false);
    for (const event of [begun(4), started('a', 0), started('b', 0)]) progress.event(event);
    vi.advanceTimersByTime(1500);
    expect(screen(output.text)).toEqual([
      'CREATE [                        ] 0 of 4, 2 running, 1.5 s',
      '  a         OS::Heat::TestResource  1.5 s',
      '  b         OS::Heat::TestResource  1.5 s',
    ]);
    progress.event(completed('a', 1500));
    progress.event(started('c', 1500));
    vi.advanceTimersByTime(500);
    expect(screen(output.text)).toEqual([
      'COMPLETE   a         OS::Heat::TestResource  1.5 s',
      'CREATE [======                  ] 1 of 4, 2 running, 2.0 s',
      '  b         OS::Heat::TestResource  2.0 s',
      '  c         OS::Heat::TestResource  500 ms',
    ]);
    progress.event({ type: 'task-failed', at: START + 2000, task: 'b', attempt: 1, code: 'X', message: 'no\nway' });
    progress.event({ type: 'task-retrying', at: START + 2000, task: 'c', attempt: 1, message: 'busy', delay: 3000 });
    progress.event({ ...started('c', 2000), attempt: 2 } as RunEvent);
    progress.interrupted();
    expect(screen(output.text).slice(1)).toEqual([
      'FAILED     b         OS::Heat::TestResource  2.0 s  no\\nway',
      'RETRYING   c         in 3.0 s: busy',
      'CREATE [============            ] 2 of 4, 1 running, 1 failed, 2.0 s',
      '  c         OS::Heat::TestResource  500 ms, attempt 2',
      'Stopping: waiting for what is in progress. Ctrl+C again asks it to stop.',
    ]);
    progress.event({ type: 'task-cancelled', at: START + 2100, task: 'c' });
    progress.event({ type: 'task-skipped', at: START + 2100, task: 'd', cause: 'b' });
    progress.finish();
    expect(screen(output.text).slice(3)).toEqual(['CANCELLED  c', 'SKIPPED    d         because of b']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('no line of the display is wider than the terminal, nor are there more than fit', () => {
    const output = new FakeOutput();
    output.columns = 30;
    output.rows = 8;
    const names = Array.from({ length: 30 }, (_, i) => `wide_宽_name_${i}`);
    const progress = new LiveProgress(graphOf(...names), output, false);
    progress.event(begun(30));
    for (const name of names) progress.event(started(name, 0));
    vi.advanceTimersByTime(100);
    const rows = screen(output.text);
    expect(rows).toHaveLength(6);
    expect(rows.at(-1)).toBe('  and 26 more');
    for (const row of rows) expect(row.length).toBeLessThan(30);
    progress.finish();
    expect(screen(output.text)).toEqual([]);
  });

  test('each frame is one write', () => {
    const output = new FakeOutput();
    const writes: string[] = [];
    output.onWrite = (text) => writes.push(text);
    const progress = new LiveProgress(graphOf('a', 'b'), output, false);
    for (const event of [begun(2), started('a', 0)]) progress.event(event);
    vi.advanceTimersByTime(300);
    expect(writes).toHaveLength(3);
    progress.finish();
  });
});

describe('elsewhere', () => {
  test('of a large graph only failures have lines, and every tenth of the tasks', () => {
    const output = new FakeOutput();
    const names = Array.from({ length: 1000 }, (_, i) => `t${i}`);
    const progress = new LineProgress(graphOf(...names), output, false);
    progress.event(begun(1000));
    for (const name of names.slice(0, 250)) {
      progress.event(started(name, 0));
      progress.event(completed(name, 1));
    }
    progress.event({ type: 'task-failed', at: START, task: 't250', attempt: 1, code: 'X', message: 'no' });
    expect(output.text).toBe(
      '100 of 1000 tasks ended\n200 of 1000 tasks ended\nFAILED     t250      OS::Heat::TestResource  no\n',
    );
  });

  test('no name or message can steer the terminal', () => {
    const output = new FakeOutput();
    const progress = new LineProgress(graphOf('a'), output, true);
    progress.event({ type: 'task-log', at: START, task: 'a', message: '\u001b[2Jgone\u202e\r' });
    expect(output.text).toContain('\\u{1b}[2Jgone\\u{202e}\\r\n');
  });
});

test.each([
  [-5, '0 ms'],
  [0.4, '0 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1250, '1.3 s'],
  [99_940, '99.9 s'],
  [99_960, '1 min 40 s'],
  [3_599_600, '1 h 0 min'],
  [7_260_000, '2 h 1 min'],
])('%d ms are shown as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
