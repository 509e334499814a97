import type { Catalog } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { Stack } from '../stack/stack.ts';
import type { Value } from '../values/value.ts';
import type { Existing } from './existing.ts';
import type { StackAction } from './stack-action.ts';

/** A graph in the making: what every transform reads and adds to. */
export interface Draft {
  readonly stack: Stack;
  readonly catalog: Catalog;
  readonly builder: TaskGraphBuilder;
  readonly action: StackAction;
  /** What is there already. */
  readonly existing: Existing;
  /** What a snapshot kept of resources, by name. */
  readonly restored: ReadonlyMap<string, Value>;
  /** Of each component the task after which it is there; the names that mean them. */
  readonly componentTasks: Map<string, number>;
  /** Names of what will be attached to the graph later. */
  readonly hooks: ReadonlySet<string>;
  report(diagnostic: Diagnostic): void;
}

/** A step from a stack to its graph. */
export type Transform = (draft: Draft) => void;
