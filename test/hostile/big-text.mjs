// For big-text.test.ts, in a process of its own: prints what compile says of a big text.
import { compile } from '../../src/index.ts';

const [kind, megabytes] = process.argv.slice(2);
const size = Number(megabytes) * 1_000_000;
const HEAD = 'heat_template_version: 2018-08-31\n';

const fill = (unit, from = '') => from + unit.repeat(Math.ceil((size - from.length) / unit.length));

function numbered(from, line) {
  const parts = [from];
  for (let length = from.length, i = 0; length < size; i++) {
    const part = line(i);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

const texts = {
  description: () => fill('lorem ipsum ', `${HEAD}description: |\n  `),
  'short-lines': () => fill('  lorem ipsum dolor sit amet\n', `${HEAD}description: |\n`),
  escapes: () => `${fill('\\u0041', `${HEAD}description: "`)}"\n`,
  comments: () => fill('# no more than a comment\n', HEAD),
  'one-word': () => fill('a'),
  brackets: () => fill('['),
  json: () => fill('{"a":'),
  items: () => fill('- a\n'),
  'equal-keys': () => fill('a: 1\n', HEAD),
  anchors: () => `${fill('&a 1,', `${HEAD}x: [`)}]\n`,
  tags: () => fill('!a '),
  documents: () => fill('---\n'),
  'question-marks': () => fill('? '),
  blanks: () => fill(' '),
  'line-breaks': () => fill('\n'),
  'unknown-types': () => numbered(`${HEAD}resources:\n`, (i) => `  r${i}: {type: OS::No::Such}\n`),
  'unknown-references': () => numbered(`${HEAD}outputs:\n`, (i) => `  o${i}: {value: {get_resource: nowhere${i}}}\n`),
  resources: () =>
    numbered(
      `${HEAD}resources:\n  r0: {type: OS::Heat::None}\n`,
      (i) => `  r${i + 1}: {type: OS::Heat::None, depends_on: r${i}}\n`,
    ),
};

const text = texts[kind]();
const { ok, diagnostics } = compile(text);
const codes = [...new Set(diagnostics.map(({ code }) => code))];
console.log(JSON.stringify({ ok, codes, megabytes: Math.round(text.length / 1_000_000) }));
