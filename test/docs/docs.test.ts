import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Block, blocksOf, patternOf, sessionsOf } from './blocks.ts';

/** Guides whose blocks are run here; the others have tests of their own. */
const RUN = ['README.md', 'docs/cli.md', 'docs/library.md', 'docs/observability.md', 'docs/testing.md'];
const ALL = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
const MAIN = resolve('dist/cli/main.js');

let folder = '';
beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("dist/ is not there: 'npm run build' makes it, 'npm test' does that first");
  rmSync('temp/docs', { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), 'heat-task-graph-docs-'));
  cpSync('fixtures/quick', join(folder, 'fixtures/quick'), { recursive: true });
  cpSync('fixtures/three-tier', join(folder, 'fixtures/three-tier'), { recursive: true });
  cpSync('fixtures/three-tier-hooks', join(folder, 'fixtures/three-tier-hooks'), { recursive: true });
});
afterAll(() => {
  for (const made of [folder, 'temp/docs']) rmSync(made, { recursive: true, force: true });
});

describe.each(RUN)('what %s shows', (file) => {
  const blocks = blocksOf(file);
  const sessions = blocks
    .filter(({ language }) => language === 'console')
    .flatMap((block) => sessionsOf(block).map((session) => ({ ...session, line: block.line })));
  const programs = blocks.flatMap((block, index) =>
    block.language === 'ts' ? [{ ...block, shown: shownAfter(blocks, index) }] : [],
  );

  test.each(sessions)('in line $line is what the command line answers: $command', ({ command, shown }) => {
    // One pipe for both outputs, as on a terminal.
    const line = command.replace(/(?:npx )?heat-task-graph/, `'${process.execPath}' '${MAIN}'`);
    const { stdout } = spawnSync('/bin/sh', ['-c', `( ${line} ) 2>&1`], { cwd: folder, encoding: 'utf8' });
    expect(stdout.trimEnd()).toMatch(patternOf(shown));
  });

  test.each(programs)('in line $line is what the program prints', ({ text, line, shown }) => {
    const out = runProgram(text, `${file.replaceAll('/', '-')}-${line}`);
    expect(out.trimEnd()).toMatch(patternOf(shown));
  });
});

/** A program that shows nothing prints nothing. */
function shownAfter(blocks: readonly Block[], index: number): string {
  const next = blocks[index + 1];
  return next?.language === 'text' ? next.text : '';
}

function runProgram(text: string, name: string): string {
  return execFileSync(process.execPath, ['--import', 'tsx', writeProgram(text, name)], { encoding: 'utf8' });
}

/** Within the package, so that it imports itself by its name, as users do. */
function writeProgram(text: string, name: string): string {
  const path = resolve('temp/docs', `${name}.ts`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

test('the programs have no error of type', () => {
  const folder = resolve('temp/docs');
  for (const file of RUN) {
    for (const { language, text, line } of blocksOf(file)) {
      if (language === 'ts') writeProgram(text, `${file.replaceAll('/', '-')}-${line}`);
    }
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'] }));
  const { stdout } = spawnSync(process.execPath, ['node_modules/.bin/tsc', '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

test('the handlers in docs/cli.md are those that it runs', () => {
  const shown = blocksOf('docs/cli.md').filter(({ language }) => language === 'js');
  expect(shown.map(({ text }) => `${text}\n`)).toEqual([readFileSync('fixtures/quick/handlers.mjs', 'utf8')]);
});

describe('every guide', () => {
  test.each(ALL)('%s links to files that are there', (file) => {
    const text = readFileSync(file, 'utf8');
    const targets = Array.from(text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g), (match) => match[1] as string);
    const missing = targets.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(file), target)));
    expect(missing).toEqual([]);
  });

  test('is linked from README', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(ALL.filter((file) => file.startsWith('docs/') && !readme.includes(`](${file})`))).toEqual([]);
  });

  test('the picture is what the command line draws today', () => {
    const argv = [MAIN, 'graph', 'fixtures/three-tier/template.yaml', '-e', 'fixtures/three-tier/env.yaml', '-o'];
    const path = join(folder, 'three-tier.svg');
    execFileSync(process.execPath, [...argv, path], { stdio: 'ignore' });
    expect(readFileSync(path, 'utf8')).toBe(readFileSync('docs/three-tier.svg', 'utf8'));
  });
});

describe('a shown answer is compared', () => {
  test.each([
    ['a\nb', 'a\nb', true],
    ['a\nb', 'a\nc', false],
    ['a\n...\nd', 'a\nb\nc\nd', true],
    ['a\n...\nd', 'a\nd', true],
    ['a\n...\nd', 'a\nb\nc', false],
    ['a\n...', 'a\nb\nc', true],
    ['a...\nc', 'ab\nc', true],
    ['a...', 'ab\nc', false],
    ['in 12 ms.', 'in 1.5 s.', true],
    ['in 12 ms.', 'in 3 ms!', false],
  ])('%j against %j: %j', (shown, answer, same) => {
    expect(patternOf(shown).test(answer)).toBe(same);
  });
});
