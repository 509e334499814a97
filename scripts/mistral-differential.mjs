/**
 * npm run test:mistral [-- PART...]
 *
 * Runs every document of fixtures/workflows, and every definition, on a live Mistral 15 (MISTRAL_URL, or ones started
 * from ../shared/mistral, one for each processor), and compares with what is checked in, which the tests compare with our
 * own runs. Has it validate every document of ../shared/conformance/mistral, too, where that is there, and compares with
 * what we say of it. Arguments: parts of names of documents; default all.
 *
 * A busy Mistral loses a scheduled job now and then, and the workflow stands still for ever: a document that hangs, and
 * only that, is run again, up to three times, and told. Ends with "N passed, M failed", or with "NOT RUN" and the reason
 * where there is no Mistral; exit code 1 when anything differs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { comparable, each, FIXTURES, Mistral, readDefinitions, readDocuments } from './mistral-client.mjs';
import { startMistrals } from './mistral-server.mjs';

const FOREIGN = new URL('../../shared/conformance/mistral', import.meta.url).pathname;
const ATTEMPTS = 3;
/** At once, on each server; a Mistral uses one processor. */
const DOCUMENTS = 4;
const MOST_SERVERS = 2;
/** Nothing waits for ever, whatever happens. */
const LIMIT_MS = 20 * 60_000;

const only = process.argv.slice(2);
const { servers, missing, stop } = await startMistrals(Math.min(MOST_SERVERS, availableParallelism()));
if (servers === undefined) {
  console.log(`NOT RUN: there is no Mistral here (${missing})`);
  process.exit(0);
}

const begun = Date.now();
let passed = 0;
let failed = 0;
let hung = 0;
setTimeout(() => {
  console.log(`not done within ${LIMIT_MS / 60_000} minutes\n${passed} passed, ${failed + 1} failed`);
  process.exit(1);
}, LIMIT_MS).unref();

try {
  const mistrals = servers.map(({ url }) => new Mistral(url));
  const read = (file) => JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'));
  const whole = only.length === 0;
  const documents = readDocuments(whole ? undefined : only);
  // The slowest are those that wait: first, so that nothing is left to wait for at the end.
  await spread(mistrals, documents, DOCUMENTS, (mistral, document) => compareRun(mistral, document, read));
  const definitions = whole ? readDefinitions() : [];
  const verdicts = whole ? read('definitions.json') : {};
  await spread(mistrals, definitions, 2, async (mistral, { kind, name, text }) => {
    const found = await mistral.validate(kind, text);
    tell(`${kind} ${name}`, verdicts[`${kind} ${name}`], found);
  });
  const foreign = whole && existsSync(FOREIGN) ? await readForeign() : [];
  await spread(mistrals, foreign, 2, async (mistral, { kind, name, text, ours }) => {
    tell(`conformance ${name}`, await mistral.validate(kind, text), ours);
  });
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  const others = foreign.length > 0 ? `${foreign.length} documents of the conformance folder, ` : '';
  console.log(
    `${documents.length} documents, ${definitions.length} definitions, ${others}on ${mistrals.length} Mistrals in ${seconds} s`,
  );
  if (hung > 0) console.log(`${hung} times a document hung in Mistral and was run again`);
} catch (error) {
  failed++;
  console.log(`broken off: ${error.stack}`);
} finally {
  stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function compareRun(mistral, document, read) {
  const { name, run } = document;
  const expected = read(`${name}.json`);
  for (let attempt = 1; ; attempt++) {
    const found = comparable(await mistral.run(document), run);
    const hangs = found.state === 'RUNNING' && expected.state !== 'RUNNING';
    if (hangs && attempt < ATTEMPTS) {
      hung++;
      console.log(`${name} hangs in Mistral: once more`);
      continue;
    }
    // What Mistral still does after the end depends on when one looks.
    if (run.unstable) tell(name, expected.state, found.state);
    else tell(name, expected, found);
    return;
  }
}

/** With what we say of each. */
async function readForeign() {
  const { tsImport } = await import('tsx/esm/api');
  const { accepts, workflowDocuments } = await tsImport('./conformance/workflows.ts', import.meta.url);
  return workflowDocuments(FOREIGN).map((document) => ({ ...document, ours: accepts(document) }));
}

function tell(name, expected, found) {
  if (isDeepStrictEqual(found, expected)) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAIL ${name}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`);
}

/** Several at once on each of them, in order. */
function spread(mistrals, items, atOnce, work) {
  let next = 0;
  const from = () => mistrals[next++ % mistrals.length];
  const workers = Array.from({ length: mistrals.length * atOnce }, from);
  return each(items, workers.length, (item, worker) => work(workers[worker], item));
}
