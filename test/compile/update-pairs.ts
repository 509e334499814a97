import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { type BoundStack, bindStack } from '../../src/stack/bind-stack.ts';
import type { Stack } from '../../src/stack/stack.ts';
import { readTemplate } from '../../src/template/template.ts';
import { loadDocument } from '../../src/yaml/document.ts';

/** Two templates and what the real Heat makes of the way from one to the other (scripts/make-update-pairs.py). */
export interface UpdatePair {
  readonly id: string;
  readonly old: string;
  readonly new: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Values that were made up for parameters without any. */
  readonly parameters: { readonly old: Record<string, unknown>; readonly new: Record<string, unknown> };
  readonly preview: Preview | { readonly error: string };
  /** Nodes are numbers: twice the place of the name, and one more for an update node. Edges are [requirer, required]. */
  readonly graph?: {
    readonly names: readonly string[];
    readonly nodes: readonly number[];
    readonly edges: readonly (readonly [number, number])[];
  };
}

export interface Preview {
  readonly added: readonly string[];
  readonly deleted: readonly string[];
  readonly replaced: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
}

export function readPairs(name: 'corpus' | 'handmade' | 'types'): UpdatePair[] {
  const file = new URL(`../../fixtures/update/${name}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as UpdatePair);
}

/** One of the two stacks. Heat goes on with faults that only validation finds. */
export function bindPair(pair: UpdatePair, which: 'old' | 'new'): Stack {
  return bind(pair, which).stack;
}

/** What is wrong with the two stacks by themselves. */
export function problemsOf(pair: UpdatePair): readonly Diagnostic[] {
  return [...bind(pair, 'old').diagnostics, ...bind(pair, 'new').diagnostics];
}

function bind(pair: UpdatePair, which: 'old' | 'new'): BoundStack {
  const loaded = loadDocument({ name: `${which}.yaml`, text: pair[which] });
  if (!loaded.ok) throw new Error(`${pair.id}: ${loaded.diagnostics[0]?.message}`);
  const read = readTemplate(loaded.document);
  if (!read.ok) throw new Error(`${pair.id}: ${read.diagnostics[0]?.message}`);
  return bindStack(read.template, {
    parameters: { ...pair.parameters[which], ...pair.params },
    files: pair.files ?? {},
    environments: pair.env === undefined ? [] : [{ name: 'env.yaml', text: pair.env }],
    projectId: 'test_tenant_id',
  });
}
