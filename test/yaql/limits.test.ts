import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Float } from '../../src/values/value.ts';
import { evaluate, type Output, parse, YaqlObject } from '../../src/yaql/index.ts';
import { ask, failure } from './ask.ts';

const ENDED = ['StepLimitExceededException', 'MemoryQuotaExceededException', 'RecursionError'];

describe('every evaluation ends', () => {
  it.each([
    'sequence().len()',
    '[1].cycle().count()',
    '1.repeat().last()',
    'generate(0, true, $ + 1).len()',
    'generateMany(0, [$, $]).where(false)',
    "'a' * 1000000000000",
    '[1] * 1000000000000',
    'pow(10, 1000000000000)',
    'shiftBitsLeft(1, 1000000000000)',
    "'{0:1000000000}'.format(1)",
    "range(100).aggregate($1 + $1, 'aaaaaaaaaa')",
    'str(range(60).aggregate([$1, $1], 1))',
    'range(60).aggregate([$1, $1], 1)',
    'set(range(60).aggregate([$1, $1], 1))',
    'range(60).aggregate([$1, $1], 1) = range(60).aggregate([$1, $1], 1)',
    'str(range(1000000).aggregate([$1], 1))',
    'def(f, f($)) -> f(1)',
    "('a' * 40) =~ `(a+)+b`",
    "('a' * 40) =~ `(a*)*(a*)*(a*)*b`",
    "('x' * 5000) =~ `(x+x+)+y`",
    "'a'.replace('', 'b' * 1000000).replace('b', 'c' * 1000000)",
    'round(1, -1000000000000)',
    `${'('.repeat(5000)}1${')'.repeat(5000)}`,
    Array.from({ length: 20_000 }, () => '1').join('+'),
    `${'-'.repeat(5000)}1`,
    `regex('${'('.repeat(500)}${')'.repeat(500)}')`,
  ])('%.60s', (source) => {
    expect(ENDED).toContain(failure(source, null).className);
  });

  it('at the steps that the host allows', () => {
    expect(ask('range(1000).sum()', null, { maxSteps: 100 })).toBe('StepLimitExceededException');
    expect(ask('range(10).sum()', null, { maxSteps: 100 })).toBe(45);
  });

  it('when the host interrupts it', () => {
    let asked = 0;
    const interrupted = (): boolean => ++asked > 3;
    expect(ask('sequence().len()', null, { interrupted })).toBe('EvaluationInterruptedException');
  });

  it("within YAQL's own limits, where they are set as Heat sets them", () => {
    const heat = { limitIterators: 200, memoryQuota: 10000 };
    expect(ask('range(1000)', null, heat)).toBe('CollectionTooLargeException');
    expect(ask("'a' * 10000", null, heat)).toBe('MemoryQuotaExceededException');
    expect(ask('range(1000).limit(2)', null, heat)).toEqual([0, 1]);
  });
});

/** Pieces from which texts are made that are often nearly expressions. */
const PIECES = [
  '$ $.a $x 1 2.5 null true abc \'a\' "b" `c` ( ) [ ] { } , . ?. -> => + - * / mod in not and or = != < > =~ !~',
  'len( select( .where( .first() str( regex( range( .sum() .groupBy( dict( let( def(f, .toDict( .cycle() .format(',
  "__proto__ constructor .constructor .__proto__ .prototype [constructor] .toString() .get(__proto__) sequence() .repeat() 'x'*",
  '\\ \u{1f600} ٣ \u0000 //',
].flatMap((line) => line.split(' '));
const PIECE = fc.constantFrom(' ', '{__proto__ => 1}', ...PIECES);
const TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(PIECE, { maxLength: 12 }).map((parts) => parts.join('')),
);
const DATA = new Map<string, Output>([
  ['a', [1, 2, 3]],
  ['__proto__', 'data'],
  ['constructor', new Map([['prototype', 1]])],
]);

function onlyValues(value: Output): boolean {
  if (value === null || ['boolean', 'number', 'bigint', 'string'].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(onlyValues);
  if (value instanceof Map)
    return Array.from(value as Map<Output, Output>)
      .flat()
      .every(onlyValues);
  if (value instanceof Set) return Array.from(value as Set<Output>).every(onlyValues);
  return value instanceof Float || value instanceof YaqlObject;
}

describe('any text', () => {
  it('is parsed or refused with a class, a message and a place in the text', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const parsed = parse(text);
        if (parsed.ok) return true;
        const { className, message, position } = parsed.error;
        return className !== '' && message !== '' && position !== undefined && position >= 0 && position <= text.length;
      }),
      { numRuns: 3000 },
    );
  });

  it('stays within its limits, reaches nothing of the host and changes no prototype', () => {
    const before = JSON.stringify([
      Object.getOwnPropertyNames(Object.prototype),
      Object.getOwnPropertyNames(Array.prototype),
    ]);
    fc.assert(
      fc.property(TEXT, (text) => {
        const parsed = parse(text, { delegates: true });
        if (!parsed.ok) return true;
        const result = evaluate(parsed.expression, DATA, { maxSteps: 5000, maxMemory: 1 << 20 });
        return result.ok ? onlyValues(result.value) : result.error.className !== '';
      }),
      { numRuns: 3000 },
    );
    const after = JSON.stringify([
      Object.getOwnPropertyNames(Object.prototype),
      Object.getOwnPropertyNames(Array.prototype),
    ]);
    expect(after).toBe(before);
    expect(DATA.get('a')).toEqual([1, 2, 3]);
  });

  it('names of the host mean nothing but data', () => {
    expect(ask('$.__proto__', null)).toBe('YaqlLexicalException');
    expect(ask("$.get('__proto__')", {})).toBe(null);
    expect(ask('$.constructor', {})).toBe('KeyError');
    expect(ask("'{0.constructor}'.format($)", {})).toBe('AttributeError');
    expect(ask('$.constructor()', {})).toBe('NoMethodRegisteredException');
    expect(ask('$constructor', {})).toBe(null);
    expect(ask("{'__proto__' => 1}", {})).toEqual(new Map([['__proto__', 1]]));
  });
});
