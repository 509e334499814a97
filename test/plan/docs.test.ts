import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

// Beside this test, so that the same compiler takes them.
const folder = mkdtempSync(join(import.meta.dirname, '.examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Example = (print: (...words: unknown[]) => void) => Promise<void>;

describe.each(['plan', 'update'])('the examples of docs/%s.md', (guide) => {
  const text = readFileSync(new URL(`../../docs/${guide}.md`, import.meta.url), 'utf8');
  const examples = [...text.matchAll(/```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/gs)];

  it('are all of its code', () => {
    expect(examples).toHaveLength(text.split('```ts\n').length - 1);
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples.map(([, code, prints], index) => [index + 1, code as string, prints as string] as const))(
    'example %i prints what it says',
    async (number, code, prints) => {
      const source = code
        .replaceAll("'heat-task-graph'", "'../../../src/index.ts'")
        .replaceAll("'heat-task-graph/testing'", "'../../../src/testing/index.ts'");
      const imports = source.match(/^import .*$/gm) ?? [];
      const body = source.replaceAll(/^import .*$/gm, '');
      const file = join(folder, `${guide}-${number}.ts`);
      const head = 'export default async (print: (...words: unknown[]) => void) => {';
      writeFileSync(file, `${imports.join('\n')}\n${head}\n${body}\n};\n`);
      const { default: example } = (await import(file)) as { default: Example };
      const printed: string[] = [];
      await example((...words) => printed.push(words.join(' ')));
      expect(`${printed.join('\n')}\n`).toBe(prints);
    },
  );
});
