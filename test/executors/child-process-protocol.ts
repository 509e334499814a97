import type { Json } from '../../src/values/encode.ts';

/** What parent and workers tell each other, one call at a time. Values are encoded: nothing of them is lost. */
export type ToWorker =
  | {
      readonly type: 'call';
      readonly task: Json;
      readonly action: string;
      readonly attempt: number;
      readonly idempotencyKey: string;
      readonly inputs: Json;
      readonly requires: Json;
      readonly previous: Json;
      readonly polled: { readonly data: Json; readonly count: number } | null;
      readonly referencedAttributes: Json;
    }
  | { readonly type: 'abort' }
  /** The task that was paused may go on. */
  | { readonly type: 'cleared' }
  /** `number`: of the question, for the answer. */
  | {
      readonly type: 'completion';
      readonly number: number;
      readonly id: string;
      readonly result: Json;
      readonly state: 'SUCCESS' | 'ERROR';
    };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'paused' }
  /** Whether the handler was waiting for a completion. */
  | { readonly type: 'taken'; readonly number: number; readonly taken: boolean }
  | { readonly type: 'log'; readonly message: string; readonly data: Json; readonly hasData: boolean }
  | { readonly type: 'returned'; readonly result: Json }
  | { readonly type: 'poll'; readonly data: Json; readonly ms: number }
  | { readonly type: 'threw'; readonly kind: 'error' | 'terminal' | 'update-replace'; readonly message: string };
