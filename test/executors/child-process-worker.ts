import { JsonReader } from '../../src/graph/json-codec.ts';
import { task as taskCodec } from '../../src/graph/json-format.ts';
import type { Task } from '../../src/graph/task.ts';
import { encodeResult, toResult, toValue } from '../../src/run/codec.ts';
import { HandlerTable } from '../../src/run/handler-table.ts';
import { type CompletionListener, Poll, type TaskContext } from '../../src/run/handlers.ts';
import { handlerTypeOf } from '../../src/run/task-call.ts';
import { describeThrown, isA, TerminalError, UpdateReplace } from '../../src/run/thrown.ts';
import { decode, encode, type Json, toPlain } from '../../src/values/encode.ts';
import { handlers } from './child-process-handlers.ts';
import type { FromWorker, ToWorker } from './child-process-protocol.ts';

/** A process that calls handlers for another one, by the names of their types. */
const table = new HandlerTable(handlers);
let controller = new AbortController();
const waiting: (() => void)[] = [];
let listeners: CompletionListener[] = [];

process.on('message', (message: ToWorker) => {
  if (message.type === 'abort') {
    controller.abort(new Error('the run was aborted, or the time is over'));
  } else if (message.type === 'cleared') {
    for (const resolve of waiting.splice(0)) resolve();
  } else if (message.type === 'completion') {
    void offer(message);
  } else {
    controller = new AbortController();
    listeners = [];
    void answer(message);
  }
});
process.on('disconnect', () => process.exit());
tell({ type: 'ready' });

async function offer({ number, id, result, state }: ToWorker & { type: 'completion' }): Promise<void> {
  for (const listener of listeners) {
    const answer = listener({ id, result: plain(result), state });
    // Told at once where it is known at once: before the handler, which has what it waited for, can end.
    if (!(typeof answer === 'boolean' ? answer : await answer)) continue;
    tell({ type: 'taken', number, taken: true });
    return;
  }
  tell({ type: 'taken', number, taken: false });
}

async function answer(call: ToWorker & { type: 'call' }): Promise<void> {
  try {
    const context = contextOf(call);
    const type = handlerTypeOf(context.task);
    const method = call.polled === null ? table.method(type, call.action) : table.check(type, call.action);
    if (method === undefined) throw new TerminalError(`there is no handler for '${type}' that can ${call.action}`);
    const returned = await method(context);
    try {
      if (isA(Poll, returned)) tell({ type: 'poll', data: encode(toValue(returned.data ?? null)), ms: returned.ms });
      else tell({ type: 'returned', result: encodeResult(toResult(returned)) });
    } catch (error) {
      // The work is done: it must not be done again.
      tell({ type: 'threw', kind: 'terminal', message: describeThrown(error) });
    }
  } catch (error) {
    const kind = isA(TerminalError, error) ? 'terminal' : isA(UpdateReplace, error) ? 'update-replace' : 'error';
    tell({ type: 'threw', kind, message: describeThrown(error) });
  }
}

function contextOf(call: ToWorker & { type: 'call' }): TaskContext {
  const inputs = plain(call.inputs) as { [name: string]: Json };
  const requires = plain(call.requires) as [string, NonNullable<TaskContext['previous']>][];
  return {
    task: taskCodec.read(call.task, new JsonReader()) as Task,
    action: call.action,
    attempt: call.attempt,
    idempotencyKey: call.idempotencyKey,
    inputs,
    properties: (inputs.properties ?? {}) as { [name: string]: Json },
    requires: new Map(requires),
    previous: (plain(call.previous) ?? undefined) as TaskContext['previous'],
    referencedAttributes: plain(call.referencedAttributes) as Json[][],
    polled: call.polled === null ? undefined : { data: plain(call.polled.data), count: call.polled.count },
    signal: controller.signal,
    poll: (data, ms) => new Poll(data, ms),
    pause() {
      tell({ type: 'paused' });
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    onComplete: (listener) => void listeners.push(listener),
    log(message, data) {
      const hasData = data !== undefined;
      tell({ type: 'log', message, data: hasData ? encode(toValue(data)) : null, hasData });
    },
  };
}

function plain(json: Json): Json {
  return toPlain(decode(json));
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
