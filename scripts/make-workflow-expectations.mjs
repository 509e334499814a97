// What a real Mistral 15 does with each document of fixtures/workflows: writes <name>.json beside it. Needs
// ../shared/mistral, or MISTRAL_URL. Arguments: parts of names; default all. Two runs must agree.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparable, each, FIXTURES, Mistral, readDocuments } from './mistral-client.mjs';
import { startMistral } from './mistral-server.mjs';

const only = process.argv.slice(2);
const server = await startMistral();
try {
  const mistral = new Mistral(server.url);
  const documents = readDocuments(only.length > 0 ? only : undefined);
  await each(documents, 4, async (document) => {
    try {
      const outcome = comparable(await mistral.run(document), document.run);
      writeFileSync(join(FIXTURES, `${document.name}.json`), `${JSON.stringify(outcome, null, 1)}\n`);
      process.stdout.write('.');
    } catch (error) {
      process.stdout.write(`\n${document.name}: ${error.message}\n`);
    }
  });
  process.stdout.write('\n');
} finally {
  server.stop();
}
