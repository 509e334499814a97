import type { Catalog } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { Stack } from '../stack/stack.ts';

/** A graph in the making: what every transform reads and adds to. */
export interface Draft {
  readonly stack: Stack;
  readonly catalog: Catalog;
  readonly builder: TaskGraphBuilder;
  report(diagnostic: Diagnostic): void;
}

/** A step from a stack to its graph. */
export type Transform = (draft: Draft) => void;
