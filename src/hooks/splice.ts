import type { TaskGraphBuilder } from '../graph/builder.ts';
import type { EdgeReason } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { inOrder, type Placement } from './hook-plan.ts';

/** Hooks by where they stand, each list in the order in which they run. */
export interface Chains {
  readonly pre: ReadonlyMap<number, readonly Placement[]>;
  readonly post: ReadonlyMap<number, readonly Placement[]>;
  /** After a failure of the task, or of a step of the component. */
  readonly failure: readonly (readonly Placement[])[];
  readonly stackPre: readonly Placement[];
  readonly stackPost: readonly Placement[];
  readonly stackFailure: readonly Placement[];
}

/** @param placements those that are tasks of their own. */
export function chainsOf(placements: readonly Placement[]): Chains {
  const pre = new Map<number, Placement[]>();
  const post = new Map<number, Placement[]>();
  const failure = new Map<number, Placement[]>();
  const [stackPre, stackPost, stackFailure]: Placement[][] = [[], [], []];
  for (const placement of placements.toSorted(inOrder)) {
    const { target, point, plan } = placement;
    const onFailure = plan.hook.onFailure === true;
    if (target === undefined) (onFailure ? stackFailure : point.when === 'pre' ? stackPre : stackPost)?.push(placement);
    else if (onFailure) add(failure, target.last, placement);
    else if (point.when === 'pre') add(pre, target.first, placement);
    else add(post, target.last, placement);
  }
  return {
    pre,
    post,
    failure: [...failure.values()],
    stackPre: stackPre as Placement[],
    stackPost: stackPost as Placement[],
    stackFailure: stackFailure as Placement[],
  };
}

function add(chains: Map<number, Placement[]>, task: number, placement: Placement): void {
  const known = chains.get(task);
  if (known === undefined) chains.set(task, [placement]);
  else known.push(placement);
}

/** Hooks on failure of a graph that was hooked before: they follow what fails, and nothing follows them. */
function runsOnFailure(graph: TaskGraph, task: number): boolean {
  return graph.tasks[task]?.policy?.runsOn === 'failure';
}

/**
 * The edges of hooks. The original ones stay; besides:
 * - what requires a task also requires what comes after it, which requires the task
 * - what comes before a task requires all that the task requires, and the task requires it
 * - what comes before the whole is required by whatever required nothing; what comes after it requires what nothing
 *   required
 * - hooks at one place follow one another
 *
 * Linear in tasks, edges and hooks.
 */
export function splice(
  graph: TaskGraph,
  builder: TaskGraphBuilder,
  chains: Chains,
  placed: readonly Placement[],
): void {
  const stackPreEnd = follow(builder, chains.stackPre);
  for (let task = 0; task < graph.size; task++) {
    if (!runsOnFailure(graph, task)) spliceTask(graph, builder, chains, task, stackPreEnd);
  }
  for (const [task, chain] of chains.post) follow(builder, chain, [task]);
  for (const chain of chains.failure) {
    for (const [at, placement] of chain.entries()) {
      for (const task of placement.target?.tasks ?? []) builder.edge(placement.index, task, reasonOf(placement));
      const before = chain[at - 1];
      if (before !== undefined) builder.edge(placement.index, before.index, reasonOf(placement));
    }
  }
  spliceEnd(graph, builder, chains, stackPreEnd);
  const normal = placed.filter(({ plan }) => plan.hook.onFailure !== true);
  for (const [task, { inputs }] of graph.tasks.entries()) {
    if (!runsOnFailure(graph, task) || inputs.of !== undefined) continue;
    for (const placement of normal) builder.edge(task, placement.index, reasonOf(placement));
  }
  for (const [at, placement] of chains.stackFailure.entries()) {
    const reason = reasonOf(placement);
    for (let task = 0; task < graph.size; task++) builder.edge(placement.index, task, reason);
    for (const { index } of normal) builder.edge(placement.index, index, reason);
    const before = chains.stackFailure[at - 1];
    if (before !== undefined) builder.edge(placement.index, before.index, reason);
  }
}

function spliceTask(
  graph: TaskGraph,
  builder: TaskGraphBuilder,
  { pre, post }: Chains,
  task: number,
  stackPreEnd: Placement | undefined,
): void {
  const required = graph.requires(task);
  const after: Placement[] = [];
  for (const one of required) {
    const end = post.get(one)?.at(-1);
    if (end !== undefined) after.push(end);
  }
  if (required.length === 0 && stackPreEnd !== undefined) after.push(stackPreEnd);
  for (const placement of after) builder.edge(task, placement.index, reasonOf(placement));
  const chain = pre.get(task);
  const [first] = chain ?? [];
  if (chain === undefined || first === undefined) return;
  for (const one of required) builder.edge(first.index, one, reasonOf(first));
  for (const placement of after) builder.edge(first.index, placement.index, reasonOf(placement));
  const last = follow(builder, chain) as Placement;
  builder.edge(task, last.index, reasonOf(last));
}

/** What comes after everything. */
function spliceEnd(
  graph: TaskGraph,
  builder: TaskGraphBuilder,
  { post, stackPost }: Chains,
  stackPreEnd: Placement | undefined,
): void {
  const [first] = stackPost;
  if (first === undefined) return;
  const reason = reasonOf(first);
  for (let task = 0; task < graph.size; task++) {
    if (runsOnFailure(graph, task)) continue;
    if (graph.requiredBy(task).some((requirer) => !runsOnFailure(graph, requirer))) continue;
    builder.edge(first.index, task, reason);
    const end = post.get(task)?.at(-1);
    if (end !== undefined) builder.edge(first.index, end.index, reason);
  }
  if (graph.size === 0 && stackPreEnd !== undefined) builder.edge(first.index, stackPreEnd.index, reason);
  follow(builder, stackPost);
}

/** One after the other; gives the last. */
function follow(
  builder: TaskGraphBuilder,
  chain: readonly Placement[],
  before: readonly number[] = [],
): Placement | undefined {
  let required: readonly number[] = before;
  for (const placement of chain) {
    for (const one of required) builder.edge(placement.index, one, reasonOf(placement));
    required = [placement.index];
  }
  return chain.at(-1);
}

function reasonOf({ plan }: Placement): EdgeReason {
  const { place } = plan.hook;
  return place === undefined ? HOOK : { kind: 'hook', place };
}

const HOOK: EdgeReason = Object.freeze({ kind: 'hook' });
