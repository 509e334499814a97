import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('big-text.mjs', import.meta.url));
const MEGABYTES = 100;

/** What `compile` says of the text, in a process that may use 3 GB. */
function answer(kind: string): { ok: boolean; codes: string[]; megabytes: number } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=3072', '--import', 'tsx', SCRIPT, kind, String(MEGABYTES)],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as ReturnType<typeof answer>;
}

describe(`${MEGABYTES} MB of text end with an answer, in bounded memory`, () => {
  it.each(['description', 'short-lines', 'escapes', 'comments'])('read: %s', (kind) => {
    expect(answer(kind)).toMatchObject({ ok: true, megabytes: MEGABYTES });
  });

  it.each([
    'one-word',
    'brackets',
    'json',
    'items',
    'equal-keys',
    'anchors',
    'tags',
    'documents',
    'question-marks',
    'blanks',
    'line-breaks',
    'unknown-types',
    'unknown-references',
  ])('refused: %s', (kind) => {
    const { ok, codes } = answer(kind);
    expect(ok).toBe(false);
    expect(codes.length).toBeGreaterThan(0);
  });

  it('either: resources', () => {
    const { ok, codes } = answer('resources');
    expect(ok ? [] : codes).toEqual(ok ? [] : [expect.stringMatching(/_LIMIT$/)]);
  });
});
