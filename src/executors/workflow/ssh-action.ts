import { str } from '../../values/text.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';
import type { Action, ActionContext } from '../../workflow/actions.ts';
import { isKnownHost } from './known-hosts.ts';

export interface SshOptions {
  /**
   * The text of a known_hosts file: a host whose key is not in it is refused. `'accept-any'` turns the check off, and
   * with it the protection against someone in between.
   */
  readonly knownHosts: string;
  /** Where the library comes from. Default: the package `ssh2`, which the host installs. */
  readonly load?: () => Promise<unknown>;
  /** Seconds to connect in. Default 20. */
  readonly connectTimeout?: number;
}

/** As much of ssh2 as is used. */
interface Ssh2 {
  readonly Client: new () => SshClient;
}

interface SshClient {
  on(event: 'ready', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  connect(options: object): void;
  exec(command: string, callback: (error: Error | undefined, stream: SshStream) => void): void;
  end(): void;
}

interface SshStream {
  on(event: 'data', listener: (data: { toString(): string }) => void): this;
  on(event: 'close', listener: (code: number | null) => void): this;
  readonly stderr: { on(event: 'data', listener: (data: { toString(): string }) => void): void };
}

/**
 * std.ssh: runs a command on one host or on each of several, one after the other. The result is what it wrote, or the
 * list of that; an exit code other than 0 fails the task. Add it with `actions.add('std.ssh', sshAction({ knownHosts }))`.
 */
export function sshAction(options: SshOptions): Action {
  return {
    parameters: ['cmd', 'host', 'username', 'password?', 'private_key?', 'private_key_filename?', 'port?'],
    run: async (input, context) => {
      if (present(input.get('private_key_filename'))) throw new Error('std.ssh reads no files here: give private_key');
      const library = await loadLibrary(options);
      const host = input.get('host') ?? '';
      const results: Value[] = [];
      for (const one of isList(host) ? host : [host])
        results.push(await runOn(library, str(one), input, options, context));
      return results.length > 1 ? results : (results[0] ?? null);
    },
  };
}

async function loadLibrary({ load }: SshOptions): Promise<Ssh2> {
  // Not a literal: it is no dependency of this package, and bundlers need not look for it.
  const name = 'ssh2';
  try {
    const loaded = (await (load?.() ?? import(name))) as Ssh2 | { readonly default: Ssh2 };
    return 'Client' in loaded ? loaded : loaded.default;
  } catch {
    throw new Error('std.ssh needs the package ssh2: npm install ssh2');
  }
}

function present(value: Value | undefined): value is Value {
  return value !== undefined && value !== null && value !== '';
}

function runOn(
  { Client }: Ssh2,
  host: string,
  input: ValueMap,
  options: SshOptions,
  { signal }: ActionContext,
): Promise<string> {
  const { knownHosts, connectTimeout = 20 } = options;
  const given = input.get('port') ?? 22;
  const port = Number(str(given));
  const text = (name: string): string | undefined => {
    const value = input.get(name);
    return present(value) ? str(value) : undefined;
  };
  const verify = async (key: Uint8Array, answer: (known: boolean) => void): Promise<void> => {
    answer(knownHosts === 'accept-any' || (await isKnownHost(knownHosts, host, port, key)));
  };
  const client = new Client();
  return new Promise<string>((resolve, reject) => {
    const abort = (): void => {
      client.end();
      reject(new Error('aborted'));
    };
    const settle = (then: () => void): void => {
      signal.removeEventListener('abort', abort);
      client.end();
      then();
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    client.on('error', (error) => settle(() => reject(new Error(`std.ssh cannot reach ${host}: ${error.message}`))));
    client.on('ready', () => {
      const done = (result: string | Error): void =>
        settle(() => (typeof result === 'string' ? resolve(result) : reject(result)));
      execute(client, host, text('cmd') ?? '', done);
    });
    const [username, password, privateKey] = [text('username'), text('password'), text('private_key')];
    client.connect({
      host,
      port,
      readyTimeout: connectTimeout * 1000,
      hostVerifier: (key: Uint8Array, answer: (known: boolean) => void) => void verify(key, answer),
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(privateKey !== undefined && { privateKey }),
    });
  });
}

/** Tells what the command wrote, or why it failed. */
function execute(client: SshClient, host: string, command: string, done: (result: string | Error) => void): void {
  client.exec(command, (error, stream) => {
    if (error !== undefined) {
      done(error);
      return;
    }
    let out = '';
    let errors = '';
    stream.on('data', (data) => {
      out += data.toString();
    });
    stream.stderr.on('data', (data) => {
      errors += data.toString();
    });
    stream.on('close', (code) =>
      done(code === 0 ? out : new Error(`The command on ${host} ended with ${code ?? 'a signal'}: ${errors.trim()}`)),
    );
  });
}
