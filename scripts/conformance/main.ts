/**
 * npm run conformance -- DIR... [--json] [--verbose]
 *
 * Compares what we make of the cases in the directories (templates, YAQL expressions) with what the real systems made of
 * them, field by field. Exit code 1 when anything differs, 64 for wrong usage.
 */
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { emptySummary, judgeDirectory, type Summary, whySkipped } from './judge.ts';

async function main(): Promise<number> {
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
  const summary = emptySummary();
  for (const directory of directories) {
    if (!existsSync(directory) || !statSync(directory).isDirectory()) return usage(`no such directory: ${directory}`);
    if (!(await judgeDirectory(directory, summary))) return usage(`no cases in ${directory}`);
  }
  if (values.json) printJson(summary);
  else print(summary, values.verbose ?? false);
  return summary.passed === summary.cases ? 0 : 1;
}

function printJson({ cases, passed, fields, failures }: Summary): void {
  const summary = { cases, passed, failed: cases - passed, fields: Object.fromEntries(fields), failures };
  process.stdout.write(`${JSON.stringify(summary, null, 1)}\n`);
}

function print({ cases, passed, fields, failures }: Summary, verbose: boolean): void {
  const shown = verbose ? failures : failures.slice(0, 40);
  for (const { case: name, field, difference } of shown) console.log(`FAIL ${name} ${field}: ${difference}`);
  if (shown.length < failures.length) console.log(`... and ${failures.length - shown.length} more (--verbose)`);
  console.log(`\n${'field'.padEnd(24)}${'equal'.padStart(8)}${'differs'.padStart(9)}${'skipped'.padStart(9)}`);
  for (const [field, counts] of fields) {
    const why = counts.skipped > 0 ? `  ${whySkipped(field)}` : '';
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
