import type { AttributeSchema, ResourceType } from '../catalog/resource-type.ts';
import type { Json } from '../values/encode.ts';
import { SeededRandom } from './seeded-random.ts';

/** What paths of references lead through. A step that nobody takes further is a leaf. */
interface Tree {
  readonly steps: Map<string, { readonly step: Json; readonly below: Tree }>;
}

// A reference to item one million must not make a list of that length.
const LONGEST_LIST = 256;

/**
 * Plausible values for the attributes that the catalog knows of a type, and for whatever else is referred to, each in
 * such a shape that every reference leads to a value.
 */
export function simulateAttributes(
  key: string,
  name: string,
  type: ResourceType | undefined,
  referenced: readonly (readonly Json[])[],
  properties: { readonly [name: string]: Json },
): Map<string, Json> {
  const trees = new Map<string, Tree>();
  for (const attribute of type?.attributes.keys() ?? []) trees.set(attribute, { steps: new Map() });
  for (const [attribute, ...path] of referenced) {
    if (typeof attribute !== 'string') continue;
    let tree = trees.get(attribute);
    if (tree === undefined) {
      tree = { steps: new Map() };
      trees.set(attribute, tree);
    }
    for (const step of path) tree = stepInto(tree, step);
  }
  const values = new Map<string, Json>();
  for (const [attribute, tree] of trees) {
    const random = new SeededRandom(`${key}/${attribute}`);
    const schema = type?.attributes.get(attribute);
    const made = tree.steps.size > 0 ? shaped(tree, attribute, random) : valueOfType(schema, name, attribute, random);
    // What was asked for is what came to be: a name, a CIDR.
    const property = Object.hasOwn(properties, attribute) ? (properties[attribute] ?? null) : null;
    values.set(attribute, property === null || tree.steps.size === 0 ? (property ?? made) : completed(property, made));
  }
  return values;
}

/** What was asked for, with whatever references look for in it besides. */
function completed(given: Json, made: Json): Json {
  if (typeof made !== 'object' || made === null) return given ?? made;
  if (typeof given !== 'object' || given === null || Array.isArray(given) !== Array.isArray(made)) return made;
  if (Array.isArray(given)) {
    const other = made as Json[];
    const all = given.length > other.length ? given : other;
    return all.map((_, i) => completed(given[i] ?? null, other[i] ?? null));
  }
  const entries = Object.entries(made).map(([key, value]) => {
    return [key, Object.hasOwn(given, key) ? completed(given[key] ?? null, value) : value] as const;
  });
  return Object.fromEntries([...Object.entries(given), ...entries]);
}

function stepInto(tree: Tree, step: Json): Tree {
  const key = JSON.stringify(step);
  let next = tree.steps.get(key);
  if (next === undefined) {
    next = { step, below: { steps: new Map() } };
    tree.steps.set(key, next);
  }
  return next.below;
}

/** A list where every step is a whole number, otherwise a map. */
function shaped(tree: Tree, hint: string, random: SeededRandom): Json {
  if (tree.steps.size === 0) return text(hint, hint, random);
  const steps = [...tree.steps.values()];
  if (steps.every(({ step }) => isIndex(step))) {
    const longest = Math.max(...steps.map(({ step }) => (Number(step) < 0 ? -Number(step) : Number(step) + 1)));
    const list: Json[] = Array.from({ length: longest }, () => text(hint, hint, random));
    for (const { step, below } of steps)
      list[list.length * Number(Number(step) < 0) + Number(step)] = shaped(below, hint, random);
    return list;
  }
  return Object.fromEntries(steps.map(({ step, below }) => [String(step), shaped(below, String(step), random)]));
}

function isIndex(step: Json): boolean {
  return typeof step === 'number' && Number.isInteger(step) && Math.abs(step) < LONGEST_LIST;
}

function valueOfType(schema: AttributeSchema | undefined, name: string, attribute: string, random: SeededRandom): Json {
  switch (schema?.type) {
    case 'Integer':
      return random.below(1000);
    case 'Boolean':
      return true;
    case 'List':
      return [text(name, attribute, random)];
    case 'Map':
      return attribute === 'show' ? { id: random.uuid(), name } : {};
    default:
      return text(name, attribute, random);
  }
}

function text(name: string, attribute: string, random: SeededRandom): string {
  if (/(^|_)id$/i.test(attribute)) return random.uuid();
  // Addresses for documentation (RFC 5737), so that nobody meets a machine.
  if (/(^|_)(ip|address|addresses|networks?|fixed_ips)(_|$)|^\d+$/i.test(attribute))
    return `192.0.2.${1 + random.below(254)}`;
  if (/(^|_)(url|uri|endpoint|href)(_|$)/i.test(attribute)) return `https://cloud.example/${random.uuid()}`;
  if (/(^|_)status$/i.test(attribute)) return 'ACTIVE';
  return `${name}-${attribute}-${random.next().toString(16).padStart(8, '0')}`;
}
