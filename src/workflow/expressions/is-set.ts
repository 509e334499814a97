import type { Value, ValueSet } from '../../values/value.ts';

export function isSet(value: Value): value is ValueSet {
  return value instanceof Set;
}
