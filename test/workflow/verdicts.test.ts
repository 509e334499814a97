import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DocumentKind, loadWorkflows } from '../../src/workflow/language/load-workflows.ts';
import { FIXTURES } from './run-document.ts';

const definitions = readFileSync(`${FIXTURES}definitions.txt`, 'utf8')
  .split('=== ')
  .slice(1)
  .map((block) => /^(\w+) (\S+)\n([\s\S]*)$/.exec(block) ?? [])
  .map(([, kind = '', name = '', text = '']) => ({ kind, name, text }));
const verdicts = JSON.parse(readFileSync(`${FIXTURES}definitions.json`, 'utf8')) as Record<string, boolean>;
const KINDS: Record<string, DocumentKind> = { workflows: 'workflows', workbooks: 'workbook', actions: 'actions' };

describe('a definition is accepted or refused as Mistral 15 does', () => {
  it.each(definitions)('$kind $name', ({ kind, name, text }) => {
    const loaded = loadWorkflows(text, { kind: KINDS[kind] as DocumentKind });
    expect([loaded.ok, ...loaded.diagnostics.map(({ code, message }) => `${code} ${message}`)][0]).toBe(
      verdicts[`${kind} ${name}`],
    );
    if (loaded.ok) return;
    for (const { place, severity, message } of loaded.diagnostics) {
      expect(place).toBeDefined();
      expect(['error', 'warning']).toContain(severity);
      expect(message).toMatch(/^\S.*\.$/s);
    }
  });
});
