import { readFileSync } from 'node:fs';
import {
  HEAT_CATALOG,
  INVALID,
  implicitDependencies,
  isFailure,
  type PropertyReader,
  type PropertyReading,
  type RuleRefusal,
  type RuleResource,
  readProperties,
} from '../../src/catalog/catalog.ts';
import { readFacts } from '../../src/catalog/read-facts.ts';
import { decode, encode, type Json } from '../../src/values/encode.ts';
import type { Value } from '../../src/values/value.ts';

/** What scripts/make-catalog-fixtures.py writes. */
export interface Expectation {
  readonly resources: readonly PlannedResource[];
  readonly explicit: readonly (readonly [string, string])[];
  readonly implicit?: readonly (readonly [string, string])[];
  readonly error?: string;
  readonly read: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

interface PlannedResource {
  readonly name: string;
  readonly type: string;
  readonly interfaces: readonly string[];
  readonly schema?: Json;
  /** Functions resolved; null: the section as a whole is a function. */
  readonly properties: Readonly<Record<string, Json>> | null;
}

export function readExpectation(file: string): Expectation {
  return JSON.parse(readFileSync(file, 'utf8')) as Expectation;
}

export function readerOf(resource: PlannedResource): PropertyReader {
  const type =
    resource.schema === undefined
      ? HEAT_CATALOG.get(resource.type)
      : readFacts(resource.type, JSON.stringify({ p: resource.schema }));
  if (type === undefined) throw new Error(`unknown type ${resource.type}`);
  const given = new Map(Object.entries(resource.properties ?? {}));
  return readProperties(type, (name) => {
    if (resource.properties === null) return INVALID;
    const value = given.get(name);
    if (value === undefined) return undefined;
    return isError(value) ? INVALID : decode(value);
  });
}

export function isError(value: Json): value is { $error: string } {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, '$error');
}

/** A reading as the fixtures say it: a value of the oracle's form, `invalid`, or `refused` with an error of its own. */
export function told(reading: PropertyReading): Json {
  if (reading === undefined) return 'unknown property';
  if (!isFailure(reading)) return encode(reading);
  return reading.heat === 'ValueError' ? 'invalid' : 'refused';
}

/** The same of what Heat said. */
export function toldByHeat(value: Json): Json {
  // Either side may write a map as an object or as pairs.
  if (!isError(value)) return encode(decode(value));
  return value.$error === 'StackValidationFailed' ? 'refused' : 'invalid';
}

/** The rules applied to a planned stack: pairs of names, sorted, and what Heat would stop at. */
export function applied(stack: Pick<Expectation, 'resources' | 'explicit'>): {
  pairs: [string, string][];
  refusals: RuleRefusal[];
} {
  const names = stack.resources.map((resource) => resource.name);
  const places = new Map(names.map((name, i) => [name, i]));
  const explicit = new Map<number, number[]>();
  for (const [requirer, required] of stack.explicit) {
    const index = places.get(requirer) as number;
    explicit.set(index, [...(explicit.get(index) ?? []), places.get(required) as number]);
  }
  const resources = stack.resources.map((resource, index): RuleResource => {
    const reader = readerOf(resource);
    return { index, name: resource.name, type: resource.type, interfaces: resource.interfaces, ...reader };
  });
  const refusals: RuleRefusal[] = [];
  const edges = implicitDependencies(
    resources,
    (index) => explicit.get(index) ?? [],
    HEAT_CATALOG.implicitRules,
    (refusal) => refusals.push(refusal),
  );
  const pairs = new Map(
    edges.map(({ requirer, required }) => [
      `${requirer} ${required}`,
      [names[requirer] as string, names[required] as string] as [string, string],
    ]),
  );
  return { pairs: [...pairs.values()].sort(byNames), refusals };
}

export function byNames(a: readonly [string, string], b: readonly [string, string]): number {
  const x = JSON.stringify(a);
  const y = JSON.stringify(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A rule's resource of plain values, for rules tested without a template. */
export function plainResource(index: number, type: string, properties: Readonly<Record<string, Value>>): RuleResource {
  return { index, name: `r${index}`, type, property: (name) => properties[name] };
}
