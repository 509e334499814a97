import { STOCK_REGISTRY } from '../catalog/stock-registry.ts';
import type { Diagnostic, Locator, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/environment.ts';
import { str } from '../values/text.ts';
import { isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import { isTemplateName } from './files.ts';
import { globMatches } from './glob.ts';
import { readWrittenHooks, type WrittenHook } from './registry-hooks.ts';
import {
  allHooks,
  dropEmpty,
  entry,
  hooksIn,
  insideOf,
  isMapping,
  type Level,
  type Mapping,
  type Restriction,
} from './registry-level.ts';

/** What a resource type stands for in a stack. */
export type ResolvedType =
  | { readonly kind: 'plugin'; readonly type: string }
  | { readonly kind: 'template'; readonly file: string };

const RESTRICTED_ACTIONS = ['update', 'replace'];

/** The stock registry and the plugin that a type is: what stands behind the user's own. */
export type HasPlugin = (type: string) => boolean;

/**
 * The environment's `resource_registry`: which type stands for which, for one resource or for all, by name or with a
 * `*` at the end. Mirrors `heat.engine.environment.ResourceRegistry`, save that a look-up changes nothing.
 */
export class ResourceRegistry {
  readonly #root: Level = new Map();

  static load(registry: ValueMap, locator: Locator, report: (diagnostic: Diagnostic) => void): ResourceRegistry {
    const result = new ResourceRegistry();
    loadLevel(result.#root, registry, [], locator, report);
    dropEmpty(result.#root);
    return result;
  }

  get isEmpty(): boolean {
    return this.#root.size === 0;
  }

  /**
   * What `type` stands for at the resource `name`; undefined: it is not known. The user's mappings come before the
   * stock ones, those for one resource before those for all, then by pattern in order of text.
   */
  resolve(type: string, name: string, hasPlugin: HasPlugin): ResolvedType | undefined {
    return this.#resolve(type, name, hasPlugin, 0);
  }

  #resolve(type: string, name: string, hasPlugin: HasPlugin, depth: number): ResolvedType | undefined {
    // Mappings can lead in a circle.
    if (depth > 100) return undefined;
    for (const mapping of this.#matching(type, name)) {
      const found = this.#follow(mapping, type, name, hasPlugin, depth);
      if (found !== undefined) return found;
    }
    return resolveStock(type, hasPlugin);
  }

  #follow(mapping: Mapping, type: string, name: string, hasPlugin: HasPlugin, depth: number): ResolvedType | undefined {
    const key = mapping.path.at(-1) as string;
    if (isTemplateName(key)) return { kind: 'template', file: key };
    if (isTemplateName(mapping.value)) return { kind: 'template', file: mapping.value };
    return this.#resolve(mapped(key, mapping.value, type), name, hasPlugin, depth + 1);
  }

  #matching(type: string, name: string): Mapping[] {
    const found: Mapping[] = [];
    if (isTemplateName(type)) found.push({ path: [type], value: type });
    const own = entry(entry(this.#root.get('resources'), name), type);
    if (isMapping(own)) found.push(own);
    const direct = this.#root.get(type);
    if (isMapping(direct) && !isTemplateName(type)) found.push(direct);
    for (const [pattern, mapping] of this.#root) {
      if (isMapping(mapping) && matches(pattern, mapping.value, type)) found.push(mapping);
    }
    return found.length < 2 ? found : found.sort(byPrecedence);
  }

  /** The hooks at all resources; their paths say which. */
  get hooks(): readonly WrittenHook[] {
    return allHooks(this.#resources);
  }

  /**
   * The hooks at one resource, in the nested stack that is reached by way of these resources of its parents. Mirrors
   * `matches_hook`, and for what a nested stack sees of its parent's environment `remove_resources_except`.
   */
  hooksAt(parents: readonly string[], resourceName: string): readonly WrittenHook[] {
    let level = this.#resources;
    for (const parent of parents) level = insideOf(level, parent);
    return hooksIn(level, resourceName);
  }

  /** `update`, `replace`, both or none. Mirrors `get_rsrc_restricted_actions`. */
  restrictedActions(resourceName: string): readonly string[] {
    const found = new Set<string>();
    for (const [pattern, level] of this.#resources) {
      if (!globMatches(pattern, resourceName)) continue;
      const restriction = entry(level, 'restricted_actions');
      if (restriction !== undefined && 'restriction' in restriction) {
        for (const one of restriction.restriction) found.add(one);
      }
    }
    return [...found];
  }

  get #resources(): Level {
    const resources = this.#root.get('resources');
    return resources instanceof Map ? resources : new Map();
  }
}

function resolveStock(type: string, hasPlugin: HasPlugin): ResolvedType | undefined {
  if (hasPlugin(type)) return { kind: 'plugin', type };
  const direct = STOCK_REGISTRY.get(type);
  if (direct !== undefined) return resolveStock(direct, hasPlugin);
  for (const [pattern, value] of STOCK_REGISTRY) {
    if (!matches(pattern, value, type)) continue;
    const target = mapped(pattern, value, type);
    if (target !== type && hasPlugin(target)) return { kind: 'plugin', type: target };
  }
  return undefined;
}

function loadLevel(
  into: Level,
  entries: ValueMap,
  path: Path,
  locator: Locator,
  report: (diagnostic: Diagnostic) => void,
): void {
  for (const [written, value] of entries) {
    const key = str(written);
    const at = ['resource_registry', ...path, key];
    if (value === null) remove(into, key);
    else if (key === 'hooks') {
      const hooks = readWrittenHooks(value, at, locator, report);
      if (hooks !== undefined) into.set(key, { hooks });
    } else if (key === 'restricted_actions') {
      const restriction = readRestriction(value, at, locator, report);
      if (restriction !== undefined) into.set(key, restriction);
    } else if (isMap(value)) {
      const before = into.get(key);
      const level: Level = before instanceof Map ? before : new Map();
      into.set(key, level);
      loadLevel(level, value, [...path, key], locator, report);
    } else if (typeof value === 'string') {
      if (key !== 'base_url') into.set(key, { path: [...(path as string[]), key], value });
    } else {
      report(say.registryValueInvalid(locator, at, typeName(value)));
    }
  }
}

/** A null takes a mapping away; with a `*`, all that match and came before. */
function remove(level: Level, key: string): void {
  if (!key.endsWith('*')) {
    level.delete(key);
    return;
  }
  for (const [other, entry] of level) if (isMapping(entry) && other.startsWith(key.slice(0, -1))) level.delete(other);
}

function readRestriction(
  value: Value,
  path: Path,
  locator: Locator,
  report: (diagnostic: Diagnostic) => void,
): Restriction | undefined {
  const list = Array.isArray(value) ? value : [value];
  const unknown = list.find((one: Value) => !RESTRICTED_ACTIONS.includes(one as string));
  if (unknown === undefined) return { restriction: list as string[] };
  report(say.restrictedActionUnknown(locator, path, str(unknown)));
  return undefined;
}

function matches(pattern: string, value: string, type: string): boolean {
  return pattern.endsWith('*') && type !== value && type.startsWith(pattern.slice(0, -1));
}

function mapped(pattern: string, value: string, type: string): string {
  return pattern.endsWith('*') && value.endsWith('*') ? value.slice(0, -1) + type.slice(pattern.length - 1) : value;
}

function byPrecedence(a: Mapping, b: Mapping): number {
  if (a.path.length !== b.path.length) return b.path.length - a.path.length;
  for (let i = 0; i < a.path.length; i++) {
    const [x, y] = [a.path[i] as string, b.path[i] as string];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
