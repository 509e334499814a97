import { lookup } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import { isMap, typeName, type Value } from '../../values/value.ts';
import { PropertyFailure } from '../property-failure.ts';

/** How a resource's class, as it was and as it is wanted, sees one property. Undefined: it has no such property. */
export type ReadProperty = (name: string) => Value | undefined | PropertyFailure;

/** What a class is asked: both sides of the change, and what of the definition changed. */
export interface ReplaceQuestion {
  readonly before: ReadProperty;
  readonly after: ReadProperty;
  /** Properties that differ. Only known once they were compared. */
  readonly changed: ReadonlySet<string>;
  readonly metadataChanged: boolean;
}

/**
 * What the class of a type itself decides about an update, beyond what its properties say. Each function stands for the
 * method of Heat's class that is named with it.
 */
export interface ReplaceDecision {
  /** `_needs_update`: `always` updates, `never` does, `replace`; undefined leaves it to the definitions. */
  readonly needsUpdate?: (question: Omit<ReplaceQuestion, 'changed'>) => NeedsUpdate;
  /** `needs_replace`. Asked first. */
  readonly needsReplace?: (after: ReadProperty) => Because;
  /** `needs_replace_with_tmpl_diff`. Asked when properties, metadata or update policy of the definition differ. */
  readonly needsReplaceWithTemplateDiff?: (question: Omit<ReplaceQuestion, 'changed'>) => Because;
  /** `needs_replace_with_prop_diff`. Asked when properties differ. */
  readonly needsReplaceWithPropertyDiff?: (question: ReplaceQuestion) => Because;
  /** `needs_replace_failed`: what becomes of a failed one that exists. Default: it is replaced. */
  readonly failed?: 'replace' | 'ask-service';
  /** `always_replace_on_check_failed`. Default true. */
  readonly replaceWhenCheckFailed?: boolean;
}

export type NeedsUpdate = 'always' | 'never' | { readonly replaceBecause: string } | undefined;

/** The property (or `metadata`) because of which it is replaced; undefined: it is not. */
export type Because = string | undefined;

/** Heat's own code stumbles over a value. */
export class DecisionFailed extends Error {
  /** The exception that it raises. */
  readonly heat: string;

  constructor(heat: string, message: string) {
    super(message);
    this.heat = heat;
  }
}

/** The value that a decision needs. Python's `properties.get(name)`: null for a property that there is not. */
export function read(property: ReadProperty, name: string): Value {
  const value = property(name);
  if (value instanceof PropertyFailure) throw new DecisionFailed(value.heat, `${name}: ${value.message}`);
  return value ?? null;
}

/** Python's `value.get(key)`. */
export function entry(value: Value, key: Value): Value {
  if (isMap(value)) return lookup(value, key) ?? null;
  throw new DecisionFailed('AttributeError', `there is no '${str(key)}' in a value of type ${typeName(value)}`);
}
