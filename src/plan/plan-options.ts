import type { CompileOptions } from '../compile/compile.ts';

/** For a template that is still text: all that `compile` takes. For a stack only `catalog` and `hooks` count. */
export type PlanOptions = Omit<CompileOptions, 'action' | 'previous' | 'target' | 'replaced'>;
