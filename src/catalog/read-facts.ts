import { decode, type Json } from '../values/encode.ts';
import type {
  AttributeSchema,
  PropertyConstraint,
  PropertySchema,
  PropertyTranslation,
  PropertyType,
  ReferenceKind,
  ResourceType,
  Support,
} from './resource-type.ts';

/** One line of `data/facts.generated.ts`. What is absent is false, none or empty. */
interface TypeFacts {
  /** Properties and attributes by name. */
  p?: Record<string, PropertyFacts>;
  a?: Record<string, { t: string; n?: 1; v?: SupportFacts }>;
  /** Translations: rule, target, source, whether the source is a sibling. */
  t?: [rule: 'r' | 'd', target: string[], source?: string[], sibling?: number][];
  /** Properties that Heat reads while it makes the resource. */
  w?: string[];
  /** A property, and the one that names its type. */
  y?: [property: string, by: string];
  v?: SupportFacts;
  /** Nested; placeholder; any attribute. */
  n?: 1;
  o?: 1;
  g?: 1;
  r?: ReferenceKind;
  s?: string;
  e?: string;
  h?: string[];
  x?: string[];
}

/** Type, required, update_allowed, immutable, not implemented, allow_conversion, constraints, support, default, inside. */
interface PropertyFacts {
  t: string;
  r?: 1;
  u?: 1;
  i?: 1;
  n?: 1;
  a?: 1;
  c?: [kind: string, ...Json[]][];
  v?: SupportFacts;
  d?: Json;
  s?: Record<string, PropertyFacts>;
}

type SupportFacts = [status: Support['status'], version?: string][];

const TYPES: Readonly<Record<string, PropertyType>> = {
  S: 'String',
  I: 'Integer',
  N: 'Number',
  B: 'Boolean',
  M: 'Map',
  L: 'List',
  A: 'Any',
};
const ALWAYS_SUPPORTED: readonly Support[] = [{ status: 'SUPPORTED' }];

/** A resource type from its line of data. */
export function readFacts(name: string, line: string): ResourceType {
  const facts = JSON.parse(line) as TypeFacts;
  return {
    name,
    properties: mapOf(facts.p, readProperty),
    attributes: mapOf(facts.a, readAttribute),
    translations: (facts.t ?? []).map(readTranslation),
    readWhenMade: facts.w ?? [],
    ...(facts.y === undefined ? {} : { typed: { property: facts.y[0], by: facts.y[1] } }),
    support: readSupport(facts.v),
    nested: facts.n === 1,
    placeholder: facts.o === 1,
    anyAttribute: facts.g === 1,
    reference: facts.r ?? 'physical_id',
    ...(facts.s === undefined ? {} : { service: facts.s }),
    ...(facts.e === undefined ? {} : { entity: facts.e }),
    actions: new Set(facts.h),
    replaceDecisions: new Set(facts.x),
  };
}

function readProperty(facts: PropertyFacts): PropertySchema {
  return {
    type: TYPES[facts.t] as PropertyType,
    required: facts.r === 1,
    updateAllowed: facts.u === 1,
    immutable: facts.i === 1,
    implemented: facts.n !== 1,
    allowConversion: facts.a === 1,
    ...(facts.d === undefined ? {} : { default: decode(facts.d) }),
    constraints: (facts.c ?? []).map(readConstraint),
    ...(facts.s === undefined ? {} : { schema: mapOf(facts.s, readProperty) }),
    support: readSupport(facts.v),
  };
}

function readConstraint([kind, first, second]: [kind: string, ...Json[]]): PropertyConstraint {
  switch (kind) {
    case 'allowed_values':
      return { kind, values: (first as Json[]).map(decode) };
    case 'allowed_pattern':
      return { kind, pattern: String(first) };
    case 'modulo':
      return { kind, step: Number(first), offset: Number(second) };
    case 'range':
    case 'length':
      return {
        kind,
        ...(typeof first === 'number' ? { min: first } : {}),
        ...(typeof second === 'number' ? { max: second } : {}),
      };
    default:
      return { kind: 'custom_constraint', name: String(first) };
  }
}

function readAttribute(facts: { t: string; n?: 1; v?: SupportFacts }): AttributeSchema {
  const type = TYPES[facts.t] as AttributeSchema['type'];
  return { ...(type === undefined ? {} : { type }), cached: facts.n !== 1, support: readSupport(facts.v) };
}

function readTranslation([rule, target, source, sibling]: NonNullable<TypeFacts['t']>[number]): PropertyTranslation {
  if (rule === 'd' || source === undefined) return { rule: 'delete', target, sibling: false };
  return { rule: 'replace', target, source, sibling: sibling === 1 };
}

function readSupport(facts: SupportFacts | undefined): readonly Support[] {
  if (facts === undefined) return ALWAYS_SUPPORTED;
  return facts.map(([status, version]) => (version === undefined ? { status } : { status, version }));
}

function mapOf<From, To>(object: Record<string, From> | undefined, read: (facts: From) => To): ReadonlyMap<string, To> {
  return new Map(Object.entries(object ?? {}).map(([name, facts]) => [name, read(facts)]));
}
