import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { HOOK_KEYS } from '../../src/hooks/read-hook.ts';
import { attachHooks, compile, environmentHooks, readHooks } from '../../src/index.ts';
import { standardActions } from '../../src/workflow/index.ts';
import { cli, FakeTerminal } from '../cli/fake-terminal.ts';
import { blocksOf, patternOf, sessionsOf } from '../docs/blocks.ts';
import { described, shop } from './three-tier-shop.ts';

// Beside this test, so that the same compiler takes them.
const folder = mkdtempSync(join(import.meta.dirname, '.examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const blocks = blocksOf('docs/hooks.md');
const programs = blocks.flatMap((block, index) =>
  block.language === 'ts' ? [{ ...block, shown: blocks[index + 1] }] : [],
);
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
const sessions = blocks.filter(({ language }) => language === 'console').flatMap(sessionsOf);

describe('docs/hooks.md', () => {
  it.each(programs)('the program in line $line prints what it says', async ({ text, line, shown }) => {
    expect(shown?.language).toBe('text');
    const source = text
      .replaceAll("'heat-task-graph'", "'../../../src/index.ts'")
      .replaceAll("'heat-task-graph/testing'", "'../../../src/testing/index.ts'")
      .replaceAll("'heat-task-graph/workflows'", "'../../../src/executors/workflow/index.ts'");
    const imports = source.match(/^import .*$/gm) ?? [];
    const body = source.replaceAll(/^import .*$/gm, '').replaceAll('console.log', 'print');
    const file = join(folder, `line-${line}.ts`);
    const head = 'export default async (print: (...words: unknown[]) => void) => {';
    writeFileSync(file, `${imports.join('\n')}\n${head}\n${body}\n};\n`);
    const { default: example } = (await import(file)) as {
      default: (print: (...words: unknown[]) => void) => Promise<void>;
    };
    const printed: string[] = [];
    await example((...words) => printed.push(words.join(' ').trimEnd()));
    expect(printed.join('\n')).toBe(shown?.text);
  });

  it('has programs and sessions', () => {
    expect(programs.length).toBeGreaterThan(3);
    expect(sessions).toHaveLength(2);
  });

  it.each(sessions)('$command', async ({ command, shown }) => {
    const { err } = await cli(command.split(' ').slice(1), new FakeTerminal(process.cwd()));
    expect(err.trimEnd()).toMatch(patternOf(shown));
  });

  it('its file of hooks is one, and its environment', () => {
    const backup = 'version: 2.0\nbackup: {tasks: {t: {action: std.noop}}}\n';
    const read = readHooks(yaml[0] as string, { files: { 'backup.yaml': backup } });
    if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
    const template = `heat_template_version: 2018-08-31
resources:
  web1: {type: OS::Nova::Server, properties: {flavor: m1, image: i}}
  db: {type: OS::Nova::Server, properties: {flavor: m1, image: i}}
`;
    const notify = 'version: 2.0\nnotify: {input: [channel: x], tasks: {t: {action: std.noop}}}\n';
    const compiled = compile(template, { environments: [yaml[1] as string], files: { 'notify.yaml': notify } });
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
    const environment = environmentHooks(compiled.stack, { workflows: [notify] });
    if (!environment.ok) throw new Error(JSON.stringify(environment.diagnostics));
    expect(environment.hooks.map(({ at }) => at)).toEqual([
      'pre-delete',
      'pre-update',
      'post-create',
      'pre-create',
      'post-create',
    ]);
    const own = [...environment.hooks.slice(0, 3), ...read.hooks];
    const attached = attachHooks(compiled.graph, own, { actions: standardActions() });
    expect(attached.diagnostics).toEqual([]);
  });

  it("README's file of hooks is the one that it runs", () => {
    const shown = blocksOf('README.md').filter(({ language }) => language === 'yaml');
    expect(shown.map(({ text }) => `${text}\n`)).toEqual([readFileSync('fixtures/quick/hooks.yaml', 'utf8')]);
  });

  it('its table has every key of a hook in a file', () => {
    const guide = readFileSync('docs/hooks.md', 'utf8');
    for (const key of ['at', 'select', ...HOOK_KEYS]) expect(guide).toMatch(new RegExp(`^\\| .*\`${key}\``, 'm'));
  });

  it('its picture shows the graph: every arrow is there, and every hook', () => {
    const graph = shop();
    const picture = blocks.find(({ language }) => language === 'mermaid')?.text ?? '';
    const names = new Map(
      Array.from(picture.matchAll(/(\w+)\(?\["(.+?)"\]\)?/g), ([, node = '', id = '']) => [node, id]),
    );
    const arrows = picture
      .replaceAll(/\(?\[".+?"\]\)?/g, '')
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const nodes = line.trim().split(' --> ');
        return nodes.slice(1).map((node, i) => [names.get(nodes[i] as string), names.get(node)] as const);
      });
    expect(arrows.length).toBeGreaterThan(10);
    for (const [before, after] of arrows) {
      const indexes = [before, after].map((id) => graph.indexOf(id as string));
      expect({ before, after, follows: requires(graph, indexes[1] as number, indexes[0] as number) }).toEqual({
        before,
        after,
        follows: true,
      });
    }
    const hooks = graph.tasks.filter(({ action }) => action === 'WORKFLOW').map(({ id }) => id);
    expect([...names.values()].filter((id) => id.includes('//')).sort()).toEqual(hooks.sort());
    expect(described(graph)).toContain('floating_ip//smoke_test');
  });
});

/** Directly or not. */
function requires(graph: TaskGraph, requirer: number, required: number): boolean {
  const pending = [requirer];
  const seen = new Set<number>();
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (one === required) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    pending.push(...graph.requires(one));
  }
  return false;
}
