import type { HandlerMethod, HandlerObject, HandlerReturn, Handlers, Poll, TaskContext } from '../run/handlers.ts';
import { TerminalError } from '../run/thrown.ts';
import type { Json } from '../values/encode.ts';

/**
 * The handlers of `executorConformance`, by name, for the workers of an executor under test. They remember nothing, so it
 * does not matter which process calls them; what they do is in the properties of their tasks.
 */
export const conformanceHandlers: Handlers = new Map<string, HandlerMethod | HandlerObject>([
  // Gives `value` as an attribute.
  [
    'Conformance::Echo',
    ({ task, properties }) => ({ physicalId: `id of ${task.id}`, attributes: { value: properties.value } }),
  ],
  // Fails at the first `attempts` attempts, or always.
  ['Conformance::Fails', fails],
  // Throws what is no error: see ODD.
  ['Conformance::ThrowsOddly', throwsOddly],
  // Ends when it is told to, as a failure.
  ['Conformance::Waits', waits],
  // Never ends.
  ['Conformance::Deaf', () => new Promise<never>(() => {})],
  ['Conformance::Sleeps', ({ properties }) => sleep(Number(properties.ms))],
  // Gives something else each time it is called.
  ['Conformance::Dice', () => ({ attributes: { value: `${Date.now()} ${Math.random()}` } })],
  // Tells what it was given.
  ['Conformance::Sees', sees],
  ['Conformance::Logs', logs],
  ['Conformance::NoData', () => ({ attributes: { value: () => 'a function' } })],
  // Waits until its task is cleared, `times` times.
  ['Conformance::Pauses', pauses],
  // Waits for what comes from outside under `id`.
  ['Conformance::Called', called],
  // Is polled `looks` times.
  ['Conformance::Polled', { create: begins, checkCreate: looks }],
]);

/** What `Conformance::ThrowsOddly` can throw. */
export const ODD: readonly string[] = [
  'undefined',
  'null',
  'number',
  'symbol',
  'frozen',
  'getter',
  'proxy',
  'rejection',
];

function fails({ properties, attempt, task }: TaskContext): undefined {
  const { attempts, terminal, message = `${task.id} fails, attempt ${attempt}` } = properties;
  if (typeof attempts === 'number' && attempt > attempts) return undefined;
  throw terminal === true ? new TerminalError(String(message)) : new Error(String(message));
}

function throwsOddly({ properties }: TaskContext): Promise<undefined> {
  switch (properties.what) {
    case 'undefined':
      throw undefined;
    case 'null':
      throw null;
    case 'number':
      throw 42;
    case 'symbol':
      throw Symbol('odd');
    case 'frozen':
      throw Object.freeze(new Error('frozen'));
    case 'getter':
      throw Object.defineProperty(new Error('odd'), 'message', {
        get() {
          throw new Error('no message for you');
        },
      });
    case 'proxy':
      throw new Proxy(
        {},
        {
          get() {
            throw new Error('no property for you');
          },
          getPrototypeOf() {
            throw new Error('no prototype for you');
          },
        },
      );
    default:
      return Promise.reject<undefined>();
  }
}

function waits({ signal }: TaskContext): Promise<undefined> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new Error('told to stop'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function sees(context: TaskContext): { attributes: { [name: string]: Json } } {
  const { task, action, attempt, idempotencyKey, inputs, properties, requires, previous, referencedAttributes } =
    context;
  return {
    attributes: {
      value: {
        task: task.id,
        action,
        attempt,
        idempotencyKey,
        inputs,
        properties,
        requires: Array.from(requires, ([name, result]) => [name, { ...result }]),
        previous: previous === undefined ? null : { ...previous },
        referencedAttributes: referencedAttributes.map((path) => [...path]),
      },
    },
  };
}

function logs({ properties, log }: TaskContext): undefined {
  log('what it was given', properties);
  log('ä 漢字 🚀');
}

async function pauses({ pause, properties }: TaskContext): Promise<{ attributes: { [name: string]: Json } }> {
  for (let times = 0; times < Number(properties.times); times++) await pause();
  return { attributes: { value: 'went on' } };
}

function called({ onComplete, properties }: TaskContext): Promise<{ attributes: { [name: string]: Json } }> {
  return new Promise((resolve, reject) =>
    onComplete(({ id, result, state }) => {
      if (id !== properties.id) return false;
      if (state === 'SUCCESS') resolve({ attributes: { value: result } });
      else reject(new Error(String(result)));
      return true;
    }),
  );
}

function begins({ poll }: TaskContext): Poll {
  return poll({ begun: 1, seen: [] }, 1);
}

function looks({ polled, poll, properties }: TaskContext): HandlerReturn {
  const { begun, seen } = (polled?.data ?? { begun: 0, seen: [] }) as { begun: number; seen: number[] };
  const next = { begun, seen: [...seen, polled?.count ?? 0] };
  return next.seen.length < Number(properties.looks) ? poll(next, 1) : { attributes: { value: next } };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
