import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMPONENT_KEYS, COMPONENT_STEPS } from '../../src/template/components.ts';
import { blocksOf } from '../docs/blocks.ts';
import { edges, hot, shop, steps } from './shop.example.ts';

const blocks = blocksOf('docs/components.md');

function shown(language: string, index = 0): string {
  return `${blocks.filter((block) => block.language === language)[index]?.text}\n`;
}

describe('docs/components.md', () => {
  it('shows the template and the program that are run here', () => {
    expect(shown('yaml')).toBe(readFileSync('fixtures/components/shop.yaml', 'utf8'));
    const program = readFileSync('test/components/shop.example.ts', 'utf8');
    expect(shown('ts')).toBe(program.replace("'../../src/index.ts'", "'heat-task-graph'"));
  });

  it('says what the program gives', () => {
    expect(shown('text', 0)).toBe(`${edges.join('\n')}\n`);
    expect(shown('text', 1)).toBe(`${steps.join('\n')}\n`);
    expect(shown('text', 2)).toBe(`${String(shop)}\n`);
    expect(hot).toContain(shown('yaml', 1));
  });

  it('lists every key and step', () => {
    const guide = readFileSync('docs/components.md', 'utf8');
    for (const key of COMPONENT_KEYS) expect(guide).toMatch(new RegExp(`^\\| .*\`${key}\``, 'm'));
    expect(guide).toContain(`\`${COMPONENT_STEPS.join(' ')}\``);
  });
});
