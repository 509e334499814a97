import { callFunction } from '../runtime/call.ts';
import { Context } from '../runtime/context.ts';
import type { Runtime } from '../runtime/objects.ts';
import type { RawArgument } from '../runtime/parameter-type.ts';
import type { Call } from '../runtime/specification.ts';

// Library functions that build on others call them by name, so that an expression's own definitions take part.

/** A function of the language, as seen from a running call. */
export function delegate(call: Call, name: string): (...args: RawArgument[]) => Runtime {
  return (...args) => callFunction(call.run, name, new Context(call.context), args);
}

/** A method of the language. */
export function methodDelegate(call: Call, name: string): (receiver: Runtime, ...args: RawArgument[]) => Runtime {
  return (receiver, ...args) => callFunction(call.run, name, new Context(call.context), args, receiver);
}
