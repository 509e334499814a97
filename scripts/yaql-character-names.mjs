// Writes src/yaql/language/character-names.generated.ts: hashes of the names of Unicode's characters, from the Python
// that Heat runs on (Debian: /usr/bin/python3) and the aliases of Debian's unicode-data, where it is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const PROGRAM = `
import unicodedata
for code in range(0x110000):
    name = unicodedata.name(chr(code), None)
    if name is None or name.startswith('CJK UNIFIED IDEOGRAPH-') or name.startswith('HANGUL SYLLABLE '):
        continue
    print('%x %s' % (code, name))
`;
const ALIASES = '/usr/share/unicode/NameAliases.txt';
const CHECK = `
import sys, unicodedata
for line in sys.stdin:
    code, name = line.rstrip().split(' ', 1)
    try:
        if ord(unicodedata.lookup(name)) == int(code, 16): print(line.rstrip())
    except KeyError:
        pass
`;

const python = (program, input = '') =>
  execFileSync('/usr/bin/python3', ['-c', program], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
    .trim()
    .split('\n');
const split = (line) => [Number.parseInt(line, 16), line.slice(line.indexOf(' ') + 1)];

const names = python(PROGRAM).map(split);
const listed = existsSync(ALIASES)
  ? readFileSync(ALIASES, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) =>
        line
          .split(';')
          .slice(0, 2)
          .join(' ')
          .replace(/^0+(?=[0-9A-F])/, ''),
      )
  : [];
const aliases = python(CHECK, listed.join('\n')).filter(Boolean).map(split);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The same hash as in src/yaql/language/character-names.ts: 42 bits as seven characters. */
function hash(name) {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < name.length; i++) {
    a = Math.imul(a ^ name.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ name.charCodeAt(i), 0x5bd1e995);
    b ^= b >>> 13;
  }
  let text = '';
  for (let i = 0; i < 4; i++) text += ALPHABET[(a >>> (6 * i + 4)) & 63];
  for (let i = 0; i < 3; i++) text += ALPHABET[(b >>> (6 * i + 8)) & 63];
  return text;
}

const seen = new Map();
for (const [code, name] of [...names, ...aliases]) {
  const key = hash(name);
  if (seen.has(key) && seen.get(key) !== code) throw new Error(`two names have one hash: ${name}`);
  seen.set(key, code);
}
// Runs of characters that follow one another: start and length.
const runs = [];
for (const [code] of names) {
  const last = runs.at(-1);
  if (last !== undefined && last[0] + last[1] === code) last[1]++;
  else runs.push([code, 1]);
}
const file = `// Written by scripts/yaql-character-names.mjs.

/** Characters that have names: \`start length\` of each run, in base 36. */
export const RUNS: string =
  '${runs.map(([start, length]) => `${start.toString(36)} ${length.toString(36)}`).join(',')}';

/** Seven characters for each of them, in the same order: a hash of its name. */
export const HASHES: string =
  '${names.map(([, name]) => hash(name)).join('')}';

/** Further names: hash and character, in base 36. */
export const ALIASES: string =
  '${aliases.map(([code, name]) => `${hash(name)}${code.toString(36)}`).join(',')}';
`;
writeFileSync(new URL('../src/yaql/language/character-names.generated.ts', import.meta.url), file);
console.log(`${names.length} names, ${aliases.length} aliases, ${file.length} bytes`);
