import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const CODE = /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g;

test('docs/diagnostics.md explains every code that a message has, once, and no other', () => {
  const codes = new Set<string>();
  for (const file of readdirSync('src/diagnostics')) {
    const text = readFileSync(`src/diagnostics/${file}`, 'utf8');
    for (const [, code] of text.matchAll(CODE)) codes.add(code as string);
  }
  expect(codes.size).toBeGreaterThan(80);
  const guide = readFileSync('docs/diagnostics.md', 'utf8');
  const explained = Array.from(guide.matchAll(/^\| `([A-Z0-9_]+)` \| \S/gm), (match) => match[1] as string);
  expect(explained.sort()).toEqual([...codes].sort());
});
