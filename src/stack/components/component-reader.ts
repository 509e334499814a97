import * as say from '../../diagnostics/components.ts';
import type { Diagnostic, Path } from '../../diagnostics/diagnostic.ts';
import { Call, type Expression } from '../../functions/expression.ts';
import { type ParseContext, parseExpression } from '../../functions/parse.ts';
import { COMPONENT_KEYS, COMPONENTS } from '../../template/components.ts';
import type { Template } from '../../template/template.ts';
import { str } from '../../values/text.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import type { Component } from './component.ts';
import type { ComponentEntry } from './component-entry.ts';
import { readRelationships } from './relationships.ts';
import { readSteps } from './steps.ts';

/** A component that was read by itself: its names are not looked up yet. */
export type ComponentDefinition = Omit<Component, 'server' | 'resolvedType'>;

const DEFAULT_TYPE = 'OS::Heat::SoftwareConfig';
const KEYS: readonly string[] = COMPONENT_KEYS;

/** Reads one component; undefined when it is refused as a whole. Every problem in it is reported. */
export function readComponent(
  template: Template,
  context: ParseContext,
  key: Value,
  source: Value,
  report: (diagnostic: Diagnostic) => void,
): ComponentDefinition | undefined {
  const { document } = template;
  const path = [COMPONENTS, key];
  if (typeof key !== 'string') {
    report(say.componentNameNotText(document, path, str(key)));
    return undefined;
  }
  if (!isMap(source)) {
    report(say.componentNotAMap(document, path, key, typeName(source)));
    return undefined;
  }
  const refuse = (at: Path, field: string, found: Value, expected: string): void =>
    report(say.componentFieldType(document, at, key, field, typeName(found), expected));
  const entry: ComponentEntry = { name: key, path, source, template, context, report, refuse };
  for (const field of source.keys()) {
    if (KEYS.includes(field as string)) continue;
    report(say.componentKeyUnknown(document, [...path, field], key, 'key', str(field), KEYS));
  }
  checkDescription(entry);
  const { hosted_on: hosts, depends_on: dependsOn, connects_to: connectsTo } = readRelationships(entry);
  return {
    name: key,
    type: readType(entry),
    path,
    source,
    hostedOn: hosts[0],
    dependsOn,
    connectsTo,
    properties: readProperties(entry),
    inputs: readInputs(entry),
    outputs: readOutputs(entry),
    ...readSteps(entry),
  };
}

function checkDescription({ source, path, refuse }: ComponentEntry): void {
  const description = source.get('description') ?? '';
  if (typeof description !== 'string') refuse([...path, 'description'], 'description', description, 'text');
}

function readType({ source, path, refuse }: ComponentEntry): string {
  const type = source.get('type');
  if (typeof type === 'string') return type;
  if (type !== undefined) refuse([...path, 'type'], 'type', type, 'the name of a type, as text');
  return DEFAULT_TYPE;
}

function readProperties({ source, path, context, refuse }: ComponentEntry): Expression | undefined {
  const value = source.get('properties') ?? undefined;
  if (value === undefined) return undefined;
  const at = [...path, 'properties'];
  const parsed = parseExpression(value, context, at);
  if (parsed instanceof Map || parsed instanceof Call) return parsed;
  refuse(at, 'properties', value, 'a map, or a function that gives one');
  return undefined;
}

function readInputs({ source, path, context, refuse }: ComponentEntry): ReadonlyMap<Value, Expression> {
  const value = source.get('inputs') ?? undefined;
  if (value === undefined) return new Map();
  const at = [...path, 'inputs'];
  if (!isMap(value)) {
    refuse(at, 'inputs', value, 'a map: a name and a value for each input');
    return new Map();
  }
  // One by one: an input may have the name of a function.
  const inputs = new Map<Value, Expression>();
  for (const [name, item] of value) {
    if (typeof name !== 'string') refuse([...at, name], `inputs: ${str(name)}`, name, 'a name that is text');
    inputs.set(name, parseExpression(item, context, [...at, name]));
  }
  return inputs;
}

/** Names alone, or maps with a `name`, as in the properties of OS::Heat::SoftwareConfig. */
function readOutputs({ source, path, refuse }: ComponentEntry): readonly string[] {
  const value = source.get('outputs') ?? undefined;
  if (value === undefined) return [];
  const at = [...path, 'outputs'];
  if (!isList(value)) {
    refuse(at, 'outputs', value, 'a list of names');
    return [];
  }
  const names = new Set<string>();
  value.forEach((item, index) => {
    const name = isMap(item) ? (item.get('name') ?? null) : item;
    if (typeof name === 'string') names.add(name);
    else refuse([...at, index], 'outputs', item, 'the name of an output, or a map with its name');
  });
  return [...names];
}
