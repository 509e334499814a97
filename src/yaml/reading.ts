import type { Value } from '../values/value.ts';
import type { Recorder } from './recorder.ts';

/** What one pass over a text gives. */
export interface Reading {
  readonly value: Value;
  readonly hasDuplicates: boolean;
  /** Where everything stands, when that was asked for. */
  readonly nodes: Recorder | undefined;
}
