/**
 * npm run conformance -- DIR... [--json]
 *
 * Compares what we make of the templates in the directories with what the real systems made of them, field by field.
 * Exit code 1 when anything differs, 64 for wrong usage.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Value } from '../../src/values/value.ts';
import { type Case, readCases } from './case.ts';
import { difference, listDifference } from './compare.ts';
import { decodeValue, examine } from './examine.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Failure {
  readonly case: string;
  readonly field: string;
  readonly difference: string;
}

const EXACT = ['template'];
const BY_KEY = ['version', 'parameters_used', 'conditions', 'resources', 'resolved', 'outputs'];
const AS_SETS = ['edges', 'edges_explicit', 'edges_implicit', 'cycle'];
const IN_ORDER = ['levels'];
const ERRORS = ['error', 'validate_error'];
/** Not compared, and why. */
const SKIPPED: ReadonlyMap<string, string> = new Map([
  ['create_order', 'one valid order among many'],
  ['edges_validated', "Heat's graph after validation, kept for interest"],
  ['parameters_synthesised', 'input'],
  ['unstable', 'input'],
  ['files_error', 'what python-heatclient says'],
  ['unknown_types', 'part of error'],
  ['nested', 'nested stacks'],
  ['graph', 'update and delete traversals'],
]);

const main = async (): Promise<number> => {
  let options: { values: { json?: boolean; verbose?: boolean }; positionals: string[] };
  try {
    options = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean' }, verbose: { type: 'boolean', short: 'v' } },
    });
  } catch (error) {
    return usage((error as Error).message);
  }
  const { values, positionals: directories } = options;
  if (directories.length === 0) return usage('no directory given');
  const fields = new Map<string, Tally>();
  const failures: Failure[] = [];
  let cases = 0;
  let passed = 0;
  for (const directory of directories) {
    if (!existsSync(directory) || !statSync(directory).isDirectory()) return usage(`no such directory: ${directory}`);
    const found = readCases(directory);
    if (found === undefined && !existsSync(join(directory, 'cases.json'))) return usage(`no cases in ${directory}`);
    for (const one of found ?? []) {
      cases++;
      const before = failures.length;
      await judge(one, fields, failures);
      if (failures.length === before) passed++;
    }
  }
  if (values.json) {
    const summary = { cases, passed, failed: cases - passed, fields: Object.fromEntries(fields), failures };
    process.stdout.write(`${JSON.stringify(summary, null, 1)}\n`);
  } else {
    print(cases, passed, fields, failures, values.verbose ?? false);
  }
  return passed === cases ? 0 : 1;
};

async function judge(one: Case, fields: Map<string, Tally>, failures: Failure[]): Promise<void> {
  let actual: Map<string, Value>;
  try {
    actual = await examine(one);
  } catch (error) {
    failures.push({ case: one.name, field: 'crash', difference: String((error as Error).stack) });
    tally(fields, 'crash').failed++;
    return;
  }
  const names = new Set([...one.expected.keys()].map(String));
  for (const name of ['error', 'edges']) names.add(name);
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
  if (SKIPPED.has(field)) return true;
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

function fieldDifference(field: string, expected: Value, actual: Value): string | undefined {
  if (AS_SETS.includes(field)) return listDifference(expected, actual);
  if (ERRORS.includes(field)) return difference(stageAndType(expected), stageAndType(actual), false);
  if (EXACT.includes(field) || IN_ORDER.includes(field)) return difference(expected, actual, true);
  if (BY_KEY.includes(field)) return difference(expected, actual, false);
  return `the field is not known`;
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

function print(
  cases: number,
  passed: number,
  fields: ReadonlyMap<string, Tally>,
  failures: readonly Failure[],
  verbose: boolean,
): void {
  const shown = verbose ? failures : failures.slice(0, 40);
  for (const { case: name, field, difference } of shown) console.log(`FAIL ${name} ${field}: ${difference}`);
  if (shown.length < failures.length) console.log(`... and ${failures.length - shown.length} more (--verbose)`);
  console.log(`\n${'field'.padEnd(24)}${'equal'.padStart(8)}${'differs'.padStart(9)}${'skipped'.padStart(9)}`);
  for (const [field, counts] of fields) {
    const why =
      counts.skipped > 0
        ? `  ${SKIPPED.get(field) ?? (field === 'validate_error' ? 'property validation' : 'unstable')}`
        : '';
    const numbers = [counts.passed, counts.failed, counts.skipped].map(String);
    console.log(
      `${field.padEnd(24)}${numbers[0]?.padStart(8)}${numbers[1]?.padStart(9)}${numbers[2]?.padStart(9)}${why}`,
    );
  }
  console.log(`\n${cases} cases\n${passed} passed, ${cases - passed} failed`);
}

function usage(problem: string): number {
  process.stderr.write(`conformance: ${problem}; usage: npm run conformance -- DIR... [--json] [--verbose]\n`);
  return 64;
}

process.exitCode = await main();
