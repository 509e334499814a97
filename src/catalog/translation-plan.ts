import type { PropertyTranslation } from './resource-type.ts';

/** The translations of a type by path. A path is the names on the way joined with dots, as in Heat. */
export interface TranslationPlan {
  readonly replacing: ReadonlyMap<string, PropertyTranslation>;
  /** Paths that read as not given: deleted, or moved to another place. */
  readonly hidden: ReadonlySet<string>;
}

// One plan serves all resources of a type.
const plans = new WeakMap<readonly PropertyTranslation[], TranslationPlan>();

export function translationPlan(translations: readonly PropertyTranslation[]): TranslationPlan {
  let plan = plans.get(translations);
  if (plan === undefined) {
    plan = makePlan(translations);
    plans.set(translations, plan);
  }
  return plan;
}

function makePlan(translations: readonly PropertyTranslation[]): TranslationPlan {
  const replacing = new Map<string, PropertyTranslation>();
  const hidden = new Set<string>();
  for (const translation of translations) {
    const target = translation.target.join('.');
    if (translation.rule === 'delete') {
      hidden.add(target);
    } else if (translation.source !== undefined) {
      replacing.set(target, translation);
      const above = translation.sibling ? translation.target.slice(0, -1) : [];
      hidden.add([...above, ...translation.source].join('.'));
    }
  }
  return { replacing, hidden };
}
