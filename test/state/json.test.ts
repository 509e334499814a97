import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/plan/plan.ts';
import { readState } from '../../src/state/read-state.ts';
import type { StackState } from '../../src/state/stack-state.ts';
import { type StateCodec, writeState } from '../../src/state/write-state.ts';
import type { Json } from '../../src/values/encode.ts';
import { bound, created, updated } from './made.ts';

const TEXT = `
parameters:
  password: {type: string, hidden: true}
  color: {type: string}
resources:
  __proto__: {type: OS::Heat::Value, properties: {value: {0: a, constructor: 1.0, x: 12345678901234567890}}}
  user: {type: OS::Heat::RandomString, properties: {salt: {get_param: password}, length: 3}, depends_on: __proto__}
  other: {type: OS::Heat::Value, properties: {value: {get_param: color}}, metadata: {m: {get_param: password}}}
`;
const STACK = bound(TEXT, { password: 'very-secret', color: 'red' });

/** Not for use: it only shows that everything hidden goes through it. */
const REVERSING: StateCodec = {
  hide: (value) => ({ sealed: [...JSON.stringify(value)].reverse().join('') }),
  reveal: (hidden) => JSON.parse([...(hidden as { sealed: string }).sealed].reverse().join('')) as Json,
};

function through(state: StackState, codec?: StateCodec): ReturnType<typeof readState> {
  return readState(JSON.parse(JSON.stringify(writeState(state, codec))), codec);
}

describe('a state as JSON', () => {
  it('comes back as it was', () => {
    const state = created(bound(TEXT.replace(', hidden: true', ''), { password: 'very-secret', color: 'red' }));
    expect(through(state)).toEqual({ ok: true, state, diagnostics: [] });
  });

  it('has both templates after an update that failed', () => {
    const { state } = updated(
      created(STACK),
      bound(TEXT.replace('length: 3', 'length: 4'), { password: 'very-secret', color: 'red' }),
      { user: 'FAILED' },
    );
    expect(state.previous?.generation).toBe(1);
    expect(through(state, REVERSING)).toEqual({ ok: true, state, diagnostics: [] });
  });

  it('holds no hidden value', () => {
    const json = JSON.stringify(writeState(created(STACK)));
    expect(json).not.toContain('very-secret');
    expect(json).toContain('red');
  });

  it('says which hidden values were not kept, and plans take them as unchanged', () => {
    const read = through(created(STACK));
    if (!read.ok) throw new Error(read.diagnostics[0]?.message);
    expect(read.diagnostics.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'STATE_HIDDEN_NOT_KEPT'));
    expect(read.state.resources[1]?.masked).toEqual(['properties.salt']);
    const made = plan(read.state, STACK);
    expect(made.unchanged).toEqual(['__proto__', 'user', 'other']);
    expect(made.undecided).toEqual([{ resource: 'user', property: 'salt', after: [], mayBe: 'replaced' }]);
  });

  it('keeps hidden values through a codec', () => {
    const state = created(STACK);
    expect(JSON.stringify(writeState(state, REVERSING))).not.toContain('very-secret');
    expect(through(state, REVERSING)).toEqual({ ok: true, state, diagnostics: [] });
  });

  it('is refused with another codec, without telling what it said', () => {
    const json = JSON.parse(JSON.stringify(writeState(created(STACK), REVERSING)));
    const broken: StateCodec = {
      ...REVERSING,
      reveal: () => {
        throw new Error('very-secret');
      },
    };
    const read = readState(json, broken);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain('very-secret');
    expect(read.diagnostics[0]).toMatchObject({ code: 'STATE_HIDDEN_UNREADABLE' });
  });

  it('is refused when two resources have one id', () => {
    const json = JSON.parse(JSON.stringify(writeState(created(STACK))));
    json.resources.push(json.resources[0]);
    expect(readState(json)).toMatchObject({ ok: false });
    expect(readState(json).diagnostics.map(({ code }) => code)).toContain('STATE_JSON_DUPLICATE');
  });

  it('of another version is refused', () => {
    expect(readState({ formatVersion: 99 })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'STATE_JSON_VERSION' }],
    });
  });

  it('of anything at all is refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(readState(data).ok).toBe(false);
      }),
    );
  });

  it('with one thing spoiled is refused or read, never thrown at', () => {
    const json = JSON.stringify(writeState(created(STACK)));
    const spots = [...json.matchAll(/"[^"]*":/g)].map(({ index, 0: key }) => index + key.length);
    fc.assert(
      fc.property(fc.constantFrom(...spots), fc.constantFrom('null', '7', '[]', '{}', '"x"'), (at, other) => {
        const start = json.slice(at);
        const value = /^("(?:[^"\\]|\\.)*"|[\d.]+|true|false|null)/.exec(start)?.[0];
        if (value === undefined) return;
        const read = readState(JSON.parse(json.slice(0, at) + other + start.slice(value.length)));
        if (!read.ok) expect(read.diagnostics[0]?.code).toMatch(/^STATE_/);
      }),
    );
  });
});
