import { ignoringCase } from './case-folding.ts';
import { type CharacterNames, classEscape } from './escapes.ts';
import type { Flags } from './flags.ts';
import type { PatternError } from './pattern-error.ts';
import type { Source } from './source.ts';
import type { CharTest } from './syntax-tree.ts';

type Member = { readonly code: number } | { readonly test: CharTest };

/** Reads `[...]` from behind its `[`, which is at `start`. @throws PatternError */
export function readCharacterSet(source: Source, start: number, flags: Flags, names: CharacterNames): CharTest {
  const negative = source.match('^');
  const { ignoreCase, ascii } = flags;
  const codes = new Set<number>();
  const tests: CharTest[] = [];
  const add = (member: Member): void => {
    if ('code' in member) codes.add(member.code);
    else tests.push(member.test);
  };
  for (let count = 0; ; count++) {
    if (source.next === ']' && count > 0) {
      source.get();
      break;
    }
    const rangeStart = source.position;
    const low = readMember(source, start, ascii, names);
    if (!source.match('-')) {
      add(low);
      continue;
    }
    if (source.next === undefined) throw notClosed(source, start);
    if (source.match(']')) {
      add(low);
      codes.add(45);
      break;
    }
    const high = readMember(source, start, ascii, names);
    if (!('code' in low) || !('code' in high) || high.code < low.code) {
      throw source.error('a range of characters has no order', rangeStart);
    }
    const [from, to] = [low.code, high.code];
    tests.push((code) => code >= from && code <= to);
  }
  const listed: CharTest = (code) => codes.has(code) || tests.some((test) => test(code));
  const cased = ignoreCase ? ignoringCase(listed, ascii) : listed;
  return remembered(negative ? (code) => !cased(code) : cased);
}

function readMember(source: Source, start: number, ascii: boolean, names: CharacterNames): Member {
  const char = source.get();
  if (char === undefined) throw notClosed(source, start);
  if (!char.startsWith('\\')) return { code: char.codePointAt(0) as number };
  const escaped = classEscape(source, char, ascii, names);
  return escaped.kind === 'literal' ? { code: escaped.code } : { test: escaped.test };
}

function notClosed(source: Source, start: number): PatternError {
  return source.error('a set of characters is not closed', start);
}

/** Sets are asked for the same few characters again and again. */
function remembered(test: CharTest): CharTest {
  const ascii = new Int8Array(128).fill(-1);
  return (code) => {
    if (code >= 128) return test(code);
    const known = ascii[code] as number;
    if (known >= 0) return known === 1;
    const result = test(code);
    ascii[code] = result ? 1 : 0;
    return result;
  };
}
