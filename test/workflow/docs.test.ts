import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as workflows from '../../src/executors/workflow/index.ts';

const guide = readFileSync(new URL('../../docs/workflows.md', import.meta.url), 'utf8');
const parts = guide.split(/^## /m).slice(1);

/** Each example with the text that it says it prints, and the YAML before it. */
const examples = parts.flatMap((part) => {
  const [title = ''] = part.split('\n', 1);
  const yaml = /```yaml\n([\s\S]*?)```/.exec(part)?.[1] ?? '';
  const found = part.matchAll(/```ts\n([\s\S]*?)```\s+prints\s+```text\n([\s\S]*?)```/g);
  return Array.from(found, ([, code = '', printed = '']) => ({ title, code, printed, yaml }));
});

describe('the examples of docs/workflows.md', () => {
  it('are there', () => {
    expect(examples.map(({ title }) => title)).toEqual([
      'In code',
      "In Mistral's language",
      'Actions',
      'Actions',
      'Actions',
      'Running failed tasks again',
    ]);
    // None is left out because of how it is written.
    expect(examples).toHaveLength(guide.split('```ts\n').length - 1);
  });

  it.each(examples)('$title', async ({ code, printed, yaml }) => {
    const lines: string[] = [];
    const body = code.replace(/^import \{(.*)\} from 'heat-task-graph\/workflows';$/m, 'const {$1} = workflows;');
    const run = new Function('workflows', 'text', 'console', `return (async () => {\n${body}\n})();`) as (
      ...args: unknown[]
    ) => Promise<void>;
    await run(workflows, yaml, { log: (...items: unknown[]) => lines.push(format(...items)) });
    expect(lines.join('\n')).toBe(printed.trim());
  });
});
