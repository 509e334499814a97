import { indexByProperty, requireEqual } from './compare.ts';
import type { ImplicitRule } from './rule.ts';

/** A type, and the property of it that is compared. */
export interface ComparedProperty {
  readonly type: string;
  readonly property: string;
}

/**
 * The rule that most rules are: a resource requires every resource of another type whose property has an equal value.
 * Equal is what Python's `==` takes for equal; two that are null are equal as well.
 */
export function requireEqualProperty(
  name: string,
  requirer: ComparedProperty,
  required: ComparedProperty,
): ImplicitRule {
  return {
    name,
    types: [requirer.type],
    apply(stack) {
      const index = indexByProperty(stack, required.type, required.property);
      requireEqual(stack, stack.madeOf(requirer.type), requirer.property, index);
    },
  };
}
