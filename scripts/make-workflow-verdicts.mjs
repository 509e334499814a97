// What a real Mistral 15 says of each definition in fixtures/workflows/definitions.txt: writes definitions.json beside
// it. Needs ../shared/mistral, or MISTRAL_URL.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { each, FIXTURES, Mistral, readDefinitions } from './mistral-client.mjs';
import { startMistral } from './mistral-server.mjs';

const server = await startMistral();
try {
  const mistral = new Mistral(server.url);
  const definitions = readDefinitions();
  const verdicts = await each(definitions, 2, ({ kind, text }) => mistral.validate(kind, text));
  const lines = definitions.map(({ kind, name }, i) => ` ${JSON.stringify(`${kind} ${name}`)}: ${verdicts[i]}`);
  writeFileSync(join(FIXTURES, 'definitions.json'), `{\n${lines.join(',\n')}\n}\n`);
} finally {
  server.stop();
}
