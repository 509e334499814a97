import type { Path } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { actionAndWorkflow, keyMissing, keyUnknown, repeatedItem, wrongValue } from '../../diagnostics/workflow.ts';
import { toPlain } from '../../values/encode.ts';
import { equals } from '../../values/equality.ts';
import { repr } from '../../values/text.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';
import { expectedOf } from './expected.ts';
import type { Reader } from './reader.ts';
import type { SchemaCheck, SchemaError } from './schema-check.ts';

export interface Checked {
  /** What the mapping is, for messages: "Task 'a'". */
  readonly owner: string;
  /** Keys that it may have, for suggestions. */
  readonly keys: readonly string[];
}

/**
 * Checks a mapping with a generated validator; each wrong key is one diagnostic, at the deepest place that is surely
 * wrong. Returns whether everything fits.
 */
export function checkSchema(
  check: SchemaCheck,
  map: ValueMap,
  path: Path,
  { owner, keys }: Checked,
  reader: Reader,
): boolean {
  if (!reader.checkKeys(map, owner, path)) return false;
  const fits = check(toPlain(map));
  const told = new Set<string>();
  for (const error of fits ? [] : (check.errors ?? [])) {
    const steps = pointerSteps(error.instancePath);
    const [key] = steps;
    if (key === undefined) reportAtTop(error, path, owner, keys, reader);
    else if (!told.has(key)) {
      told.add(key);
      reportValue(map, key, check.errors ?? [], path, owner, reader);
    }
  }
  return checkRepeated(map, path, owner, reader) && fits;
}

function reportAtTop(error: SchemaError, path: Path, owner: string, keys: readonly string[], reader: Reader): void {
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    reader.report(keyUnknown(owner, key, suggest(key, keys)), [...path, key], 'key');
  } else if (error.keyword === 'required') {
    reader.report(keyMissing(owner, String(error.params.missingProperty)), path, 'key');
  } else if (error.keyword === 'not') {
    reader.report(actionAndWorkflow(owner), path, 'key');
  }
}

function reportValue(
  map: ValueMap,
  key: string,
  errors: readonly SchemaError[],
  path: Path,
  owner: string,
  reader: Reader,
): void {
  const value = map.get(key) ?? null;
  // Within a list only the items that are wrong; alternatives make deeper paths than that mean nothing.
  const items = new Set<number>();
  if (isList(value)) {
    for (const { instancePath } of errors) {
      const [first, second] = pointerSteps(instancePath);
      if (first === key && second !== undefined) items.add(Number(second));
    }
  }
  const inside =
    value instanceof Map && ['tasks', 'workflows', 'actions'].includes(key) ? wrongEntry(key, errors) : undefined;
  if (inside !== undefined && (value as ValueMap).has(inside)) {
    const found = (value as ValueMap).get(inside) ?? null;
    reader.report(wrongValue(`${key} of ${owner}`, inside, short(found), expectedOf(key)), [...path, key, inside]);
    return;
  }
  if (items.size === 0) {
    reader.report(wrongValue(owner, key, short(value), expectedOf(key)), [...path, key]);
    return;
  }
  for (const i of items) {
    reader.report(wrongValue(owner, key, short((value as readonly Value[])[i] ?? null), expectedOf(key)), [
      ...path,
      key,
      i,
    ]);
  }
}

function wrongEntry(key: string, errors: readonly SchemaError[]): string | undefined {
  for (const { instancePath } of errors) {
    const [first, second] = pointerSteps(instancePath);
    if (first === key && second !== undefined) return second;
  }
  return undefined;
}

/** JSON Schema's uniqueItems, by Python's equality, wherever the language has it. */
function checkRepeated(map: ValueMap, path: Path, owner: string, reader: Reader): boolean {
  let fine = true;
  for (const key of ['tags', 'with-items', 'requires', 'input', 'on-success', 'on-error', 'on-complete']) {
    const value = map.get(key);
    const next = value instanceof Map ? (value as ValueMap).get('next') : value;
    const items = isList(next) ? next : [];
    const at = repeatedAt(items);
    if (at < 0) continue;
    fine = false;
    reader.report(repeatedItem(owner, key, short(items[at] ?? null)), [
      ...path,
      key,
      ...(next === value ? [] : ['next']),
      at,
    ]);
  }
  return fine;
}

function repeatedAt(items: readonly Value[]): number {
  const texts = new Set<string>();
  const others: Value[] = [];
  return items.findIndex((item) => {
    if (typeof item === 'string') {
      if (texts.has(item)) return true;
      texts.add(item);
      return false;
    }
    const repeated = others.some((other) => equals(other, item));
    others.push(item);
    return repeated;
  });
}

function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A value for a message: Python's form, cut. */
export function short(value: Value): string {
  const text = repr(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
