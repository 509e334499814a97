import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadWorkflows, runWorkflow, sshAction, standardActions } from '../../src/executors/workflow/index.ts';
import { isKnownHost } from '../../src/executors/workflow/known-hosts.ts';
import { fromPlain, toPlain } from '../../src/values/encode.ts';
import type { ValueMap } from '../../src/values/value.ts';

const KEY = new Uint8Array([1, 2, 3, 250]);
const KEY_TEXT = Buffer.from(KEY).toString('base64');
const OTHER = Buffer.from([9]).toString('base64');

function hashed(name: string): string {
  const salt = Buffer.from('twenty bytes of salt');
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

describe('a host is known', () => {
  it.each([
    ['by its name', `a.example ssh-ed25519 ${KEY_TEXT}`, 22, true],
    ['by one of several', `b,A.Example,c ssh-ed25519 ${KEY_TEXT} comment`, 22, true],
    ['by a pattern', `*.exam?le ssh-ed25519 ${KEY_TEXT}`, 22, true],
    ['by name and port', `[a.example]:2222 ssh-ed25519 ${KEY_TEXT}`, 2222, true],
    ['by a hash', `${hashed('a.example')} ssh-ed25519 ${KEY_TEXT}`, 22, true],
    ['by a hash of name and port', `${hashed('[a.example]:2222')} ssh-ed25519 ${KEY_TEXT}`, 2222, true],
    ['not with another key', `a.example ssh-ed25519 ${OTHER}`, 22, false],
    ['not at another port', `a.example ssh-ed25519 ${KEY_TEXT}`, 2222, false],
    ['not when excluded', `*.example,!a.example ssh-ed25519 ${KEY_TEXT}`, 22, false],
    ['not when revoked', `a.example ssh-ed25519 ${KEY_TEXT}\n@revoked * ssh-ed25519 ${KEY_TEXT}`, 22, false],
    ['not by an authority', `@cert-authority * ssh-ed25519 ${KEY_TEXT}`, 22, false],
    ['not by another hash', `${hashed('b.example')} ssh-ed25519 ${KEY_TEXT}`, 22, false],
    ['not by a comment', `# a.example ssh-ed25519 ${KEY_TEXT}`, 22, false],
    ['not by nothing', '', 22, false],
    ['not by a name with dots for any character', `axexample ssh-ed25519 ${KEY_TEXT}`, 22, false],
  ])('%s', async (_, text, port, expected) => {
    expect(await isKnownHost(text, 'a.example', port, KEY)).toBe(expected);
  });
});

type Listener = (...args: unknown[]) => void;

/** ssh2 as far as it is used: asks for the host's key, then answers each command. */
function fakeSsh2(log: string[]): object {
  class Client {
    #listeners = new Map<string, Listener>();

    on(event: string, listener: Listener): this {
      this.#listeners.set(event, listener);
      return this;
    }

    connect(options: {
      host: string;
      hostVerifier: (key: Uint8Array, answer: (known: boolean) => void) => void;
    }): void {
      log.push(`connect ${options.host}`);
      options.hostVerifier(KEY, (known) => {
        if (known) this.#listeners.get('ready')?.();
        else this.#listeners.get('error')?.(new Error('denied'));
      });
    }

    exec(command: string, callback: (error: undefined, stream: object) => void): void {
      log.push(command);
      const listeners = new Map<string, Listener>();
      const stream = {
        on(event: string, listener: Listener) {
          listeners.set(event, listener);
          return stream;
        },
        stderr: { on: (_: string, listener: Listener) => listener('oh no') },
      };
      callback(undefined, stream);
      listeners.get('data')?.('out');
      listeners.get('close')?.(command === 'false' ? 1 : 0);
    }

    end(): void {
      log.push('end');
    }
  }
  return { Client };
}

describe('std.ssh', () => {
  const run = async (knownHosts: string, args: object, log: string[] = []): Promise<unknown> => {
    const loaded = loadWorkflows(
      "version: '2.0'\nwf: {input: [args], tasks: {t: {action: std.ssh, input: <% $.args %>, publish: {r: <% task().result %>}, publish-on-error: {r: <% task().result %>}, on-error: noop}}}",
    );
    const workflow = loaded.ok ? loaded.library.workflows.get('wf') : undefined;
    if (workflow === undefined) throw new Error('refused');
    const load = log === NO_LIBRARY ? () => Promise.reject(new Error('missing')) : () => Promise.resolve(fakeSsh2(log));
    const actions = standardActions().add('std.ssh', sshAction({ knownHosts, load }));
    const { output } = await runWorkflow(workflow, { actions, input: fromPlain({ args }) as ValueMap }).result;
    return (toPlain(output) as { r: unknown }).r;
  };
  const NO_LIBRARY: string[] = [];
  const known = `h ssh-ed25519 ${KEY_TEXT}`;

  it('gives what the command wrote, and closes the connection', async () => {
    const log: string[] = [];
    expect(await run(known, { host: 'h', username: 'u', cmd: 'ls' }, log)).toBe('out');
    expect(log).toEqual(['connect h', 'ls', 'end']);
  });

  it('of several hosts, in their order', async () => {
    expect(await run('accept-any', { host: ['a', 'b'], username: 'u', cmd: 'ls' }, [])).toEqual(['out', 'out']);
  });

  it('fails for another exit code', async () => {
    expect(await run(known, { host: 'h', username: 'u', cmd: 'false' }, [])).toBe(
      'The command on h ended with 1: oh no',
    );
  });

  it('runs nothing on a host whose key is not known', async () => {
    const log: string[] = [];
    expect(await run('', { host: 'h', username: 'u', cmd: 'ls' }, log)).toBe('std.ssh cannot reach h: denied');
    expect(log).not.toContain('ls');
  });

  it('says what to install', async () => {
    expect(await run(known, { host: 'h', username: 'u', cmd: 'ls' }, NO_LIBRARY)).toMatch(/npm install ssh2/);
  });
});
