import { ALIASES, HASHES, RUNS } from './character-names.generated.ts';

// Unicode has 34,000 names of a megabyte. Only hashes of them are kept, of 42 bits: that a name that does not exist is
// taken for one that does happens once in a hundred million.
const HASH_LENGTH = 7;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The character of a Unicode name or alias, in any case, as Python's `\N{...}` finds it. */
export function characterByName(name: string): string | undefined {
  const upper = name.toUpperCase();
  const computed = ideograph(upper) ?? hangulSyllable(upper);
  if (computed !== undefined) return String.fromCodePoint(computed);
  const code = find(hash(upper));
  return code === undefined ? undefined : String.fromCodePoint(code);
}

function find(wanted: string): number | undefined {
  let at = HASHES.indexOf(wanted);
  // Also found across the border of two hashes.
  while (at % HASH_LENGTH > 0) at = HASHES.indexOf(wanted, at + 1);
  if (at < 0) return findAlias(wanted);
  let rest = at / HASH_LENGTH;
  for (const run of RUNS.split(',')) {
    const [start = 0, length = 0] = run.split(' ').map((part) => Number.parseInt(part, 36));
    if (rest < length) return start + rest;
    rest -= length;
  }
  return undefined;
}

function findAlias(wanted: string): number | undefined {
  const alias = ALIASES.split(',').find((each) => each.startsWith(wanted));
  return alias === undefined ? undefined : Number.parseInt(alias.slice(HASH_LENGTH), 36);
}

/** As in scripts/yaql-character-names.mjs. */
function hash(name: string): string {
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

// Blocks of Unicode 14, which Python 3.11 has.
const IDEOGRAPHS: readonly (readonly [number, number])[] = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b738],
  [0x2b740, 0x2b81d],
  [0x2b820, 0x2cea1],
  [0x2ceb0, 0x2ebe0],
  [0x30000, 0x3134a],
];

function ideograph(name: string): number | undefined {
  const digits = /^CJK UNIFIED IDEOGRAPH-([0-9A-F]{4,5})$/.exec(name)?.[1];
  if (digits === undefined) return undefined;
  const code = Number.parseInt(digits, 16);
  return IDEOGRAPHS.some(([first, last]) => code >= first && code <= last) ? code : undefined;
}

const INITIALS = 'G GG N D DD R M B BB S SS _ J JJ C K T P H'.split(' ');
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const FINALS = '_ G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');

function hangulSyllable(name: string): number | undefined {
  const parts = /^HANGUL SYLLABLE ([^AEIOUWY]*)([AEIOUWY]+)([^AEIOUWY]*)$/.exec(name);
  if (parts === null) return undefined;
  const [initial, vowel, final] = [INITIALS, VOWELS, FINALS].map((list, i) => list.indexOf(parts[i + 1] || '_')) as [
    number,
    number,
    number,
  ];
  return initial < 0 || vowel < 0 || final < 0 ? undefined : 0xac00 + (initial * 21 + vowel) * 28 + final;
}
