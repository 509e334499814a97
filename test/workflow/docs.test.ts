import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as workflows from '../../src/executors/workflow/index.ts';

const guide = readFileSync(new URL('../../docs/workflows.md', import.meta.url), 'utf8');
const parts = guide.split(/^## /m).slice(1);

/** Each example with the text that it says it prints, and the YAML before it. */
const examples = parts.flatMap((part) => {
  const [title = ''] = part.split('\n', 1);
  const code = /```ts\n([\s\S]*?)```/.exec(part)?.[1];
  const printed = /```text\n([\s\S]*?)```/.exec(part)?.[1];
  const yaml = /```yaml\n([\s\S]*?)```/.exec(part)?.[1] ?? '';
  return code === undefined || printed === undefined ? [] : [{ title, code, printed, yaml }];
});

describe('the examples of docs/workflows.md', () => {
  it('are there', () => {
    expect(examples.map(({ title }) => title)).toEqual(['In code', "In Mistral's language", 'Actions']);
  });

  it.each(examples)('$title', async ({ code, printed, yaml }) => {
    const lines: string[] = [];
    const body = code.replace(/^import \{(.*)\} from 'heat-task-graph\/workflows';$/m, 'const {$1} = workflows;');
    const run = new Function('workflows', 'text', 'console', `return (async () => {\n${body}\n})();`) as (
      ...args: unknown[]
    ) => Promise<void>;
    await run(workflows, yaml, { log: (...items: unknown[]) => lines.push(items.join(' ')) });
    expect(lines.join('\n')).toBe(printed.trim());
  });
});
