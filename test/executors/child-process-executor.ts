import { type ChildProcess, fork } from 'node:child_process';
import { inProcess } from '../../src/executors/in-process.ts';
import type { LocalExecutor } from '../../src/executors/local-executor.ts';
import { task as taskCodec } from '../../src/graph/json-format.ts';
import { decodeResult, toValue } from '../../src/run/codec.ts';
import { type HandlerResult, type HandlerReturn, Poll, type TaskContext } from '../../src/run/handlers.ts';
import { TerminalError, UpdateReplace } from '../../src/run/thrown.ts';
import { decode, encode, type Json, toPlain } from '../../src/values/encode.ts';
import type { FromWorker, ToWorker } from './child-process-protocol.ts';

/** Processes that call handlers, as many as there are calls at once; each is used again when it has answered. */
export class WorkerPool {
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();

  /** An executor that has every task done by a worker of this pool. */
  executor(): LocalExecutor {
    return inProcess({ name: 'child-process', invoke: (context) => this.#call(context) });
  }

  /** How many processes there are. */
  get size(): number {
    return this.#all.size;
  }

  /** Ends all processes, whatever they do. */
  async close(): Promise<void> {
    const gone = Array.from(this.#all, (worker) => new Promise((resolve) => worker.once('exit', resolve)));
    for (const worker of this.#all) worker.kill('SIGKILL');
    await Promise.all(gone);
  }

  async #call(context: TaskContext): Promise<HandlerReturn> {
    const worker = this.#idle.pop() ?? (await this.#start());
    return new Promise<HandlerReturn>((resolve, reject) => {
      const { signal } = context;
      const offered = new Map<number, (taken: boolean) => void>();
      let offers = 0;
      context.onComplete(({ id, result, state }) => {
        const number = ++offers;
        send(worker, { type: 'completion', number, id, result: lossless(result), state });
        return new Promise((taken) => offered.set(number, taken));
      });
      const abort = (): void => send(worker, { type: 'abort' });
      const done = (): void => {
        for (const taken of offered.values()) taken(false);
        signal.removeEventListener('abort', abort);
        worker.off('message', hear);
        worker.off('exit', died);
      };
      const died = (code: number | null, name: string | null): void => {
        done();
        reject(new Error(`the worker is gone (${name ?? `exit code ${code}`})`));
      };
      const hear = (message: FromWorker): void => {
        if (message.type === 'ready') return;
        if (message.type === 'paused') {
          void context.pause().then(() => send(worker, { type: 'cleared' }));
          return;
        }
        if (message.type === 'taken') {
          offered.get(message.number)?.(message.taken);
          offered.delete(message.number);
          return;
        }
        if (message.type === 'log') {
          if (message.hasData) context.log(message.message, toPlain(decode(message.data)));
          else context.log(message.message);
          return;
        }
        done();
        this.#idle.push(worker);
        if (message.type === 'threw') reject(errorOf(message));
        else if (message.type === 'poll') resolve(new Poll(decode(message.data), message.ms));
        else resolve(decodeResult(message.result) as HandlerResult);
      };
      worker.on('message', hear);
      worker.on('exit', died);
      send(worker, callOf(context));
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }

  #start(): Promise<ChildProcess> {
    const worker = fork(new URL('./child-process-worker.ts', import.meta.url), [], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#all.add(worker);
    worker.once('exit', () => {
      this.#all.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return new Promise((resolve, reject) => {
      worker.once('message', () => resolve(worker));
      worker.once('exit', () => reject(new Error('the worker did not start')));
    });
  }
}

function callOf(context: TaskContext): ToWorker {
  const { task, action, attempt, idempotencyKey, inputs, requires, previous, polled, referencedAttributes } = context;
  return {
    type: 'call',
    task: taskCodec.write(task),
    action,
    attempt,
    idempotencyKey,
    inputs: lossless(inputs),
    requires: lossless([...requires]),
    previous: lossless(previous ?? null),
    polled: polled === undefined ? null : { data: lossless(polled.data), count: polled.count },
    referencedAttributes: lossless(referencedAttributes),
  };
}

function lossless(data: unknown): Json {
  return encode(toValue(data));
}

function errorOf({ kind, message }: FromWorker & { type: 'threw' }): Error {
  if (kind === 'terminal') return new TerminalError(message);
  return kind === 'update-replace' ? new UpdateReplace(message) : new Error(message);
}

/** A worker that is gone is told of by its end. */
function send(worker: ChildProcess, message: ToWorker): void {
  worker.send(message, () => {});
}
