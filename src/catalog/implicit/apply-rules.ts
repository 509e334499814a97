import type { PropertyFailure } from '../property-failure.ts';
import type { ImplicitEdge, ImplicitRule, RuleRefusal, RuleResource, RuleStack } from './rule.ts';

/**
 * The dependencies that rules find in a stack (`Resource.add_dependencies` of Heat's plugins), rule by rule. A pair may
 * come more than once, from several rules, and may be an explicit dependency as well. A stack without resources of the
 * rules' types costs one look at each type name.
 *
 * @param explicit indexes of what a resource requires by depends_on and references.
 * @param onRefusal called for what Heat would stop at with an error; default: ignored.
 */
export function implicitDependencies(
  resources: Iterable<RuleResource>,
  explicit: (index: number) => Iterable<number>,
  rules: readonly ImplicitRule[],
  onRefusal: (refusal: RuleRefusal) => void = () => {},
): ImplicitEdge[] {
  const spokenFor = new Set(rules.flatMap((rule) => rule.types));
  const all: readonly RuleResource[] = Array.isArray(resources) ? resources : [...resources];
  const made = new Map<string, RuleResource[]>();
  for (const resource of all) {
    if (spokenFor.has(resource.type)) push(made, resource.type, resource);
  }
  if (made.size === 0) return [];
  const stack = new Stack(all, made, explicit, onRefusal);
  for (const rule of rules) {
    if (rule.types.some((type) => made.has(type))) {
      stack.rule = rule.name;
      rule.apply(stack);
    }
  }
  return stack.edges;
}

class Stack implements RuleStack {
  readonly edges: ImplicitEdge[] = [];
  rule = '';
  private readonly made: ReadonlyMap<string, RuleResource[]>;
  private readonly byInterface = new Map<string, RuleResource[]>();
  private readonly byIndex = new Map<number, RuleResource>();
  private readonly added = new Map<number, number[]>();
  private readonly refused = new Set<string>();
  private readonly explicit: (index: number) => Iterable<number>;
  private readonly onRefusal: (refusal: RuleRefusal) => void;

  constructor(
    resources: readonly RuleResource[],
    made: ReadonlyMap<string, RuleResource[]>,
    explicit: (index: number) => Iterable<number>,
    onRefusal: (refusal: RuleRefusal) => void,
  ) {
    this.made = made;
    this.explicit = explicit;
    this.onRefusal = onRefusal;
    for (const resource of resources) {
      this.byIndex.set(resource.index, resource);
      const interfaces = interfacesOf(resource);
      // Mostly one and the same name.
      interfaces.forEach((type, i) => {
        if (interfaces.indexOf(type) === i) push(this.byInterface, type, resource);
      });
    }
  }

  madeOf(type: string): readonly RuleResource[] {
    return this.made.get(type) ?? [];
  }

  ofType(type: string): readonly RuleResource[] {
    return this.byInterface.get(type) ?? [];
  }

  passesFor(resource: RuleResource, type: string): boolean {
    return interfacesOf(resource).includes(type);
  }

  *directlyRequired(index: number): Iterable<RuleResource> {
    for (const required of this.explicit(index)) {
      const resource = this.byIndex.get(required);
      if (resource !== undefined) yield resource;
    }
    for (const required of this.added.get(index) ?? []) yield this.byIndex.get(required) as RuleResource;
  }

  add(requirer: RuleResource, required: RuleResource, path: readonly (string | number)[]): void {
    this.edges.push({ requirer: requirer.index, required: required.index, rule: this.rule, path });
    push(this.added, requirer.index, required.index);
  }

  refuse(resource: RuleResource, property: string, failure: PropertyFailure | undefined): void {
    const key = `${resource.index} ${property}`;
    if (this.refused.has(key)) return;
    this.refused.add(key);
    this.onRefusal({ index: resource.index, property, failure });
  }
}

function interfacesOf(resource: RuleResource): readonly string[] {
  return resource.interfaces ?? [resource.type];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
