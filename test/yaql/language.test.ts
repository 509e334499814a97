import { describe, expect, it } from 'vitest';
import { float } from '../../src/values/value.ts';
import { evaluate, parse, references, YaqlFunctionError } from '../../src/yaql/index.ts';
import { ask, failure } from './ask.ts';

const expression = (source: string, delegates = false) => {
  const parsed = parse(source, { delegates });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.expression;
};

describe('numbers', () => {
  it('floors what it divides, and gives a remainder the sign of the divisor', () => {
    expect(ask('[7/2, -7/2, 7/(-2), -7 mod 3, 7 mod (-3)]')).toEqual([3, -4, -4, 2, -2]);
  });

  it('is exact beyond 2^53', () => {
    expect(ask('9007199254740993 + 1')).toBe(9007199254740994n);
    expect(ask('9007199254740993 - 9007199254740000')).toBe(993);
  });

  it('keeps floats apart from integers', () => {
    expect(ask('[1, 1.0, 3 / 2.0]')).toEqual([1, float(1), 1.5]);
  });

  it('rounds halves to the even neighbour', () => {
    expect(ask('[round(0.5), round(1.5), round(2.675, 2), round(25, -1)]')).toEqual([float(0), float(2), 2.67, 20]);
  });
});

describe('errors', () => {
  it.each([
    ['a b', 'YaqlGrammarException', 2],
    ['1 + ?', 'YaqlLexicalException', 4],
    ["'\\u12xx'", 'UnicodeDecodeError', 1],
    ['$.a.b', 'KeyError', 1],
    ['1 + [2].select($.foo()).first()', 'NoMethodRegisteredException', 17],
    ['1 / 0', 'ZeroDivisionError', 2],
    ['[1][5]', 'IndexError', 3],
    ['1 + null', 'NoMatchingFunctionException', 2],
    ["'a'.matches('(')", 'error', 4],
  ])('%s is a %s at %i', (source, className, position) => {
    const error = failure(source, {});
    expect([error.className, error.position]).toEqual([className, position]);
  });

  it('a token in the wrong place is reported before a bad character after it', () => {
    expect(failure('1 1 ?').className).toBe('YaqlGrammarException');
  });
});

describe('delegates', () => {
  it('are refused by the grammar unless they are allowed', () => {
    expect(failure('$f(1)').className).toBe('YaqlGrammarException');
  });

  it('call what stands before the bracket', () => {
    const result = evaluate(expression('let(f => lambda($ * 2)) -> $f(21)', true), null);
    expect(result).toEqual({ ok: true, value: 42 });
  });
});

describe('the host', () => {
  it('adds functions, with keyword arguments and defaults', () => {
    const greet = {
      name: 'greet',
      parameters: [
        { name: 'who', type: 'string' as const },
        { name: 'mark', default: '!' },
      ],
      call: (who: unknown, mark: unknown) => `hello ${String(who)}${String(mark)}`,
    };
    expect(ask("greet(you, mark => '?')", null, { functions: [greet] })).toBe('hello you?');
    expect(ask('greet(1)', null, { functions: [greet] })).toBe('NoMatchingFunctionException');
    expect(ask('greet()', null, { functions: [greet] })).toBe('NoMatchingFunctionException');
  });

  it('raises exceptions of the language from its functions', () => {
    const call = (): never => {
      throw new YaqlFunctionError('KeyError', 'no such task');
    };
    expect(ask('1 + task()', null, { functions: [{ name: 'task', call }] })).toBe('KeyError');
  });

  it('gives the time, random numbers and the time zone, or the functions say that they are missing', () => {
    expect(ask('now()')).toBe('HostServiceMissingException');
    expect(ask('random()')).toBe('HostServiceMissingException');
    expect(ask('localtz()')).toBe('HostServiceMissingException');
    const host = { clock: () => 86_400_000, random: () => 0.5, localOffset: 3600 };
    expect(ask('[str(now()), random(), random(1, 3), localtz().hours]', null, host)).toEqual([
      '1970-01-02 00:00:00+00:00',
      0.5,
      2,
      float(1),
    ]);
  });

  it('sets variables', () => {
    expect(
      ask('$a + $b', null, {
        variables: new Map([
          ['a', 1],
          ['b', 2],
        ]),
      }),
    ).toBe(3);
  });
});

describe('a parsed expression', () => {
  it('is evaluated many times', () => {
    const double = expression('$ * 2');
    expect([1, 2].map((n) => evaluate(double, n))).toEqual([
      { ok: true, value: 2 },
      { ok: true, value: 4 },
    ]);
  });

  it('tells what it refers to', () => {
    const found = references(
      expression("$.data.servers.select($.name) + task(one).result + $x + env().get('__proto__')"),
    );
    expect(found.variables).toEqual(['$', '$x']);
    expect(found.functions).toEqual(['select', 'task', 'env', 'get']);
    expect(found.paths).toEqual([['$', 'data', 'servers'], ['$', 'name'], ['$x']]);
    expect(found.calls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['task', ['one']],
      ['env', []],
      ['get', ['__proto__']],
    ]);
  });
});
