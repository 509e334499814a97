/**
 * npm run bench [-- NAME...] [--quick] [--json]
 *
 * Runs the benchmarks of this folder (each `NAME.ts` is one; default: all), of the package as built now. Each compares
 * with peers in the same run and prints ratios. `--json` prints one object: a benchmark's own JSON where it has it, else
 * its lines. A target that was missed is no failure: machines are noisy. Exit code 1 when a benchmark breaks.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Those that understand `--quick` and `--json`. */
const WITH_OPTIONS = ['compile'];

const root = fileURLToPath(new URL('..', import.meta.url));
const benchmarks = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.ts') && name !== 'main.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const unknown = positionals.find((name) => !benchmarks.includes(name));
  if (unknown !== undefined) {
    console.error(`bench: no benchmark '${unknown}'; there are ${benchmarks.join(', ')}`);
    return 64;
  }
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) return 1;

  let code = 0;
  const results: Record<string, unknown> = {};
  for (const name of positionals.length > 0 ? positionals : benchmarks) {
    const options = WITH_OPTIONS.includes(name) ? process.argv.slice(2).filter((arg) => arg.startsWith('--')) : [];
    const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
    if (!values.json) console.log(`\n== ${name}`);
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', values.json ? 'pipe' : 'inherit', 'inherit'],
    });
    if (status !== 0) {
      console.error(`bench: ${name} ended with ${status}`);
      code = 1;
    } else if (values.json) {
      results[name] = options.includes('--json')
        ? JSON.parse(stdout)
        : stdout.split('\n').filter((line) => line !== '');
    }
  }
  if (values.json) console.log(JSON.stringify(results, null, 1));
  return code;
}

process.exitCode = main();
