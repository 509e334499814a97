import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

// Beside this test, so that the same compiler takes them.
const folder = mkdtempSync(join(import.meta.dirname, '.examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['run', 'journal'])('examples of docs/%s.md', (name) => {
  const guide = readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');
  /** Every example of the guide with what it is said to print. */
  const examples = Array.from(
    guide.matchAll(/```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/gs),
    ([, code, prints], i) => ({ code: code as string, prints: prints as string, title: `${i + 1}` }),
  );

  it('are all of its code', () => {
    expect(examples).toHaveLength(guide.split('```ts\n').length - 1);
    expect(examples.length).toBeGreaterThan(2);
  });

  for (const { code, prints, title } of examples) {
    it(`example ${title} prints what it says`, async () => {
      const source = code
        .replaceAll("'heat-task-graph'", "'../../../src/index.ts'")
        .replaceAll("'heat-task-graph/testing'", "'../../../src/testing/index.ts'");
      const imports = source.match(/^import .*$/gm) ?? [];
      const body = source.replaceAll(/^import .*$/gm, '');
      const file = join(folder, `${name}-${title}.ts`);
      writeFileSync(
        file,
        `${imports.join('\n')}\nexport default async (print: (...words: unknown[]) => void) => {\n${body}\n};\n`,
      );
      const { default: example } = (await import(file)) as {
        default: (print: (...words: unknown[]) => void) => Promise<void>;
      };
      const printed: string[] = [];
      await example((...words) => printed.push(words.join(' ')));
      expect(`${printed.join('\n')}\n`).toBe(prints);
    });
  }
});
