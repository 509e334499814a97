import * as say from '../../diagnostics/components.ts';
import type { Path } from '../../diagnostics/diagnostic.ts';
import { RELATIONSHIP_KINDS, type RelationshipKind } from '../../template/components.ts';
import { str } from '../../values/text.ts';
import { isList, isMap, type Value } from '../../values/value.ts';
import type { Relationship } from './component.ts';
import type { ComponentEntry } from './component-entry.ts';

type Relationships = { readonly [kind in RelationshipKind]: Relationship[] };

/**
 * What a component says of others: the short form (`hosted_on: server`, `depends_on: [a, b]`) and the list of one-key
 * maps of 2013 (`relationships: [{hosted_on: server}]`) mean the same and are merged. Mirrors the rules of
 * `heat.engine.components` of August 2013: nothing of itself, nothing twice; there the first host counted, here a second
 * one is refused.
 */
export function readRelationships(entry: ComponentEntry): Relationships {
  const found: Relationships = { hosted_on: [], depends_on: [], connects_to: [] };
  const short: Relationship[] = [];
  for (const kind of RELATIONSHIP_KINDS) short.push(...readShort(entry, kind));
  for (const form of [short, readList(entry)]) addForm(entry, form, found);
  return found;
}

/** What one form says once, it may not say again; both may say the same. */
function addForm(entry: ComponentEntry, form: readonly Relationship[], found: Relationships): void {
  const { name, report } = entry;
  const { document } = entry.template;
  const said = new Map<RelationshipKind, Set<string>>(RELATIONSHIP_KINDS.map((kind) => [kind, new Set()]));
  const before = new Map(RELATIONSHIP_KINDS.map((kind) => [kind, new Set(found[kind].map((other) => other.name))]));
  for (const relationship of form) {
    const { kind, path } = relationship;
    const other = relationship.name;
    const [host] = found.hosted_on;
    if (other === name) report(say.relatedToItself(document, path, name, kind));
    else if (said.get(kind)?.has(other)) report(say.relatedTwice(document, path, name, kind, other));
    else if (before.get(kind)?.has(other)) said.get(kind)?.add(other);
    else if (kind === 'hosted_on' && host !== undefined) {
      report(say.hostedTwice(document, path, name, other, host));
    } else {
      said.get(kind)?.add(other);
      found[kind].push(relationship);
    }
  }
}

function readShort(entry: ComponentEntry, kind: RelationshipKind): Relationship[] {
  const value = entry.source.get(kind);
  if (value === undefined || value === null) return [];
  const path = [...entry.path, kind];
  if (typeof value === 'string') return [{ kind, name: value, path }];
  if (kind === 'hosted_on') {
    entry.refuse(path, kind, value, 'the name of a resource or of another component');
    return [];
  }
  return namesOf(entry, kind, value, path);
}

function namesOf(entry: ComponentEntry, kind: RelationshipKind, value: Value, path: Path): Relationship[] {
  if (!isList(value)) {
    entry.refuse(path, kind, value, 'a name, or a list of names');
    return [];
  }
  const found: Relationship[] = [];
  value.forEach((name, index) => {
    if (typeof name === 'string') found.push({ kind, name, path: [...path, index] });
    else entry.refuse([...path, index], kind, name, 'the name of a component or of a resource');
  });
  return found;
}

function readList(entry: ComponentEntry): Relationship[] {
  const { source, name, report, refuse, template } = entry;
  const value = source.get('relationships');
  if (value === undefined || value === null) return [];
  const path = [...entry.path, 'relationships'];
  if (!isList(value)) {
    refuse(path, 'relationships', value, 'a list of maps of one key each');
    return [];
  }
  const found: Relationship[] = [];
  value.forEach((item, index) => {
    const at = [...path, index];
    if (!isMap(item)) {
      refuse(at, 'relationships', item, 'a map of one key, such as {hosted_on: server}');
    } else if (item.size !== 1) {
      report(say.relationshipInvalid(template.document, at, name, item.size));
    } else {
      const [[kind, other]] = [...item] as [[Value, Value]];
      const here = [...at, kind];
      if (!RELATIONSHIP_KINDS.includes(kind as RelationshipKind)) {
        const known = RELATIONSHIP_KINDS;
        report(say.componentKeyUnknown(template.document, here, name, 'relationship', str(kind), known));
      } else if (typeof other === 'string') {
        found.push({ kind: kind as RelationshipKind, name: other, path: here });
      } else refuse(here, str(kind), other, 'the name of a component or of a resource');
    }
  });
  return found;
}
