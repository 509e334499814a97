// Runs every document of fixtures/workflows, and every definition, on a live Mistral 15 (MISTRAL_URL, or one started from
// ../shared/mistral) and compares with what is checked in, which the tests compare with our own runs. Exit 1 when
// anything differs; exit 0 with a word when there is no Mistral. Arguments: parts of names; default all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  comparable,
  each,
  FIXTURES,
  Mistral,
  readDefinitions,
  readDocuments,
  startMistral,
} from './mistral-client.mjs';

const only = process.argv.slice(2);
const server = startMistral();
if (server === undefined) {
  process.stdout.write('There is no Mistral here: nothing was compared.\n');
  process.exit(0);
}

const read = (file) => JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'));
let different = 0;
function tell(name, expected, found) {
  different++;
  process.stdout.write(
    `${name} differs\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}\n`,
  );
}

try {
  const mistral = new Mistral(server.url);
  const documents = readDocuments(only.length > 0 ? only : undefined);
  await each(documents, 4, async (document) => {
    const expected = read(`${document.name}.json`);
    // A busy Mistral loses a scheduled job now and then, and the workflow stands still: once more, then.
    for (let attempt = 1; ; attempt++) {
      const found = comparable(await mistral.run(document), document.run);
      // What Mistral still does after the end depends on when one looks.
      if (document.run.unstable ? found.state === expected.state : isDeepStrictEqual(found, expected)) return;
      if (attempt < 3) continue;
      tell(document.name, expected, found);
      return;
    }
  });
  const definitions = only.length > 0 ? [] : readDefinitions();
  const verdicts = read('definitions.json');
  await each(definitions, 2, async ({ kind, name, text }) => {
    const found = await mistral.validate(kind, text);
    if (found !== verdicts[`${kind} ${name}`]) tell(`${kind} ${name}`, verdicts[`${kind} ${name}`], found);
  });
  process.stdout.write(`${documents.length} documents, ${definitions.length} definitions, ${different} different\n`);
} finally {
  server.stop();
}
if (different > 0) process.exit(1);
