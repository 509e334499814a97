import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Value } from '../../src/values/value.ts';
import { type Case, readCases } from './case.ts';
import { difference, listDifference } from './compare.ts';
import { bindOptions, decodeValue, examine } from './examine.ts';
import { examineUpdate, graphDifference, previewDifference } from './update.ts';
import { accepts, holdsWorkflows, workflowDocuments } from './workflows.ts';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Failure {
  readonly case: string;
  readonly field: string;
  readonly difference: string;
}

const EXACT = ['template'];
const BY_KEY = ['version', 'parameters_used', 'conditions', 'resources', 'resolved', 'outputs'];
const AS_SETS = ['edges', 'edges_explicit', 'edges_implicit', 'cycle'];
const IN_ORDER = ['levels'];
const ERRORS = ['error', 'validate_error'];
const OF_UPDATES = ['graph', 'preview'];
const COMPARED = new Set([...EXACT, ...BY_KEY, ...AS_SETS, ...IN_ORDER, ...ERRORS, ...OF_UPDATES]);
/** Not compared, and why. */
const SKIPPED: ReadonlyMap<string, string> = new Map([
  ['create_order', 'one valid order among many'],
  ['edges_validated', "Heat's graph after validation, kept for interest"],
  ['parameters_synthesised', 'input'],
  ['unstable', 'input'],
  ['files_error', 'what python-heatclient says'],
  ['unknown_types', 'part of error'],
  ['nested', 'nested stacks'],
]);

/** What came of the cases of some directories. */
export interface Summary {
  cases: number;
  passed: number;
  readonly fields: Map<string, Tally>;
  readonly failures: Failure[];
}

/** Why a field was skipped. */
export function whySkipped(field: string): string {
  if (field === 'accepted') return 'no verdict with it: npm run test:mistral asks Mistral';
  if (!COMPARED.has(field)) return SKIPPED.get(field) ?? 'not known to this runner';
  return field === 'validate_error' ? 'property validation, or unstable' : 'unstable';
}

export function emptySummary(): Summary {
  return { cases: 0, passed: 0, fields: new Map(), failures: [] };
}

/** Judges every case of a directory, whatever forms they have. False where it has none. */
export async function judgeDirectory(directory: string, summary: Summary): Promise<boolean> {
  if (holdsWorkflows(directory)) {
    judgeWorkflows(directory, summary);
    return true;
  }
  const templates = readCases(directory);
  for (const one of templates ?? []) {
    const before = summary.failures.length;
    await judge(one, summary.fields, summary.failures);
    count(summary, summary.failures.length === before);
  }
  const hasYaql = existsSync(join(directory, 'cases.json'));
  if (hasYaql) await judgeYaql(directory, summary);
  return templates !== undefined || hasYaql;
}

/** Only those whose verdict the suite tells count as cases: `npm run test:mistral` asks a live Mistral for the others. */
function judgeWorkflows(directory: string, summary: Summary): void {
  const counts = tally(summary.fields, 'accepted');
  for (const document of workflowDocuments(directory)) {
    const { name, accepted } = document;
    if (accepted === undefined) {
      counts.skipped++;
      continue;
    }
    const ok = accepts(document) === accepted;
    count(summary, ok);
    if (ok) counts.passed++;
    else {
      counts.failed++;
      summary.failures.push({ case: name, field: 'accepted', difference: `Mistral says ${accepted}, we ${!accepted}` });
    }
  }
}

function count(summary: Summary, ok: boolean): void {
  summary.cases++;
  if (ok) summary.passed++;
}

async function judgeYaql(directory: string, summary: Summary): Promise<void> {
  const { runYaqlConformance } = await import('./yaql.ts');
  const counts = tally(summary.fields, 'yaql');
  for (const { id, ok, detail } of runYaqlConformance(directory).cases) {
    count(summary, ok);
    if (ok) counts.passed++;
    else {
      counts.failed++;
      summary.failures.push({ case: id, field: 'yaql', difference: detail });
    }
  }
}

async function judge(one: Case, fields: Map<string, Tally>, failures: Failure[]): Promise<void> {
  let actual: Map<string, Value>;
  try {
    actual = await examine(one);
    if (one.action !== undefined) for (const [field, value] of examineTraversal(one)) actual.set(field, value);
  } catch (error) {
    failures.push({ case: one.name, field: 'crash', difference: String((error as Error).stack) });
    tally(fields, 'crash').failed++;
    return;
  }
  const names = new Set([...one.expected.keys()].map(String));
  // Where the template was examined, what is not told is not there; a bare update tells nothing of it.
  if (one.expected.has('template') || one.expected.has('error')) for (const name of ['error', 'edges']) names.add(name);
  for (const field of names) {
    if (skips(one, field)) {
      tally(fields, field).skipped++;
      continue;
    }
    const expected = decodeValue(one.expected.get(field) ?? null);
    const found = fieldDifference(field, expected, withoutUnstable(actual.get(field) ?? null, field, one.unstable));
    if (found === undefined) tally(fields, field).passed++;
    else {
      tally(fields, field).failed++;
      failures.push({ case: one.name, field, difference: found });
    }
  }
}

function skips(one: Case, field: string): boolean {
  if (SKIPPED.has(field) || !COMPARED.has(field)) return true;
  if (one.unstable.includes(field)) return true;
  // Property validation is not ours yet: only what comes before it is compared.
  return (
    field === 'validate_error' && (one.expected.get('validate_error') as Map<Value, Value>).get('stage') === 'validate'
  );
}

/** Unstable parts were left out of the expectation. A path's steps are joined by dots, and may have dots themselves. */
function withoutUnstable(value: Value, path: string, unstable: readonly string[]): Value {
  if (!(value instanceof Map) || !unstable.some((one) => one.startsWith(`${path}.`))) return value;
  const kept = new Map<Value, Value>();
  for (const [key, item] of value as ReadonlyMap<Value, Value>) {
    const at = `${path}.${String(key)}`;
    if (!unstable.includes(at)) kept.set(key, withoutUnstable(item, at, unstable));
  }
  return kept;
}

function examineTraversal(one: Case): Map<string, Value> {
  return examineUpdate(one.action === 'delete' ? undefined : one.old, one.template, bindOptions(one));
}

function fieldDifference(field: string, expected: Value, actual: Value): string | undefined {
  if (field === 'graph') return graphDifference(expected, actual);
  if (field === 'preview') return previewDifference(expected, actual);
  if (AS_SETS.includes(field)) return listDifference(expected, actual);
  if (ERRORS.includes(field)) return difference(stageAndType(expected), stageAndType(actual), false);
  if (EXACT.includes(field) || IN_ORDER.includes(field)) return difference(expected, actual, true);
  return difference(expected, actual, false);
}

function stageAndType(error: Value): Value {
  return error instanceof Map ? `${error.get('stage')} ${error.get('type')}` : null;
}

function tally(fields: Map<string, Tally>, field: string): Tally {
  let found = fields.get(field);
  if (found === undefined) {
    found = { passed: 0, failed: 0, skipped: 0 };
    fields.set(field, found);
  }
  return found;
}
