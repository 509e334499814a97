import { truthy } from '../../values/equality.ts';
import type { Value } from '../../values/value.ts';
import { isFailure } from '../property-failure.ts';
import type { RuleResource, RuleStack } from './rule.ts';
import { valueKey } from './value-key.ts';

/**
 * What a rule may do with a reading. Undefined: there is nothing to compare, as when Heat passes over a ValueError.
 * What Heat stops at is handed to `refuse`.
 *
 * @param strict the plugin reads `properties[name]`, which must exist, where others read `properties.get(name)`.
 */
export function comparable(stack: RuleStack, resource: RuleResource, name: string, strict = false): Value | undefined {
  const reading = resource.property(name);
  if (!isFailure(reading)) {
    if (reading !== undefined) return reading;
    if (!strict) return null;
    stack.refuse(resource, name, undefined);
  } else if (reading.heat !== 'ValueError') {
    stack.refuse(resource, name, reading);
  }
  return undefined;
}

/** Python's `first or second`: the value of an old property where the new one says nothing. */
export function comparableEither(
  stack: RuleStack,
  resource: RuleResource,
  first: string,
  second: string,
): Value | undefined {
  const value = comparable(stack, resource, first);
  return value === undefined || truthy(value) ? value : comparable(stack, resource, second);
}

/** Where in the requirer's properties the dependency comes from, as the template writes it. */
export function pathOf(resource: RuleResource, property: string): readonly (string | number)[] {
  return [resource.writtenAs?.(property) ?? property];
}

/** All resources of a type by the value of one property. */
export function indexByProperty(stack: RuleStack, type: string, property: string, strict = false): ValueIndex {
  const index = new ValueIndex();
  for (const resource of stack.ofType(type)) {
    const value = comparable(stack, resource, property, strict);
    if (value !== undefined) index.add(value, resource);
  }
  return index;
}

/** Every requirer requires what the index has under the value of its property. */
export function requireEqual(
  stack: RuleStack,
  requirers: Iterable<RuleResource>,
  property: string,
  index: ValueIndex,
): void {
  // Nothing to compare with: Heat does not read the property, and so does not stumble over it.
  if (index.size === 0) return;
  for (const requirer of requirers) {
    const value = comparable(stack, requirer, property, true);
    if (value === undefined) continue;
    for (const required of index.equalTo(value)) stack.add(requirer, required, pathOf(requirer, property));
  }
}

/** Resources by the value of one property, so that equal ones are found without comparing all with all. */
export class ValueIndex {
  private readonly byKey = new Map<string, RuleResource[]>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(value: Value, resource: RuleResource): void {
    this.count++;
    const key = valueKey(value);
    if (key === undefined) return;
    const list = this.byKey.get(key);
    if (list === undefined) this.byKey.set(key, [resource]);
    else list.push(resource);
  }

  /** A resource whose presence counts, though it equals nothing. */
  addUnequal(): void {
    this.count++;
  }

  /** Whether any resource has a value that is not equal to this one. */
  hasOtherThan(value: Value): boolean {
    return this.count > this.equalTo(value).length;
  }

  /** Those whose value is equal as Python sees it. */
  equalTo(value: Value): readonly RuleResource[] {
    const key = valueKey(value);
    return key === undefined ? [] : (this.byKey.get(key) ?? []);
  }
}
