import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, type PatternFlags } from '../../src/regex/index.ts';

const budget = () => ({ steps: 100_000 });

function pattern(source: string, flags: PatternFlags = {}) {
  const result = compilePattern(source, flags);
  if (!result.ok) throw new Error(`${source}: ${result.error.message}`);
  return result.pattern;
}

const search = (source: string, text: string, flags?: PatternFlags) =>
  pattern(source, flags).search(text, budget())?.group(0);

describe('what is found', () => {
  it.each([
    ['a+?b', 'xaab', 'aab'],
    ['(?:a|ab)(?:c|bcd)', 'abcd', 'abcd'],
    ['(?<=€)\\d+', 'a1 €25', '25'],
    ['(?<!a)b', 'abcb', 'b'],
    ['(?=.*\\d)\\w+', 'ab1', 'ab1'],
    ['(?P<quote>[\'"]).*?(?P=quote)', `say "it's"`, `"it's"`],
    ['(a)?(?(1)b|c)', 'xc', 'c'],
    ['(?>a*)ab|b', 'aaab', 'b'],
    ['a*+b', 'aab', 'aab'],
    ['(?i:A)b', 'ab', 'ab'],
    ['\\Aa$', 'a\n', 'a'],
    ['a{,2}', 'aaa', 'aa'],
    ['x{,', 'x{,', 'x{,'],
    ['[]a]+', 'x]a', ']a'],
    ['\\d+', '٣4', '٣4'],
    ['.', '😀', '😀'],
    ['\\101\\x42\\u0043', 'ABC', 'ABC'],
  ])('%s in %s', (source, text, found) => {
    expect(search(source, text)).toBe(found);
  });

  it('nothing, where nothing matches', () => {
    expect(search('\\Aa\\Z', 'a\n')).toBeUndefined();
    expect(search('a++a', 'aaa')).toBeUndefined();
    expect(search('\\B', '')).toBeUndefined();
  });

  it('keeps what a group matched last, over repeats that did not touch it', () => {
    const match = pattern('(?:(a)|b)*').search('ab', budget());
    expect([match?.group(0), match?.group(1)]).toEqual(['ab', 'a']);
  });

  it('lets a repeat match nothing once', () => {
    expect(pattern('(a*)*').search('b', budget())?.group(1)).toBe('');
  });

  it('counts in code points', () => {
    const match = pattern('b').search('😀b', budget());
    expect([match?.start(0), match?.end(0)]).toEqual([1, 2]);
  });

  it('ignores case as Unicode has it', () => {
    expect(search('k', '\u212a', { ignoreCase: true })).toBe('\u212a');
    expect(search('[a-z]', '\u017f', { ignoreCase: true })).toBe('\u017f');
    expect(search('k', '\u212a', { ignoreCase: true, ascii: true })).toBeUndefined();
  });
});

describe('match, fullmatch, split, findall, sub', () => {
  it('match stays at the start, fullmatch takes all', () => {
    expect(pattern('a|ab').match('ab', budget())?.group(0)).toBe('a');
    expect(pattern('a|ab').fullmatch('ab', budget())?.group(0)).toBe('ab');
    expect(pattern('b').match('ab', budget())).toBeUndefined();
  });

  it('an empty match may follow one that was not', () => {
    const all = pattern('x*');
    expect(all.sub(() => '-', 'abxd', 0, budget())).toBe('-a-b--d-');
    expect(all.split('axbc', 0, budget())).toEqual(['', 'a', '', 'b', 'c', '']);
  });

  it('groups come between the parts and instead of the matches', () => {
    expect(pattern('(,)|;').split('a,b;c', 0, budget())).toEqual(['a', ',', 'b', undefined, 'c']);
    expect(pattern('(.)(\\d)').findall('a1b2', budget())).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('replacement texts refer to groups', () => {
    const words = pattern('(?P<first>\\w+) (\\w+)');
    const template = words.template('\\2 \\g<first>\\n');
    expect(template.ok && words.sub(template.expand, 'a b', 0, budget())).toBe('b a\n');
    expect(words.template('\\3')).toMatchObject({ ok: false, error: { className: 'error' } });
    expect(words.template('\\g<x>')).toMatchObject({ ok: false, error: { className: 'IndexError' } });
  });
});

describe('what is no pattern', () => {
  it.each([
    ['(', 0],
    [')', 0],
    ['a**', 2],
    ['*', 0],
    ['[a', 0],
    ['[b-a]', 1],
    ['\\q', 0],
    ['(?P<1>a)', 4],
    ['(?<=a*)b', 0],
    ['a{2,1}', 1],
    ['\\2(a)', 1],
    ['a(?i)', 1],
    ['(?(2)a)', 3],
    ['\\', 0],
  ])('%s, at %i', (source, position) => {
    expect(compilePattern(source)).toMatchObject({ ok: false, error: { className: 'error', position } });
  });
});

describe('the budget', () => {
  it('stops what would take for ever', () => {
    const steps = budget();
    expect(pattern('(a+)+b').search('a'.repeat(50), steps)).toBeUndefined();
    expect(steps.steps).toBeLessThan(0);
  });

  it('is enough for long texts', () => {
    const steps = { steps: 1_000_000 };
    expect(
      pattern('(?:ab)*c')
        .search(`${'ab'.repeat(50_000)}c`, steps)
        ?.end(0),
    ).toBe(100_001);
  });

  const PIECE = fc.constantFrom(
    ...'a b . * + ? *? ++ {1,2} | ( ) (?: (?= (?<! (?P<n> [ ] [^ - \\d \\b \\1 ^ $ (?i) (?> é \\ {'.split(' '),
  );

  it('any text is a pattern or an error, and any search ends', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(PIECE).map((parts) => parts.join('')),
        ),
        fc.string(),
        (source, text) => {
          const compiled = compilePattern(source);
          if (!compiled.ok) return compiled.error.position >= 0 && compiled.error.message !== '';
          const match = compiled.pattern.search(text, { steps: 20_000 });
          return match === undefined || match.start(0) <= match.end(0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('patterns of plain text find what indexOf finds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'é') }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'é') }),
        (text, part) => {
          expect(pattern(part).search(text, { steps: 1e6 })?.start(0) ?? -1).toBe(text.indexOf(part));
        },
      ),
    );
  });
});
