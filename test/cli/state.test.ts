import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, type FakeTerminal, terminalIn } from './fake-terminal.ts';

const STACK = (length: number, more = '') => `
heat_template_version: 2018-08-31
parameters:
  secret: {type: string, hidden: true, default: xyzzy}
resources:
  salt: {type: OS::Heat::RandomString, properties: {length: ${length}}}
  keep: {type: OS::Heat::Value, properties: {value: {list_join: ['', [{get_param: secret}, '!']]}}}
  user: {type: OS::Heat::Value, properties: {value: {get_attr: [salt, value]}}}
${more}
outputs:
  it: {value: {get_resource: user}}
`;

const FILES = {
  's.yaml': STACK(8),
  'longer.yaml': STACK(12),
  'more.yaml': STACK(
    12,
    '  more: {type: OS::Heat::None, depends_on: user}\n  last: {type: OS::Heat::None, depends_on: more}',
  ),
  'key.txt': 'a secret\n',
};

interface Kept {
  action: string;
  status: string;
  resources: { name: string; physicalId?: string; action: string; status: string }[];
  snapshots?: { name: string }[];
}

function kept({ cwd }: FakeTerminal): Kept {
  return JSON.parse(readFileSync(join(cwd, 'state.json'), 'utf8')) as Kept;
}

/** What the command did, and whether it went well. */
async function runs(terminal: FakeTerminal, ...args: string[]): Promise<string[]> {
  const told = terminal.err.text.length;
  const { err, code } = await cli(['run', ...args, '--state', 'state.json'], terminal);
  const lines = err
    .slice(told)
    .split('\n')
    .filter((line) => /^(COMPLETE|FAILED|SKIPPED|CANCELLED) /.test(line));
  return [...lines.map((line) => line.split(/ +/).slice(0, 2).join(' ')), `exit ${code}`];
}

describe('run --state', () => {
  test('creates, updates, and deletes, each from what the one before left', async () => {
    const terminal = terminalIn(FILES);
    expect(await runs(terminal, 's.yaml')).toEqual(['COMPLETE salt', 'COMPLETE keep', 'COMPLETE user', 'exit 0']);
    const before = kept(terminal);
    expect(before).toMatchObject({ action: 'CREATE', status: 'COMPLETE' });
    const { out } = await cli(['plan', 'state.json', 'longer.yaml'], terminal);
    expect(out).toContain('-/+ salt');
    expect(await runs(terminal, 'longer.yaml')).toContain('exit 0');
    const after = kept(terminal);
    expect(after).toMatchObject({ action: 'UPDATE', status: 'COMPLETE' });
    const idOf = ({ resources }: Kept, name: string) => resources.find((one) => one.name === name)?.physicalId;
    expect(idOf(after, 'salt')).not.toBe(idOf(before, 'salt'));
    expect(idOf(after, 'user')).toBe(idOf(before, 'user'));
    expect(await runs(terminal, '--action', 'delete')).toContain('exit 0');
    expect(kept(terminal)).toMatchObject({ action: 'DELETE', status: 'COMPLETE', resources: [] });
    expect(await runs(terminal, 's.yaml')).toContain('COMPLETE salt');
    expect(kept(terminal)).toMatchObject({ action: 'CREATE', status: 'COMPLETE' });
    expect(readdirSync(terminal.cwd).filter((name) => name.startsWith('state'))).toEqual(['state.json']);
    expect(statSync(join(terminal.cwd, 'state.json')).mode & 0o777).toBe(0o600);
  });

  test('keeps what a failed update did, and goes on from there', async () => {
    const terminal = terminalIn(FILES);
    await runs(terminal, 's.yaml');
    expect(await runs(terminal, 'more.yaml', '--simulate-failure', 'more')).toContain('exit 2');
    expect(kept(terminal)).toMatchObject({ action: 'UPDATE', status: 'FAILED' });
    expect(await runs(terminal, 'more.yaml')).toContain('exit 0');
    const { resources, status } = kept(terminal);
    expect(status).toBe('COMPLETE');
    expect(resources.map(({ name }) => name).sort()).toEqual(['keep', 'last', 'more', 'salt', 'user']);
  });

  test('rolls a failed update back', async () => {
    const terminal = terminalIn(FILES);
    await runs(terminal, 's.yaml');
    const args = ['run', 'more.yaml', '--state', 'state.json', '--simulate-failure', 'more'];
    const { err, code } = await cli([...args, '--on-failure', 'rollback'], terminal);
    expect(code).toBe(2);
    expect(err).toMatch(/UPDATE of more\.yaml: FAILED\.[\s\S]*\n\nROLLBACK: COMPLETE\. \d+ tasks\.\n$/);
    const { action, status, resources } = kept(terminal);
    expect([action, status]).toEqual(['ROLLBACK', 'COMPLETE']);
    expect(resources.map(({ name }) => name).sort()).toEqual(['keep', 'salt', 'user']);
    await runs(terminal, 'more.yaml', '--simulate-failure', 'more');
    expect(await runs(terminal, '--action', 'rollback')).toContain('exit 0');
    expect(kept(terminal)).toMatchObject({ action: 'ROLLBACK', status: 'COMPLETE' });
  });

  test.each(['check', 'suspend', 'snapshot', 'abandon'])('does what --action says: %s', async (action) => {
    const terminal = terminalIn(FILES);
    await runs(terminal, 's.yaml');
    expect(await runs(terminal, 's.yaml', '--action', action)).toContain('exit 0');
    expect(kept(terminal)).toMatchObject({ action: action.toUpperCase(), status: 'COMPLETE' });
  });

  test('restores a snapshot by name, and adopts what was abandoned', async () => {
    const terminal = terminalIn(FILES);
    await runs(terminal, 's.yaml');
    await runs(terminal, '--action', 'snapshot', '--snapshot', 'friday');
    await runs(terminal, 'longer.yaml');
    expect(await runs(terminal, '--action', 'restore', '--snapshot', 'monday')).toEqual(['exit 1']);
    expect(await runs(terminal, '--action', 'restore', '--snapshot', 'friday')).toContain('exit 0');
    expect(kept(terminal)).toMatchObject({ action: 'RESTORE', snapshots: [{ name: 'friday' }] });
    const ids = (state: Kept) => state.resources.map(({ physicalId }) => physicalId).sort();
    const before = ids(kept(terminal));
    await runs(terminal, '--action', 'abandon');
    expect(await runs(terminal, 's.yaml', '--action', 'adopt')).toContain('exit 0');
    expect(ids(kept(terminal))).toEqual(before);
  });

  test('leaves hidden values out, or encrypts them', async () => {
    const terminal = terminalIn(FILES);
    await runs(terminal, 's.yaml', '--param', 'secret=plugh');
    const text = readFileSync(join(terminal.cwd, 'state.json'), 'utf8');
    expect(text).not.toContain('plugh');
    const other = terminalIn(FILES);
    const key = ['--state-key', 'key.txt'];
    await runs(other, 's.yaml', '--param', 'secret=plugh', ...key);
    expect(readFileSync(join(other.cwd, 'state.json'), 'utf8')).not.toContain('plugh');
    // Known again: only the change of the parameter is one.
    const { out } = await cli(['plan', 'state.json', 's.yaml', '--param', 'secret=plugh', ...key], other);
    expect(out).toContain('3 unchanged');
    const changed = await cli(['plan', 'state.json', 's.yaml', '--param', 'secret=other', ...key], other);
    expect(changed.out).toContain('1 to update');
    writeFileSync(join(other.cwd, 'key.txt'), 'another\n');
    expect((await cli(['plan', 'state.json', 's.yaml', ...key], other)).err).toContain('STATE_HIDDEN_UNREADABLE');
  });

  test('and --journal: a run that is stopped leaves the state as it was, until it is gone on with', async () => {
    const terminal = terminalIn({
      ...FILES,
      'h.mjs': `export default { '*': async ({ task, log }) => {
        log('begun ' + task.id);
        await new Promise((resolve) => setTimeout(resolve, 40));
        return { physicalId: task.id, attributes: { value: 'v' } };
      } };\n`,
    });
    let interrupted = false;
    terminal.err.onWrite = (text) => {
      if (!text.includes('begun salt') || interrupted) return;
      interrupted = true;
      setImmediate(() => terminal.interrupt());
    };
    const args = ['s.yaml', '--handlers', 'h.mjs', '--journal', 'run.journal'];
    const stopped = await runs(terminal, ...args, '--concurrency', '1');
    expect(stopped).toContain('exit 2');
    expect(existsSync(join(terminal.cwd, 'state.json'))).toBe(false);
    expect(terminal.err.text).toContain('--resume goes on with it');
    expect(await runs(terminal, ...args, '--resume')).toContain('exit 0');
    expect(kept(terminal)).toMatchObject({ action: 'CREATE', status: 'COMPLETE' });
  });

  test('refuses what cannot be meant', async () => {
    const terminal = terminalIn({ ...FILES, 'bad.json': '{', 'wrong.json': '{"formatVersion": 1}' });
    const code = async (...args: string[]) => (await cli(args, terminal)).code;
    expect(await code('run', 's.yaml', '--action', 'update')).toBe(64);
    expect(await code('run', '--state', 'none.json')).toBe(64);
    expect(await code('run', 's.yaml', '--state', 'bad.json')).toBe(64);
    expect(await code('run', 's.yaml', '--state', 'wrong.json')).toBe(1);
    expect(await code('run', 's.yaml', '--action', 'check', '--state', 'none.json')).toBe(1);
    await runs(terminal, 's.yaml');
    expect(await code('run', 's.yaml', '--action', 'create', '--state', 'state.json')).toBe(1);
    writeFileSync(join(terminal.cwd, 'state.json.lock'), JSON.stringify({ pid: 1, host: 'elsewhere', started: '1' }));
    expect(await code('run', 's.yaml', '--state', 'state.json')).toBe(64);
  });

  test('is locked before it is read, and let go of however the run ends', async () => {
    const terminal = terminalIn({ ...FILES, 'bad.json': '{' });
    const lock = join(terminal.cwd, 'bad.json.lock');
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere', started: '1' }));
    const { code, err } = await cli(['run', 's.yaml', '--state', 'bad.json'], terminal);
    expect({ code, err }).toMatchObject({ code: 64, err: expect.stringContaining('elsewhere') });
    rmSync(lock);
    expect((await cli(['run', 's.yaml', '--state', 'bad.json'], terminal)).code).toBe(64);
    expect(existsSync(lock)).toBe(false);
    await cli(['run', 's.yaml', '--state', 'state.json', '--simulate-failure', 'salt'], terminal);
    expect(existsSync(join(terminal.cwd, 'state.json.lock'))).toBe(false);
  });
});

describe('graph --state', () => {
  test('is that of the update, or of whatever --action says', async () => {
    const terminal = terminalIn(FILES);
    await runs(terminal, 's.yaml');
    const tasks = async (...args: string[]) => {
      const told = terminal.out.text.length;
      const { out } = await cli(['graph', ...args, '--state', 'state.json'], terminal);
      return (JSON.parse(out.slice(told)) as { tasks: { id: string; action: string }[] }).tasks.map(
        ({ id, action }) => `${id} ${action}`,
      );
    };
    expect(await tasks('more.yaml', '--action', 'update')).toEqual([
      'salt UPDATE',
      'keep UPDATE',
      'user UPDATE',
      'more CREATE',
      'last CREATE',
      'salt//cleanup CLEANUP',
      'keep//cleanup CLEANUP',
      'user//cleanup CLEANUP',
    ]);
    expect(await tasks('--action', 'delete')).toEqual(['salt DELETE', 'keep DELETE', 'user DELETE']);
  });
});
