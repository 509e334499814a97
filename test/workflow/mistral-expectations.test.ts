import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { documentNames, FIXTURES, readDocument, readExpectation, runDocument } from './run-document.ts';

describe('a document does in process what it does on Mistral 15', () => {
  const names = documentNames();

  it('there are enough documents, each with what Mistral did', () => {
    expect(names.length).toBeGreaterThan(120);
    expect(names.filter((name) => !existsSync(`${FIXTURES}${name}.json`))).toEqual([]);
  });

  it.each(names.filter((name) => !DIFFERENCES.has(name)))('%s', async (name) => {
    const { text, run } = readDocument(name);
    expect(await runDocument(text, run)).toEqual(readExpectation(name));
  });

  it.each([...DIFFERENCES])('%s differs, with a reason', async (name, { ours }) => {
    const { text, run } = readDocument(name);
    const outcome = await runDocument(text, run);
    expect(outcome).not.toEqual(readExpectation(name));
    expect(outcome).toMatchObject(ours);
  });
});
