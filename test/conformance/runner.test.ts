import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptySummary, judgeDirectory, type Summary } from '../../scripts/conformance/judge.ts';

// Templates with what the real Heat printed for them, and expressions with what the real YAQL answers.
const FIXTURES = fileURLToPath(new URL('../../fixtures/conformance', import.meta.url));
const MAIN = fileURLToPath(new URL('../../scripts/conformance/main.ts', import.meta.url));

type Expectation = Record<string, unknown>;

const expectation = (name: string): Expectation =>
  JSON.parse(readFileSync(join(FIXTURES, 'templates', `${name}.expected.json`), 'utf8')) as Expectation;

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'conformance-'));
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

let folders = 0;

/** A folder with one template and this expectation, as a pair of files. */
function pair(name: string, expected: Expectation): string {
  const folder = join(temporary, `pair${folders++}`);
  mkdirSync(folder);
  cpSync(join(FIXTURES, 'templates', `${name}.yaml`), join(folder, `${name}.yaml`));
  writeFileSync(join(folder, `${name}.expected.json`), JSON.stringify(expected));
  return folder;
}

/** The same as a list of expectations beside the files. */
function list(name: string, expected: Expectation): string {
  const folder = pair(name, expected);
  rmSync(join(folder, `${name}.expected.json`));
  writeFileSync(join(folder, 'expected.jsonl.gz'), gzipSync(`${JSON.stringify({ path: `${name}.yaml`, expected })}\n`));
  return folder;
}

function expressions(change: (one: Expectation) => Expectation = (one) => one): string {
  const folder = join(temporary, `yaql${folders++}`);
  mkdirSync(folder);
  const { cases } = JSON.parse(readFileSync(join(FIXTURES, 'yaql/cases.json'), 'utf8')) as { cases: Expectation[] };
  writeFileSync(join(folder, 'cases.json'), JSON.stringify({ cases: cases.map(change) }));
  return folder;
}

async function judged(folder: string): Promise<Summary> {
  const summary = emptySummary();
  await judgeDirectory(folder, summary);
  return summary;
}

/** Something else of the same kind. */
function falsified(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (Array.isArray(value)) return value.length === 0 ? [['network', 'port']] : value.slice(1);
  const [first] = Object.entries(value as object);
  if (first === undefined) return { more: true };
  return { ...(value as object), [first[0]]: falsified(first[1]) };
}

const NOT_COMPARED = ['create_order', 'parameters_synthesised'];
const fields = ['everything', 'circle'].flatMap((name) =>
  Object.keys(expectation(name))
    .filter((field) => !NOT_COMPARED.includes(field))
    .map((field) => [name, field] as const),
);

describe.each([
  ['a pair of files', pair],
  ['a list', list],
])('expectations in %s', (_, folderOf) => {
  it.each(['everything', 'circle'])('that are right pass: %s', async (name) => {
    expect(await judged(folderOf(name, expectation(name)))).toMatchObject({ cases: 1, passed: 1, failures: [] });
  });

  it.each(fields)('that are false fail: %s, %s', async (name, field) => {
    const expected = expectation(name);
    const summary = await judged(folderOf(name, { ...expected, [field]: falsified(expected[field]) }));
    expect(summary).toMatchObject({ cases: 1, passed: 0 });
    expect(summary.failures.map((failure) => failure.field)).toContain(field);
  });

  it('that lack an error or edges which are there fail', async () => {
    const { error: _error, edges: _edges, ...rest } = expectation('circle');
    const summary = await judged(folderOf('circle', rest));
    expect(summary.failures.map(({ field }) => field).toSorted()).toEqual(['edges', 'error']);
  });

  it('with a field that is not known pass, and the field is counted as skipped', async () => {
    const summary = await judged(folderOf('everything', { ...expectation('everything'), colour: 'blue' }));
    expect(summary.passed).toBe(1);
    expect(summary.fields.get('colour')).toEqual({ passed: 0, failed: 0, skipped: 1 });
  });
});

describe('expectations of YAQL', () => {
  it('that are right pass', async () => {
    expect(await judged(expressions())).toMatchObject({ cases: 2, passed: 2, failures: [] });
  });

  it.each(['sum', 'not-yaql'])('that are false fail: %s', async (id) => {
    const folder = expressions((one) => {
      if (one.id !== id) return one;
      return one.expected === undefined
        ? { ...one, error: falsified(one.error) }
        : { ...one, expected: falsified(one.expected) };
    });
    expect((await judged(folder)).failures.map((failure) => failure.case)).toEqual([id]);
  });
});

describe('the command', () => {
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...args], { encoding: 'utf8' });

  it('ends with 0 when all pass, and sums all folders up', () => {
    const { status, stdout } = run(join(FIXTURES, 'templates'), join(FIXTURES, 'yaql'));
    expect(stdout).toMatch(/^4 passed, 0 failed\n$/m);
    expect(status).toBe(0);
  });

  it('ends with 1 when one differs in any folder', () => {
    const wrong = pair('everything', { ...expectation('everything'), edges: [] });
    const { status, stdout } = run(wrong, join(FIXTURES, 'yaql'));
    expect(stdout).toMatch(/^2 passed, 1 failed\n$/m);
    expect(status).toBe(1);
  });

  it('prints the same as JSON', () => {
    const { status, stdout } = run(join(FIXTURES, 'templates'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ cases: 2, passed: 2, failed: 0, failures: [] });
    expect(status).toBe(0);
  });

  it.each([[[]], [['nowhere']], [['--colour']], [[FIXTURES]]])('ends with 64 for wrong usage: %j', (args) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain('usage: npm run conformance');
    expect(status).toBe(64);
  });
});

describe('a suite of workflow documents', () => {
  const GOOD = "version: '2.0'\nwf: {tasks: {a: {action: std.noop}}}\n";
  const BAD = "version: '2.0'\nwf: {tasks: {a: {action: std.noop, workflow: x}}}\n";
  const ACTION = "version: '2.0'\nact:\n  base: std.noop\n";

  function suite(files: Readonly<Record<string, string>>): string {
    const folder = join(temporary, `workflows${folders++}`);
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  it.each<[string, Record<string, string>]>([
    ['beside them', { 'good.expected.json': '{"valid": true}', 'bad.json': '{"error": "DSLParsingException"}' }],
    ['in a map', { 'verdicts.json': '{"good.yaml": true, "bad.yaml": "refused"}' }],
    [
      'in a list',
      { 'expected.json': '[{"path": "good.yaml", "expected": {"ok": true}}, {"name": "bad", "valid": false}]' },
    ],
    ['by their runs', { 'good.json': '{"state": "SUCCESS"}', 'bad.json': '{"refused": true}' }],
  ])('is compared with verdicts %s', async (_, verdicts) => {
    const right = await judged(suite({ 'good.yaml': GOOD, 'bad.yaml': BAD, ...verdicts }));
    expect(right).toMatchObject({ cases: 2, passed: 2, failures: [] });
    // And differs where they are wrong.
    const wrong = await judged(suite({ 'good.yaml': BAD, 'bad.yaml': GOOD, ...verdicts }));
    expect(wrong).toMatchObject({ cases: 2, passed: 0 });
  });

  it('has cases where the document is in the list, and of any kind', async () => {
    const cases = [
      { id: 'a', text: ACTION, valid: true },
      { id: 'b', definition: BAD, expected: { valid: false } },
    ];
    const folder = suite({ 'act.yaml': ACTION, 'cases.json': JSON.stringify({ cases }) });
    const summary = await judged(folder);
    expect(summary).toMatchObject({ cases: 2, passed: 2 });
    // Nothing says what Mistral makes of act.yaml.
    expect(summary.fields.get('accepted')).toEqual({ passed: 2, failed: 0, skipped: 1 });
  });
});
