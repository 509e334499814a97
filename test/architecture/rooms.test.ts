import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const table = Array.from(
  readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| `(.+?)\/` \|/gm),
  ([, name]) => name,
);

const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(ROOT, 'src', entry.name)).length > 0)
  .map(({ name }) => name);

describe('the table of rooms in ARCHITECTURE.md', () => {
  it('names every folder of src, once', () => {
    expect(table.toSorted()).toEqual(folders.toSorted());
  });
});

const projects: string[] = [];
afterAll(() => {
  for (const project of projects) rmSync(project, { recursive: true });
});

/** What a tool of ours says of a project with these modules, in the words of its rules. */
function complaints(tool: 'depcruise' | 'oxlint', modules: Readonly<Record<string, string>>): string {
  const project = mkdtempSync(join(tmpdir(), 'rooms-'));
  projects.push(project);
  for (const file of [
    '.dependency-cruiser.cjs',
    '.oxlintrc.json',
    'ARCHITECTURE.md',
    'package.json',
    'tsconfig.json',
  ]) {
    copyFileSync(join(ROOT, file), join(project, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  // Every room is there and has an entry, so that only the rule under test complains.
  for (const [path, text] of Object.entries(modules)) {
    mkdirSync(dirname(join(project, 'src', path)), { recursive: true });
    writeFileSync(join(project, 'src', path), text);
  }
  try {
    execFileSync(join(ROOT, 'node_modules/.bin', tool), ['src', ...(tool === 'oxlint' ? ['-f', 'unix'] : [])], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const imports = (...paths: string[]): string => paths.map((path) => `import '${path}';\n`).join('');

describe('the import order', () => {
  it('lets a room import from rooms above it', () => {
    const modules = { 'index.ts': imports('./run/a.ts'), 'run/a.ts': imports('../graph/b.ts'), 'graph/b.ts': '' };
    expect(complaints('depcruise', modules)).toBe('');
  });

  it.each([
    ['a room below', 'run-looks-up', { 'run/a.ts': imports('../cli/b.ts'), 'cli/b.ts': '' }],
    [
      'a type of a room below',
      'graph-looks-up',
      {
        'graph/a.ts': "import type { B } from '../stack/b.ts';\nexport type A = B;\n",
        'stack/b.ts': 'export type B = 1;\n',
      },
    ],
    [
      'any room, from diagnostics',
      'diagnostics-looks-up',
      { 'diagnostics/a.ts': imports('../values/b.ts'), 'values/b.ts': '' },
    ],
    ['in a circle', 'no-circles', { 'run/a.ts': imports('./b.ts'), 'run/b.ts': imports('./a.ts') }],
    ['a folder that is no room', 'every-folder-is-a-room', { 'run/a.ts': imports('../utils/b.ts'), 'utils/b.ts': '' }],
    ['the public names', 'public-names-are-for-outside', { 'run/a.ts': imports('../index.ts') }],
    ['a library of another room', 'p-queue-in-executors-only', { 'run/a.ts': imports('p-queue') }],
    ['a module of Node', 'no-node-in-pure-rooms', { 'run/a.ts': imports('node:fs') }],
    ['a library that users do not have', 'no-undeclared-library', { 'run/a.ts': imports('vitest') }],
    ['what is not there', 'resolvable', { 'run/a.ts': imports('./b.ts') }],
  ])('refuses to import %s', (_, rule, modules) => {
    expect(complaints('depcruise', { 'index.ts': imports('./run/a.ts'), 'run/a.ts': '', ...modules })).toContain(rule);
  });

  it('refuses a module that nothing leads to', () => {
    expect(complaints('depcruise', { 'index.ts': '', 'run/a.ts': imports('./b.ts'), 'run/b.ts': '' })).toContain(
      'unreachable',
    );
  });
});

describe('pure rooms', () => {
  it.each([
    'Math.random()',
    'Date.now()',
    'new Date()',
    'performance.now()',
    'process.env',
    'Buffer.alloc(1)',
    'globalThis',
    'console.log(1)',
  ])('do not use %s', (code) => {
    const text = `export const a: unknown = ${code};\n`;
    expect(complaints('oxlint', { 'run/a.ts': text })).toMatch(/no-restricted|no-console/);
    expect(complaints('oxlint', { 'cli/a.ts': text })).toBe('');
  });

  it('do not leave promises alone', () => {
    const text = 'async function one(): Promise<void> {}\nexport function two(): void {\n  one();\n}\n';
    expect(complaints('oxlint', { 'run/a.ts': text })).toContain('no-floating-promises');
  });
});
