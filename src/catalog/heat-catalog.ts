import { suggest } from '../diagnostics/suggest.ts';
import { TYPE_FACTS } from './data/facts.generated.ts';
import { TYPE_NAMES } from './data/types.generated.ts';
import { HEAT_IMPLICIT_RULES } from './implicit/heat-rules.ts';
import { readFacts } from './read-facts.ts';
import type { Catalog, ResourceType } from './resource-type.ts';

/** All resource types of Heat 19, hidden ones included, and its rules of implicit dependencies. */
export const HEAT_CATALOG: Catalog = /* @__PURE__ */ heatCatalog();

function heatCatalog(): Catalog {
  const places = new Map(TYPE_NAMES.map((name, i) => [name, i]));
  // Parsing all facts costs 10 ms; a template has a few types.
  const parsed = new Map<string, ResourceType>();
  return {
    has: (type) => places.has(type),
    get(type) {
      const place = places.get(type);
      if (place === undefined) return undefined;
      let known = parsed.get(type);
      if (known === undefined) {
        known = readFacts(type, TYPE_FACTS[place] as string);
        parsed.set(type, known);
      }
      return known;
    },
    names: () => TYPE_NAMES,
    suggest: (type) => suggest(type, TYPE_NAMES),
    implicitRules: HEAT_IMPLICIT_RULES,
  };
}
