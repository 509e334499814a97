import type { Hook, HookAction, HookPoint } from './hook.ts';

export interface Point {
  readonly text: HookPoint;
  readonly when: 'pre' | 'post' | 'instead';
  /** Actions of the tasks that it can be at; undefined: the whole graph. */
  readonly actions: ReadonlySet<string> | undefined;
}

/**
 * Whose tasks a point is at. An update that turns out to be a replacement breaks at `pre-update` in Heat, and neither at
 * `post-update` nor at the points of creation and deletion (`Resource.update`, `create`, `delete`): `replace` is for it.
 */
const TASKS: Readonly<Record<HookAction, Readonly<Record<Point['when'], readonly string[]>>>> = {
  create: same('CREATE'),
  update: { pre: ['UPDATE', 'REPLACE'], post: ['UPDATE'], instead: ['UPDATE'] },
  replace: { pre: ['REPLACE', 'UPDATE'], post: ['REPLACE', 'UPDATE'], instead: ['REPLACE'] },
  delete: same('DELETE', 'CLEANUP'),
  suspend: same('SUSPEND'),
  resume: same('RESUME'),
  check: same('CHECK'),
  snapshot: same('SNAPSHOT'),
  adopt: same('ADOPT'),
};

function same(...actions: readonly string[]): Readonly<Record<Point['when'], readonly string[]>> {
  return { pre: actions, post: actions, instead: actions };
}

const POINTS: ReadonlyMap<string, Point> = new Map(allPoints().map((point) => [point.text, point]));

function allPoints(): Point[] {
  const points: Point[] = [
    { text: 'pre', when: 'pre', actions: undefined },
    { text: 'post', when: 'post', actions: undefined },
  ];
  for (const [action, tasks] of Object.entries(TASKS) as [HookAction, (typeof TASKS)[HookAction]][]) {
    points.push({ text: `pre-${action}`, when: 'pre', actions: new Set(tasks.pre) });
    points.push({ text: `post-${action}`, when: 'post', actions: new Set(tasks.post) });
    points.push({ text: action, when: 'instead', actions: new Set(tasks.instead) });
  }
  return points;
}

export const POINT_NAMES: readonly string[] = [...POINTS.keys()];

export function pointOf(text: string): Point | undefined {
  return POINTS.get(text);
}

/** Without repetitions. */
export function pointTexts({ at }: Hook): readonly string[] {
  return [...new Set(typeof at === 'string' ? [at] : at)];
}
