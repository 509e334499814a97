import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEAT_IMPLICIT_RULES } from '../../src/catalog/catalog.ts';
import { waits } from './own-types.example.ts';

const GUIDE = readFileSync(new URL('../../docs/catalog.md', import.meta.url), 'utf8');

describe('docs/catalog.md', () => {
  it('shows the example that is run here', () => {
    const example = readFileSync(new URL('own-types.example.ts', import.meta.url), 'utf8');
    const shown = /```ts\n([\s\S]*?)```/.exec(GUIDE)?.[1];
    expect(shown).toBe(example.replace("'../../src/index.ts'", "'heat-task-graph'"));
  });

  it('says what the example gives', () => {
    expect(waits).not.toEqual([]);
    for (const line of waits) expect(GUIDE).toContain(`    ${line}\n`);
  });

  it('lists every rule', () => {
    for (const { name } of HEAT_IMPLICIT_RULES) expect(GUIDE).toContain(`\`${name}\``);
  });
});
