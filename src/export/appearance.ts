import type { EdgeKind, EdgeReason, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { hookCallOf, isHookTask, WORKFLOW_ACTION } from '../hooks/hook-task.ts';

/** How pictures look, whatever draws them. Colours are `#rrggbb`. */

export type TaskStatus = 'INIT' | 'IN_PROGRESS' | 'COMPLETE' | 'FAILED' | 'SKIPPED' | 'CANCELLED';

export interface PictureOptions {
  /** Where what comes later is drawn: below or to the right. Default `TB`. */
  readonly direction?: 'TB' | 'LR';
  /** Above the picture. Default: none. */
  readonly title?: string;
  /** Whether to say what colours and lines mean. Default false. */
  readonly legend?: boolean;
  /** Whether the tasks of a nested stack stand in a box of their own. Default true. */
  readonly clusters?: boolean;
  /** Colours by how far a run has come instead of by action. */
  readonly status?: (task: Task, index: number) => TaskStatus | undefined;
}

export interface TaskStyle {
  /** A word that names the style: lower case, letters only. */
  readonly name: string;
  readonly label: string;
  readonly fill: string;
  readonly border: string;
  readonly dashed?: boolean;
  readonly double?: boolean;
}

const OTHER: TaskStyle = { name: 'other', label: 'other', fill: '#f1f3f5', border: '#868e96' };

const ACTIONS: ReadonlyMap<string, TaskStyle> = new Map([
  ['CREATE', { name: 'create', label: 'CREATE', fill: '#e6f6ec', border: '#2b8a4b' }],
  ['UPDATE', { name: 'update', label: 'UPDATE', fill: '#e7f1fd', border: '#1c6fc4' }],
  ['REPLACE', { name: 'replace', label: 'REPLACE', fill: '#fff3d9', border: '#b7791f', double: true }],
  ['DELETE', { name: 'delete', label: 'DELETE', fill: '#fdeaea', border: '#c53030', dashed: true }],
  ['CHECK', { name: 'check', label: 'CHECK', fill: '#e3f7f7', border: '#16808a' }],
  ['SUSPEND', { name: 'suspend', label: 'SUSPEND', fill: '#f3ecfb', border: '#7048a8' }],
  ['RESUME', { name: 'resume', label: 'RESUME', fill: '#f3ecfb', border: '#7048a8' }],
  ['SNAPSHOT', { name: 'snapshot', label: 'SNAPSHOT', fill: '#eef0fb', border: '#4453b5' }],
  [WORKFLOW_ACTION, { name: 'hook', label: 'hook', fill: '#fdf0e6', border: '#c2410c' }],
  ['ADOPT', { name: 'adopt', label: 'ADOPT', fill: '#f4f8e4', border: '#66800b' }],
]);

const STATUSES: ReadonlyMap<string, TaskStyle> = new Map([
  ['INIT', { name: 'init', label: 'INIT', fill: '#ffffff', border: '#868e96' }],
  ['IN_PROGRESS', { name: 'running', label: 'IN_PROGRESS', fill: '#d3e8ff', border: '#1c6fc4', double: true }],
  ['COMPLETE', { name: 'complete', label: 'COMPLETE', fill: '#d5f2df', border: '#2b8a4b' }],
  ['FAILED', { name: 'failed', label: 'FAILED', fill: '#ffd6d6', border: '#c92a2a', double: true }],
  ['SKIPPED', { name: 'skipped', label: 'SKIPPED', fill: '#f1f3f5', border: '#868e96', dashed: true }],
  ['CANCELLED', { name: 'cancelled', label: 'CANCELLED', fill: '#fff3d9', border: '#b7791f', dashed: true }],
]);

/** The style of every task, and the styles that occur, in order of appearance. */
export function taskStyles(graph: TaskGraph, options: PictureOptions): { of: TaskStyle[]; used: TaskStyle[] } {
  const of = graph.tasks.map((task, index) => {
    if (options.status === undefined) return ACTIONS.get(task.action) ?? OTHER;
    return STATUSES.get(options.status(task, index) ?? 'INIT') ?? OTHER;
  });
  return { of, used: [...new Set(of)] };
}

/** How a task of this status looks. */
export function statusStyle(status: TaskStatus): TaskStyle {
  return STATUSES.get(status) ?? OTHER;
}

export interface EdgeStyle {
  readonly kind: EdgeKind;
  readonly colour: string;
  readonly line: 'solid' | 'dashed' | 'dotted' | 'bold';
  readonly meaning: string;
}

/** The first of these that is among its reasons decides how an edge looks. */
const EDGES: readonly EdgeStyle[] = [
  { kind: 'hosted_on', colour: '#7048a8', line: 'bold', meaning: 'hosted_on' },
  { kind: 'depends_on', colour: '#343a40', line: 'solid', meaning: 'depends_on' },
  { kind: 'get_attr', colour: '#1c6fc4', line: 'solid', meaning: 'get_attr' },
  { kind: 'get_resource', colour: '#2b8a4b', line: 'solid', meaning: 'get_resource' },
  { kind: 'workflow', colour: '#b7791f', line: 'solid', meaning: 'workflow' },
  { kind: 'hook', colour: '#c2410c', line: 'dotted', meaning: 'hook' },
  { kind: 'implicit', colour: '#868e96', line: 'dashed', meaning: 'implicit' },
];

export function edgeStyle(reasons: readonly EdgeReason[]): EdgeStyle {
  return EDGES.find((style) => reasons.some((reason) => reason.kind === style.kind)) ?? (EDGES[1] as EdgeStyle);
}

/** Those of the given styles, in the order of a legend. */
export function inLegendOrder(used: ReadonlySet<EdgeStyle>): EdgeStyle[] {
  return EDGES.filter((style) => used.has(style));
}

/** The two lines of a task: its name, and its type with the action where the graph has several actions. */
export function taskLines(task: Task, manyActions: boolean): [name: string, detail: string] {
  const call = hookCallOf(task);
  if (call !== undefined && isHookTask(task)) {
    return [shortened(call.hook), shortened(call.of === undefined ? call.point : `${call.point} of ${call.of}`)];
  }
  const type = call === undefined ? task.type : `${task.type} by ${call.hook}`;
  return [shortened(task.name === '' ? "''" : task.name), shortened(manyActions ? `${task.action} ${type}` : type)];
}

/** Whether there are several actions on things. */
export function hasManyActions(graph: TaskGraph): boolean {
  const actions = new Set(graph.tasks.map(({ action }) => action));
  actions.delete(WORKFLOW_ACTION);
  return actions.size > 1;
}

const MOST_LETTERS = 48;

/** Longer names are cut in the middle: their ends tell most. */
function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= MOST_LETTERS) return text;
  const half = (MOST_LETTERS - 1) >> 1;
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}
