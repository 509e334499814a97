import type { Component, StepWork } from '../stack/components/component.ts';
import { type ComponentStep, CREATION_STEPS } from '../template/components.ts';
import { isUpdate, type StackAction } from './stack-action.ts';

/** One step that a graph has a task for. */
export interface PlannedStep {
  /** `create`, `configure`, ...; for actions that components have no step for, the action in lower case. */
  readonly step: string;
  /** What is done; undefined: nothing is written for it. */
  readonly work: StepWork | undefined;
  /** Whether there is something to do; undefined: the type decides, because nothing at all is written. */
  readonly triggered: boolean | undefined;
}

/**
 * The steps of a component in a graph of an action. Making it takes `create`, `configure` and `start`, as far as they
 * are written. So does updating one that is there, because it may need to be made anew, on another server, or need one
 * of them again; and then `update`, if that is written. Every other action is one step. There is one at least, which
 * stands for the component in the order of things even where it does nothing.
 *
 * @param exists whether the component is there.
 */
export function planSteps({ steps, configs }: Component, action: StackAction, exists: boolean): readonly PlannedStep[] {
  const isBare = steps.size === 0 && configs === undefined;
  const making = CREATION_STEPS.filter((step) => steps.has(step));
  if (isUpdate(action) && exists && steps.has('update')) making.push('update');
  const names: readonly string[] = makes(action) || isUpdate(action) ? making : [action.toLowerCase()];
  return (names.length === 0 ? ['create'] : names).map((step) => {
    const work = steps.get(step as ComponentStep);
    return { step, work, triggered: isBare ? undefined : work !== undefined };
  });
}

/** The action of the tasks. */
export function taskAction(action: StackAction, exists: boolean): string {
  if (!isUpdate(action)) return action;
  return exists ? 'UPDATE' : 'CREATE';
}

function makes(action: StackAction): boolean {
  return action === 'CREATE' || action === 'ADOPT';
}
