import type { Value } from '../../values/value.ts';
import type { PropertyFailure } from '../property-failure.ts';

/** A property's value; undefined: the type has no property of that name; or why there is no value. */
export type PropertyReading = Value | undefined | PropertyFailure;

/** One resource of a stack as the rules see it: enabled, with properties as they are known while planning. */
export interface RuleResource {
  readonly index: number;
  readonly name: string;
  /** The type whose class Heat makes it of, after aliases: its rules apply. A provider template has its file's name. */
  readonly type: string;
  /**
   * The types that it passes for when other resources look for it: as written in the template, and as the registry
   * names it (`Resource.has_interface`). Default: `[type]`.
   */
  readonly interfaces?: readonly string[];
  /** As `readProperties` gives it: functions resolved while planning, old names translated, coerced to the schema. */
  property(name: string): PropertyReading;
  /** The name under which the template gives the property: `network_id` for `network`. Default: the name itself. */
  writtenAs?(name: string): string;
}

/** Implicit dependencies that resources of some types have on others of the same stack. */
export interface ImplicitRule {
  readonly name: string;
  /** Types of the resources that require; the rule is applied only to stacks that have one. */
  readonly types: readonly string[];
  /** Calls `stack.add` for every dependency. Must not compare every resource with every other: use `indexByProperty`. */
  apply(stack: RuleStack): void;
}

/** The resources of one stack, for a rule to look at. */
export interface RuleStack {
  /** Resources whose class is that of the type: those that the rule of the type speaks for. */
  madeOf(type: string): readonly RuleResource[];
  /** Resources that pass for the type, by name or by class. */
  ofType(type: string): readonly RuleResource[];
  /** Whether the resource passes for the type. */
  passesFor(resource: RuleResource, type: string): boolean;
  /** What the resource requires so far: explicitly, and by the rules applied before. */
  directlyRequired(index: number): Iterable<RuleResource>;
  /** `path`: property of the requirer that makes the dependency. The same pair may be added again. */
  add(requirer: RuleResource, required: RuleResource, path: readonly (string | number)[]): void;
  /** Heat would stop here with an error, such as a new and an old form of one property given together. */
  refuse(resource: RuleResource, property: string, failure: PropertyFailure | undefined): void;
}

export interface ImplicitEdge {
  readonly requirer: number;
  readonly required: number;
  readonly rule: string;
  readonly path: readonly (string | number)[];
}

/** An error with which Heat stops while it looks for implicit dependencies. */
export interface RuleRefusal {
  readonly index: number;
  readonly property: string;
  /** Undefined: the resource has no such property, Heat's `KeyError`. */
  readonly failure: PropertyFailure | undefined;
}
