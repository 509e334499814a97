import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import type { Hook } from './hook.ts';
import { POINT_NAMES, type Point, pointOf, pointTexts } from './hook-points.ts';

type Report = (diagnostic: Diagnostic) => void;

/** What a hook is called: its name, what it does, or for a breakpoint where it stands. */
export function labelOf(hook: Hook): string {
  const { name, workflow, start, action } = hook;
  if (name !== undefined) return name;
  if (workflow !== undefined && start !== undefined) return start;
  if (typeof workflow === 'object' && 'toText' in workflow) return workflow.name;
  return action ?? (workflow === undefined ? (pointTexts(hook)[0] ?? 'breakpoint') : 'workflow');
}

/** The points of a hook, without those that are none. Reports whatever in a hook does not fit together. */
export function checkHook(hook: Hook, said: say.HookSaid, report: Report): readonly Point[] {
  const points: Point[] = [];
  const texts = pointTexts(hook);
  if (texts.length === 0) report(say.hookWithoutPoint(said));
  for (const text of texts) {
    const point = pointOf(text);
    if (point === undefined) report(say.hookPointUnknown(said, text, POINT_NAMES));
    else points.push(point);
  }
  const contradicts = (what: string, expected: string, hint?: string): void =>
    report(say.hookContradicts(said, what, expected, hint));
  checkContents(hook, contradicts);
  for (const point of points) checkPoint(hook, point, contradicts);
  return points;
}

type Contradicts = (what: string, expected: string, hint?: string) => void;

function checkContents(
  { workflow, action, start, library, taskName, input, instead, onFailure, policy }: Hook,
  contradicts: Contradicts,
): void {
  if (workflow !== undefined && action !== undefined)
    contradicts('has both a workflow and an action', 'one of the two');
  const does = workflow !== undefined || action !== undefined;
  for (const [key, value] of Object.entries({ input, start, library, taskName })) {
    if (value === undefined || (key === 'input' ? does : workflow !== undefined)) continue;
    contradicts(`has \`${key}\` and no workflow`, `a workflow, or no \`${key}\``);
  }
  if (instead === true && policy !== undefined) {
    contradicts('has a policy, and does the work of a task', 'no policy', 'The policy of the task holds.');
  }
  if (does) return;
  if (instead === true) contradicts('does the work of a task, and has no workflow', 'a workflow or an action');
  if (onFailure === true) contradicts('runs on failure, and has no workflow', 'a workflow or an action');
}

function checkPoint(
  { instead = false, onFailure = false, select }: Hook,
  point: Point,
  contradicts: Contradicts,
): void {
  const { text, when, actions } = point;
  if (actions === undefined && select !== undefined) {
    contradicts(
      `selects tasks, and stands at '${text}' of the whole stack`,
      `no \`select\`, or a point such as ${text}-create`,
    );
  }
  if (when === 'instead' && !instead) {
    contradicts(`stands at '${text}'`, `pre-${text}, post-${text}, or \`instead: true\``);
  } else if (when !== 'instead' && instead) {
    const hint = actions === undefined ? undefined : `Write at: ${text.slice(text.indexOf('-') + 1)}.`;
    contradicts(`does the work of a task, and stands at '${text}'`, 'an action as its point: create', hint);
  }
  if (onFailure && when !== 'post') contradicts(`runs on failure, and stands at '${text}'`, 'post, or post-<action>');
}
