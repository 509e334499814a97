import type { Value } from '../values/value.ts';

/**
 * What functions ask for when they are evaluated. Each method may throw a PythonError; those named here are what Heat
 * raises. A name is a Value because templates can compute names, and Python can have keys that are not text.
 */
export interface Runtime {
  /** @throws PythonError UserParameterMissing when there is no such parameter. */
  parameter(name: Value): Value;
  /** Whether an enabled resource has that name. */
  hasResource(name: Value): boolean;
  /** The reference id (`FnGetRefId`) of a resource that is there. */
  reference(name: Value): Value;
  /**
   * An attribute of a resource that is there; null when it is not known yet. `path[0]` is the attribute; more only from
   * versions that leave the selection to the resource (2014-10-16 and later).
   *
   * @throws PythonError InvalidTemplateAttribute
   */
  attribute(name: Value, path: readonly Value[]): Value;
  /** `get_attr` with a resource alone: a map of all attributes. */
  allAttributes(name: Value): Value;
  /** The content of a file of the template's `files`. */
  file(key: string): string | Uint8Array | undefined;
  /** CFN's `Mappings`. */
  mappings(): Value;
  availabilityZones(): Value;
  /**
   * What a nested stack's `resource_facade` sees of the resource that the stack stands for.
   *
   * @throws PythonError AttributeError when the stack stands for none.
   */
  facade(what: 'metadata' | 'deletion_policy' | 'update_policy'): Value;
  /** Whether a condition holds. @throws PythonError ValueError for an unknown name. */
  condition(name: Value): boolean;
  /** Evaluates a YAQL expression on `{data}`. @throws PythonError ValueError for a bad expression, and others. */
  yaql(expression: string, data: Value): Value;
  /** Parses a YAQL expression only. @throws PythonError ValueError */
  yaqlCheck(expression: string): void;
  /**
   * How `get_attr` of 2013-05-23 and `Fn::GetAtt` select `collection[key]` in the value of an attribute, for runtimes
   * whose attributes are stand-ins. Default: as Python does.
   */
  select?(collection: Value, key: Value): Value;
  /** How many items one `repeat` may make; default 1,000,000. */
  readonly maxRepeat?: number;
}
