import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import { str } from '../values/text.ts';
import type { FoundReference, RefusedFunction } from './find-references.ts';
import type { HookPlan, Placement } from './hook-plan.ts';
import type { HookReferences, Referrer, Wiring } from './hook-references.ts';
import { OWN_TASK } from './hook-task.ts';
import type { Target } from './select-tasks.ts';

/** Actions that give what functions can refer to; of everything else an earlier run has recorded it. */
const MAKES: ReadonlySet<string> = new Set(['CREATE', 'ADOPT', 'UPDATE', 'REPLACE']);
/** Before these there is nothing that could be referred to. */
const BEGINS: ReadonlySet<string> = new Set(['CREATE', 'ADOPT']);

/** Edges to what the inputs of hooks refer to. */
export function wireHooks(wiring: Wiring, references: HookReferences, plans: readonly HookPlan[]): void {
  for (const plan of plans) {
    if (plan.work.input.size === 0) continue;
    for (const [scope, placements] of placementsByScope(plan)) {
      new InputWirer(wiring, references, plan, scope, placements).wire();
    }
  }
}

/** What is wrong with the functions of a hook that is attached to nothing is told all the same. */
function placementsByScope({ placements }: HookPlan): ReadonlyMap<string, readonly Placement[]> {
  const byScope = new Map<string, Placement[]>();
  for (const placement of placements) {
    const path = placement.target?.scope ?? '';
    const known = byScope.get(path);
    if (known === undefined) byScope.set(path, [placement]);
    else known.push(placement);
  }
  return byScope.size === 0 ? new Map([['', []]]) : byScope;
}

/** The input of one hook, read once for all its places in a scope. */
class InputWirer {
  readonly #wiring: Wiring;
  readonly #references: HookReferences;
  readonly #plan: HookPlan;
  readonly #placements: readonly Placement[];
  readonly #referrer: Referrer;
  /** What was told already. */
  readonly #told = new Set<string>();

  constructor(
    wiring: Wiring,
    references: HookReferences,
    plan: HookPlan,
    scope: string,
    placements: readonly Placement[],
  ) {
    this.#wiring = wiring;
    this.#references = references;
    this.#plan = plan;
    this.#placements = placements;
    const { hook, said } = plan;
    this.#referrer = {
      requirers: placements.map(({ index }) => index),
      scope,
      who: `The hook '${said.label}'`,
      onFailure: hook.onFailure === true,
      place: hook.place,
    };
  }

  wire(): void {
    const { said, work } = this.#plan;
    const refused = ({ functionName, error, expected, heat }: RefusedFunction): void =>
      this.#once(`${functionName} ${error.message}`, () =>
        say.hookFunctionRefused(said, functionName, error.message, expected, heat),
      );
    this.#references.visit(this.#referrer.scope, work.input, [], (reference) => this.#found(reference), refused);
  }

  #once(key: string, diagnostic: () => Diagnostic): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#wiring.report(diagnostic());
  }

  #found(reference: FoundReference): void {
    const { targets, named } = this.#wiring;
    const { said } = this.#plan;
    const { scope } = this.#referrer;
    const name = str(reference.name);
    if (name === OWN_TASK) {
      for (const placement of this.#placements) {
        if (placement.target === undefined) this.#once(OWN_TASK, () => say.hookWithoutTask(said));
        else this.#toOwn(placement, placement.target, reference);
      }
      return;
    }
    const known = targets.named(scope, name);
    const other = named.get(name);
    if (known.length > 0) for (const placement of this.#placements) this.#toTargets(placement, known, reference);
    else if (other !== undefined) this.#toHook(other, reference);
    else if (!this.#references.isEarlier(name)) {
      this.#once(name, () => say.hookReferenceUnknown(said, name, this.#references.names(scope)));
    }
  }

  /** `[hook, $task, ...]` is what the other hook gave at the same task. */
  #toHook(other: HookPlan, reference: FoundReference): void {
    const [key, ...rest] = reference.attribute ?? [];
    if (key !== OWN_TASK) {
      this.#references.require(this.#referrer, other, reference);
      return;
    }
    for (const { target, point, index } of this.#placements) {
      const attribute = [target?.name ?? point.text, ...rest];
      this.#references.require({ ...this.#referrer, requirers: [index] }, other, { ...reference, attribute });
    }
  }

  #toTargets(placement: Placement, targets: readonly Target[], reference: FoundReference): void {
    for (const target of targets) {
      const isOwn = target === placement.target || target.name === placement.target?.name;
      if (isOwn) this.#toOwn(placement, target, reference);
      else if (MAKES.has(target.action)) this.#edge(placement, target, reference);
    }
  }

  /** What the task of the hook itself gave: now where the hook comes after it, else what an earlier run recorded. */
  #toOwn(placement: Placement, target: Target, reference: FoundReference): void {
    const isAfter = placement.point.when === 'post' && MAKES.has(target.action);
    if (isAfter || BEGINS.has(target.action)) this.#edge(placement, target, reference);
  }

  #edge({ index }: Placement, { last }: Target, { kind }: FoundReference): void {
    const { place } = this.#referrer;
    this.#wiring.builder.edge(index, last, { kind, ...(place !== undefined && { place }) });
  }
}
