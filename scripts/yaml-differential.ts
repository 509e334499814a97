// Random texts, read by the real Heat and by us; prints what differs and how often.
//   npx tsx scripts/yaml-differential.ts [SEED [COUNT [soup|templates]]]
// `templates` breaks the templates of ../shared/conformance/handmade a little. Needs python3-heat.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { loadJson } from '../src/values/load-json.ts';
import type { Value, ValueMap } from '../src/values/value.ts';
import { loadYaml } from '../src/yaml/document.ts';
import { show, tagged } from '../test/yaml/tagged.ts';

const [seedText = '1', countText = '5000', kind = 'templates'] = process.argv.slice(2);
const SHOWN_OF_EACH = 5;
const LINES = [
  'a',
  'key',
  'foo bar',
  '1',
  '1.0',
  '0x1F',
  '010',
  '~',
  'yes',
  '1:30',
  '.5',
  '-.inf',
  '2001-01-01',
  'é',
  '😀',
  'http://x:80/',
];
const MARKS = [
  ': ',
  ':',
  '- ',
  '? ',
  '{',
  '}',
  '[',
  ']',
  ',',
  ', ',
  '"',
  "'",
  '#',
  ' # c',
  '|',
  '>',
  '|-\n',
  '>+\n',
  '|2\n',
  '\\',
  '@',
  '`',
  '%',
  '=',
  '<<: ',
];
const BLANKS = ['\n', '\n', '\n  ', '\n    ', ' ', '  ', '\t', '\r\n', '\r', '\x85', '\n- '];
const PROPERTIES = [
  '&x ',
  '*x',
  '&y ',
  '*y',
  '!!str ',
  '!!int ',
  '! ',
  '!foo ',
  '!!map ',
  '!!set ',
  '!!seq ',
  '!!omap ',
  '!!binary aGk=',
  '!!null ',
];
const DOCUMENTS = [
  '---\n',
  '\n---\n',
  '...\n',
  '%YAML 1.1\n',
  '%TAG ! tag:yaml.org,2002:\n',
  'x: |\n  t\n',
  'x: >\n  t\n  u\n\n   v\n',
  '? a\n: b\n',
  '{a: b}',
  '[a, b]',
];
const PIECES = [...LINES, ...MARKS, ...BLANKS, ...PROPERTIES, ...DOCUMENTS];

let state = Number(seedText);
/** mulberry32: below `limit`. */
function random(limit: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
}

const pick = (from: readonly string[]): string => from[random(from.length)] as string;

function soup(): string {
  const pieces = Array.from({ length: 1 + random(12) }, () => pick(PIECES));
  return pick(['', 'r: ', 'k0: v\n']) + pieces.join('');
}

const HANDMADE = new URL('../../shared/conformance/handmade/', import.meta.url);
const templates = kind === 'templates' ? readdirSync(HANDMADE).filter((name) => name.endsWith('.yaml')) : [];
const texts = templates.map((name) => readFileSync(new URL(name, HANDMADE), 'utf8').replace(/^#.*\n/gm, ''));

function brokenTemplate(): string {
  let text = pick(texts);
  if (random(3) > 0) {
    const from = text.indexOf('\n', random(text.length)) + 1;
    text = text.slice(from, from + 60 + random(300));
  }
  for (let i = random(3); i >= 0; i--) {
    const at = random(text.length + 1);
    text = text.slice(0, at) + (random(3) > 0 ? pick([...MARKS, ...BLANKS]) : '') + text.slice(at + random(3));
  }
  return text;
}

function ours(text: string): string {
  const loaded = loadYaml(text);
  if (!loaded.ok) return `refused: ${loaded.diagnostics[0]?.heat}: ${loaded.diagnostics[0]?.message}`;
  return loaded.document.value instanceof Map ? show(tagged(loaded.document.value)) : 'no mapping';
}

/** What counts: the value, or that there is none. */
function outline(answer: string): string {
  return answer.startsWith('refused') || answer === 'no mapping' || answer === '{}' ? 'none' : answer;
}

const asked = Array.from({ length: Number(countText) }, kind === 'templates' ? brokenTemplate : soup);
const oracle = spawn('/usr/bin/python3', ['-W', 'ignore', new URL('yaml-oracle.py', import.meta.url).pathname], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
oracle.stdin.end(asked.map((text) => `${JSON.stringify(text)}\n`).join(''));

const counts = new Map<string, number>();
let next = 0;
for await (const line of createInterface({ input: oracle.stdout })) {
  const text = asked[next++] as string;
  const answer = loadJson(line) as ValueMap;
  const heats = answer.has('error')
    ? `refused: ${show(answer.get('error') as Value)}`
    : show(answer.get('value') as Value);
  const mine = ours(text);
  // A date is Heat's second parser; a set has no order.
  if (outline(heats) === outline(mine) || heats.includes('$date') || heats.includes('$set')) continue;
  const difference =
    outline(heats) === 'none'
      ? 'read by us alone'
      : outline(mine) === 'none'
        ? 'read by Heat alone'
        : 'read differently';
  counts.set(difference, (counts.get(difference) ?? 0) + 1);
  if ((counts.get(difference) as number) > SHOWN_OF_EACH) continue;
  console.log(`${difference}: ${JSON.stringify(text)}\n  Heat ${heats.slice(0, 200)}\n  here ${mine.slice(0, 200)}`);
}
console.log(`${next} texts;`, [...counts].map(([what, count]) => `${count} ${what}`).join(', ') || 'no difference');
