import type { HookPlan } from './hook-plan.ts';

/** By the name of the task, of a hook of the whole graph by its point: the indexes of what stands there. */
export type Places = ReadonlyMap<string, readonly number[]>;

const NONE: Places = new Map();

/** Where hooks stand in a scope: how `get_attr` tells the places of one from each other. */
export class HookPlaces {
  readonly #byPlan = new Map<HookPlan, Map<string, Map<string, number[]>>>();

  of(plan: HookPlan, scope: string): Places {
    let scopes = this.#byPlan.get(plan);
    if (scopes === undefined) {
      scopes = placesOf(plan);
      this.#byPlan.set(plan, scopes);
    }
    return scopes.get(scope) ?? NONE;
  }
}

function placesOf({ placements }: HookPlan): Map<string, Map<string, number[]>> {
  const scopes = new Map<string, Map<string, number[]>>();
  for (const { target, point, index } of placements) {
    const path = target?.scope ?? '';
    const key = target?.name ?? point.text;
    let names = scopes.get(path);
    if (names === undefined) {
      names = new Map();
      scopes.set(path, names);
    }
    const known = names.get(key);
    if (known === undefined) names.set(key, [index]);
    else known.push(index);
  }
  return scopes;
}
