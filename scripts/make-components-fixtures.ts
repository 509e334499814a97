/**
 * Asks the real Heat what it makes of templates with components, lowered to plain HOT, and writes
 * fixtures/components/lowered.jsonl, a line for each:
 *
 *     {key, template, hot, error, edges, delete}
 *
 * `hot` is what `toHot` gives; `error` and `validate_error` are Heat's; `edges` [requirer, required] pairs of its
 * creation, `delete` of its deletion. Run it again after a change of what `toHot` writes:
 *
 *     npx tsx scripts/make-components-fixtures.ts [COUNT [ORACLE]]
 *
 * ORACLE is heat_oracle.py, default: ../shared/oracle/heat_oracle.py beside the checkout.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '../src/compile/compile.ts';
import { formatDiagnostics } from '../src/diagnostics/format.ts';
import { toHot } from '../src/export/hot.ts';
import { randomComponents } from '../test/components/random-components.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const [count = '120', oracle = join(here, '..', '..', 'shared', 'oracle', 'heat_oracle.py')] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'components-'));

interface Answer {
  readonly path: string;
  readonly error?: unknown;
  readonly validate_error?: unknown;
  readonly edges?: readonly [string, string][];
  readonly graph?: { readonly edges: readonly (readonly [[string, boolean], [string, boolean]])[] };
}

const cases: { key: string; template: string; hot: string; path: string }[] = [];
for (let i = 0; cases.length < Number(count); i++) {
  const key = `components-${i}`;
  const template = randomComponents(key);
  const compiled = compile({ text: template, name: key }, { components: true });
  if (!compiled.ok) throw new Error(`${key}\n${template}\n${formatDiagnostics(compiled.diagnostics)}`);
  const lowered = toHot(compiled.stack);
  if (!lowered.ok) throw new Error(`${key}\n${template}\n${formatDiagnostics(lowered.diagnostics)}`);
  const path = join(folder, `${key}.yaml`);
  writeFileSync(path, lowered.text);
  cases.push({ key, template, hot: lowered.text, path });
}
const list = join(folder, 'list');
const out = join(folder, 'out.jsonl');
writeFileSync(list, cases.map(({ path }) => `${path}\n`).join(''));
execFileSync(
  '/usr/bin/python3',
  [oracle, '--batch', list, '--out', out, '--jobs', '2', '--action', 'delete', '--no-resolve'],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
const answers = new Map<string, Answer>();
for (const line of readFileSync(out, 'utf8').split('\n')) {
  if (line === '') continue;
  const answer = JSON.parse(line) as Answer;
  answers.set(answer.path.split('/').at(-1) ?? '', answer);
}
const lines = cases.map(({ key, template, hot }) => {
  const {
    error = null,
    validate_error = null,
    edges = [],
    graph,
  } = answers.get(`${key}.yaml`) ?? { error: 'no answer' };
  const deleted = graph?.edges.map(([[requirer], [required]]) => [requirer, required]) ?? [];
  return `${JSON.stringify({ key, template, hot, error, validate_error, edges, delete: deleted })}\n`;
});
writeFileSync(join(here, '..', 'fixtures', 'components', 'lowered.jsonl'), lines.join(''));
rmSync(folder, { recursive: true });
