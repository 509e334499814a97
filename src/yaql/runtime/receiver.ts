import type { Runtime } from './objects.ts';

/** The value that a method is called on. */
export type Receiver = Runtime | typeof NO_RECEIVER;
export const NO_RECEIVER: unique symbol = Symbol('no receiver');
