import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

// Beside this test, so that the same compiler takes them.
const folder = mkdtempSync(join(import.meta.dirname, '.examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Example = (print: (...words: unknown[]) => void) => void;

describe('the examples of docs/yaql.md', () => {
  const text = readFileSync(new URL('../../docs/yaql.md', import.meta.url), 'utf8');
  const examples = [...text.matchAll(/```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/gs)];

  it('are all of its code', () => {
    expect(examples).toHaveLength(text.split('```ts\n').length - 1);
    expect(examples.length).toBeGreaterThan(3);
  });

  it.each(examples.map(([, code, prints], index) => [index + 1, code as string, prints as string] as const))(
    'example %i prints what it says',
    async (number, code, prints) => {
      const source = code.replaceAll("'heat-task-graph/yaql'", "'../../../src/yaql/index.ts'");
      const imports = source.match(/^import .*$/gm) ?? [];
      const file = join(folder, `${number}.ts`);
      const head = 'export default (print: (...words: unknown[]) => void) => {';
      writeFileSync(file, `${imports.join('\n')}\n${head}\n${source.replaceAll(/^import .*$/gm, '')}\n};\n`);
      const { default: example } = (await import(file)) as { default: Example };
      const printed: string[] = [];
      example((...words) => printed.push(words.join(' ')));
      expect(`${printed.join('\n')}\n`).toBe(prints);
    },
  );
});
