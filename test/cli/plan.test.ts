import { describe, expect, test } from 'vitest';
import { writeState } from '../../src/state/write-state.ts';
import { bound, created } from '../state/made.ts';
import { cli } from './fake-terminal.ts';

const HEAD = 'heat_template_version: 2018-08-31\n';
const LENGTH = `${HEAD}parameters: {length: {type: number, default: 4}}
resources: {a: {type: OS::Heat::RandomString, properties: {length: {get_param: length}}}}
`;
const FILES = {
  'old.yaml': LENGTH,
  'new.yaml': LENGTH.replace('default: 4', 'default: 5'),
  'six.yaml': 'parameters: {length: 6}\n',
  'seven.yaml': 'parameters: {length: 7}\n',
  'wrong.yaml': `${HEAD}resources: {a: {type: OS::Heat::Nothing}}\n`,
  'locked.yaml': 'resource_registry: {resources: {a: {restricted_actions: replace}}}\n',
  'state.json': JSON.stringify(writeState(created(bound(LENGTH.slice(HEAD.length))))),
  'other.json': '{"formatVersion": 99}',
};
const REPLACED = `-/+ a  OS::Heat::RandomString  (for length)
      ~ length: 4 → 5  # replaces

0 to add, 0 to update, 1 to replace, 0 to delete, 0 unchanged.
`;

describe('plan', () => {
  test('says what an update would do', async () => {
    const { code, out, err } = await cli(['plan', 'old.yaml', 'new.yaml'], FILES);
    expect({ code, out, err }).toEqual({ code: 0, out: REPLACED, err: '' });
  });

  test('says that nothing changes', async () => {
    const { code, out } = await cli(['plan', 'old.yaml', 'old.yaml'], FILES);
    expect(code).toBe(0);
    expect(out).toBe('Nothing changes.\n\n0 to add, 0 to update, 0 to replace, 0 to delete, 1 unchanged.\n');
  });

  test('takes environments for both templates, or one for the old', async () => {
    const both = await cli(['plan', 'old.yaml', 'new.yaml', '-e', 'six.yaml'], FILES);
    expect(both.out).toMatch(/^Nothing changes/);
    const { out } = await cli(['plan', 'old.yaml', 'new.yaml', '--env-old', 'six.yaml', '-e', 'seven.yaml'], FILES);
    expect(out).toContain('length: 6 → 7');
  });

  test('starts from a recorded state', async () => {
    const { code, out } = await cli(['plan', 'state.json', 'new.yaml'], FILES);
    expect({ code, out }).toEqual({ code: 0, out: REPLACED });
    expect(await cli(['plan', 'other.json', 'new.yaml'], FILES)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('STATE_JSON_VERSION') as string,
    });
  });

  test('ends with 1 when the update would be refused, or a template is wrong', async () => {
    const refused = await cli(['plan', 'old.yaml', 'new.yaml', '-e', 'locked.yaml'], FILES);
    expect(refused).toMatchObject({ code: 1, out: REPLACED });
    expect(refused.err).toContain('ACTION_RESTRICTED');
    for (const pair of [
      ['old.yaml', 'wrong.yaml'],
      ['wrong.yaml', 'old.yaml'],
    ]) {
      const wrong = await cli(['plan', ...pair], FILES);
      expect(wrong).toMatchObject({ code: 1, out: '' });
      expect(wrong.err).toContain('RESOURCE_TYPE_UNKNOWN');
    }
  });

  test('prints one document for programs', async () => {
    const { code, out, err } = await cli(['plan', 'old.yaml', 'new.yaml', '--format', 'json'], FILES);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: true, replaced: ['a'], order: ['a', 'a//cleanup'], diagnostics: [] });
  });

  test.each([[[]], [['old.yaml']], [['old.yaml', 'new.yaml', 'six.yaml']]])('needs two files: %j', async (operands) => {
    expect((await cli(['plan', ...operands], FILES)).code).toBe(64);
  });
});
