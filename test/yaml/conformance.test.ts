import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadJson } from '../../src/values/load-json.ts';
import type { Value, ValueMap } from '../../src/values/value.ts';
import { loadDocument } from '../../src/yaml/document.ts';
import { show, tagged } from './tagged.ts';

// What the real Heat read, case by case. The suites lie beside the repository where they are installed.
const SUITES = new URL('../../../shared/conformance/', import.meta.url);

/** Heat's value, or the class with which it refuses the text; undefined when it refuses the template later. */
function expected(expectation: ValueMap): string | undefined {
  const template = expectation.get('template');
  if (template !== undefined) return show(template);
  const error = expectation.get('error') as ValueMap;
  return error.get('stage') === 'parse' ? `refused: ${error.get('type')}` : undefined;
}

function read(text: string): string {
  const loaded = loadDocument(text);
  return loaded.ok ? show(tagged(loaded.document.value)) : `refused: ${loaded.diagnostics[0]?.heat}`;
}

function check(text: string, expectation: Value): void {
  const answer = expected(expectation as ValueMap);
  if (answer !== undefined) expect(read(text)).toBe(answer);
}

describe.skipIf(!existsSync(SUITES))('templates as the real Heat reads them', () => {
  const handmade = new URL('handmade/', SUITES);
  const names = existsSync(handmade) ? readdirSync(handmade).filter((name) => name.endsWith('.expected.json')) : [];
  it.each(names)('handmade/%s', (name) => {
    const text = readFileSync(new URL(name.replace('.expected.json', '.yaml'), handmade), 'utf8');
    check(text, loadJson(readFileSync(new URL(name, handmade), 'utf8')));
  });

  const corpus = new URL('corpus/', SUITES);
  const index = new URL('expected.jsonl.gz', corpus);
  const lines = existsSync(index) ? gunzipSync(readFileSync(index)).toString().trimEnd().split('\n') : [];
  const cases = lines.map((line) => loadJson(line) as ValueMap);
  it.each(cases.map((entry) => [entry.get('path') as string, entry] as const))('corpus/%s', (path, entry) => {
    check(readFileSync(new URL(path, corpus), 'utf8'), entry.get('expected') as Value);
  });
});
