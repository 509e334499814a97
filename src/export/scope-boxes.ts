import type { TaskGraph } from '../graph/task-graph.ts';

/** The tasks of one scope, and the scopes within it. */
export interface ScopeBox {
  readonly path: string;
  /** What the path adds to that of the box around it. */
  readonly label: string;
  readonly tasks: number[];
  readonly inner: ScopeBox[];
}

/**
 * The boxes of a picture: the outermost stands for the root stack (`''`) and is not drawn. A scope lies within the scope
 * whose path begins its own; boxes are in order of their first task.
 */
export function scopeBoxes(graph: TaskGraph, separate: boolean): ScopeBox {
  const root: ScopeBox = { path: '', label: '', tasks: [], inner: [] };
  const boxes = new Map<string, ScopeBox>([['', root]]);
  const parents = separate ? parentOf(graph) : new Map<string, string>();
  for (const [index, task] of graph.tasks.entries()) {
    const path = separate ? task.scope : '';
    boxFor(path, parents, boxes).tasks.push(index);
  }
  return root;
}

/** The box of a path; makes those around it first. */
function boxFor(path: string, parents: ReadonlyMap<string, string>, boxes: Map<string, ScopeBox>): ScopeBox {
  const missing: string[] = [];
  let at = path;
  for (; !boxes.has(at); at = parents.get(at) ?? '') missing.push(at);
  let box = boxes.get(at) as ScopeBox;
  for (const inner of missing.reverse()) {
    const label = box.path === '' ? inner : inner.slice(box.path.length + 1);
    const made: ScopeBox = { path: inner, label, tasks: [], inner: [] };
    box.inner.push(made);
    boxes.set(inner, made);
    box = made;
  }
  return box;
}

/** For each scope that has tasks, the nearest one around it that has. */
function parentOf(graph: TaskGraph): Map<string, string> {
  // With the separator sorted before all letters, what lies within a path follows it directly.
  const key = (path: string): string => path.replaceAll('/', '\u0000');
  const paths = [...new Set(graph.tasks.map((task) => task.scope))].filter((path) => path !== '');
  const sorted = paths.map((path) => ({ path, key: key(path) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const parents = new Map<string, string>();
  const around: string[] = [];
  for (const { path } of sorted) {
    while (around.length > 0 && !path.startsWith(`${around.at(-1)}/`)) around.pop();
    parents.set(path, around.at(-1) ?? '');
    around.push(path);
  }
  return parents;
}

/** One line of a picture's text. */
export type BoxStep =
  | { readonly kind: 'open'; readonly depth: number; readonly box: ScopeBox; readonly number: number }
  | { readonly kind: 'task'; readonly depth: number; readonly task: number }
  | { readonly kind: 'close'; readonly depth: number };

/** What is written, box within box. Not recursive: how deep the boxes go is for the user to say. */
export function* nested(root: ScopeBox): Generator<BoxStep, void, undefined> {
  let number = 0;
  for (const task of root.tasks) yield { kind: 'task', depth: 1, task };
  const open = [{ box: root, next: 0, number: -1 }];
  while (open.length > 0) {
    const top = open.at(-1) as { box: ScopeBox; next: number; number: number };
    const inner = top.box.inner[top.next++];
    const depth = open.length;
    if (inner === undefined) {
      open.pop();
      if (top.box !== root) yield { kind: 'close', depth: depth - 1 };
      continue;
    }
    const box = { box: inner, next: 0, number: number++ };
    yield { kind: 'open', depth, box: inner, number: box.number };
    for (const task of inner.tasks) yield { kind: 'task', depth: depth + 1, task };
    open.push(box);
  }
}
