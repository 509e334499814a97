import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/parameters.ts';
import { type CompiledPattern, compilePattern } from '../regex/index.ts';
import type { ParameterDialect } from '../template/dialect.ts';
import { numberOf } from '../values/equality.ts';
import { parseNumber } from '../values/number-text.ts';
import { str } from '../values/text.ts';
import { Float, isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import type { Document } from '../yaml/document.ts';

type Bound = number | bigint | undefined;

/** A rule that a parameter's value must keep. Mirrors `heat.engine.constraints`. */
export type Constraint = { readonly path: Path; readonly description: string | undefined } & (
  | { readonly kind: 'range'; readonly min: Bound; readonly max: Bound }
  | { readonly kind: 'length'; readonly min: Bound; readonly max: Bound }
  | { readonly kind: 'modulo'; readonly step: number | bigint; readonly offset: number | bigint }
  | { readonly kind: 'allowed_values'; readonly allowed: readonly Value[] }
  | { readonly kind: 'allowed_pattern'; readonly pattern: string; readonly compiled: CompiledPattern }
  | { readonly kind: 'custom_constraint'; readonly name: string }
);

type Report = (diagnostic: Diagnostic) => void;

const HOT_CONSTRAINT_KEYS = [
  'description',
  'length',
  'range',
  'modulo',
  'allowed_values',
  'allowed_pattern',
  'custom_constraint',
];

/** The `constraints` list of a HOT parameter. Where one entry states several, Heat takes the first of this order. */
export function readHotConstraints(
  document: Document,
  dialect: ParameterDialect,
  path: Path,
  name: string,
  definition: ValueMap,
  report: Report,
): Constraint[] {
  const list = definition.get('constraints') ?? null;
  if (list === null) return [];
  const listPath = [...path, 'constraints'];
  if (!Array.isArray(list)) {
    report(say.constraintsNotAList(document, listPath, name, typeName(list)));
    return [];
  }
  const result: Constraint[] = [];
  list.forEach((entry: Value, index) => {
    const at = [...listPath, index];
    const known = checkKeys(document, at, entry, HOT_CONSTRAINT_KEYS, 'constraint', report);
    if (known === undefined) return;
    const description = describe(known.get('description'));
    const reader = new ConstraintReader(document, description, report);
    const constraint = readHotConstraint(reader, dialect, at, known, report);
    if (constraint !== undefined) result.push(constraint);
  });
  return result;
}

function readHotConstraint(
  reader: ConstraintReader,
  dialect: ParameterDialect,
  path: Path,
  entry: ValueMap,
  report: Report,
): Constraint | undefined {
  if (dialect.modulo && entry.has('modulo')) return reader.modulo([...path, 'modulo'], entry.get('modulo') as Value);
  for (const kind of ['range', 'length'] as const) {
    if (!entry.has(kind)) continue;
    const at = [...path, kind];
    const bounds = checkKeys(reader.document, at, entry.get(kind) as Value, ['min', 'max'], kind, report);
    return bounds === undefined
      ? undefined
      : reader.bounds(kind, at, bounds.get('min') ?? null, bounds.get('max') ?? null);
  }
  if (entry.has('allowed_values')) {
    return reader.allowedValues([...path, 'allowed_values'], entry.get('allowed_values') as Value);
  }
  if (entry.has('allowed_pattern')) {
    return reader.allowedPattern([...path, 'allowed_pattern'], entry.get('allowed_pattern') as Value);
  }
  if (entry.has('custom_constraint')) {
    const at = [...path, 'custom_constraint'];
    return { kind: 'custom_constraint', name: str(entry.get('custom_constraint') as Value), ...reader.common(at) };
  }
  report(say.constraintEmpty(reader.document, path, dialect.modulo));
  return undefined;
}

/** The constraints of a CFN parameter: keys beside its type. */
export function readCfnConstraints(document: Document, path: Path, definition: ValueMap, report: Report): Constraint[] {
  const reader = new ConstraintReader(document, describe(definition.get('ConstraintDescription')), report);
  const result: (Constraint | undefined)[] = [];
  const bounds = (kind: 'range' | 'length', min: string, max: string): void => {
    if (!definition.has(min) && !definition.has(max)) return;
    const at = [...path, definition.has(min) ? min : max];
    result.push(reader.bounds(kind, at, definition.get(min) ?? null, definition.get(max) ?? null));
  };
  bounds('range', 'MinValue', 'MaxValue');
  bounds('length', 'MinLength', 'MaxLength');
  if (definition.has('AllowedValues')) {
    result.push(reader.allowedValues([...path, 'AllowedValues'], definition.get('AllowedValues') as Value));
  }
  if (definition.has('AllowedPattern')) {
    result.push(reader.allowedPattern([...path, 'AllowedPattern'], definition.get('AllowedPattern') as Value));
  }
  return result.filter((constraint) => constraint !== undefined);
}

class ConstraintReader {
  readonly document: Document;
  readonly #description: string | undefined;
  readonly #report: Report;

  constructor(document: Document, description: string | undefined, report: Report) {
    this.document = document;
    this.#description = description;
    this.#report = report;
  }

  common(path: Path): { path: Path; description: string | undefined } {
    return { path, description: this.#description };
  }

  bounds(kind: 'range' | 'length', path: Path, minimum: Value, maximum: Value): Constraint | undefined {
    const min = this.#number(path, 'min', minimum);
    const max = this.#number(path, 'max', maximum);
    if (min === null || max === null) return undefined;
    if (min === undefined && max === undefined) {
      this.#report(say.constraintWithoutBounds(this.document, path, kind));
      return undefined;
    }
    if (kind === 'length' && [min, max].some((bound) => bound instanceof Float || isFraction(bound))) {
      this.#report(say.lengthNotIntegral(this.document, path));
      return undefined;
    }
    return { kind, min: plain(min), max: plain(max), ...this.common(path) };
  }

  modulo(path: Path, value: Value): Constraint | undefined {
    const entry = checkKeys(this.document, path, value, ['step', 'offset'], 'modulo', this.#report);
    if (entry === undefined) return undefined;
    const step = this.#number(path, 'step', entry.get('step') ?? null);
    const offset = this.#number(path, 'offset', entry.get('offset') ?? null);
    if (step === null || offset === null) return undefined;
    const problem = moduloProblem(plain(step), plain(offset));
    if (problem !== undefined) {
      this.#report(say.moduloInvalid(this.document, path, problem));
      return undefined;
    }
    return { kind: 'modulo', step: plain(step) as number, offset: plain(offset) as number, ...this.common(path) };
  }

  allowedValues(path: Path, value: Value): Constraint | undefined {
    if (!Array.isArray(value)) {
      this.#report(say.allowedValuesNotAList(this.document, path, typeName(value)));
      return undefined;
    }
    return { kind: 'allowed_values', allowed: value, ...this.common(path) };
  }

  allowedPattern(path: Path, value: Value): Constraint | undefined {
    if (typeof value !== 'string') {
      this.#report(say.allowedPatternNotText(this.document, path, typeName(value)));
      return undefined;
    }
    const compiled = compilePattern(value);
    if (!compiled.ok) {
      this.#report(say.allowedPatternInvalid(this.document, path, value, compiled.error.message));
      return undefined;
    }
    return { kind: 'allowed_pattern', pattern: value, compiled: compiled.pattern, ...this.common(path) };
  }

  /** Undefined: not given. null: refused, and reported. */
  #number(path: Path, key: string, value: Value): number | bigint | Float | undefined | null {
    if (value === null) return undefined;
    if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float) return value;
    if (typeof value === 'boolean') return value ? 1 : 0;
    const parsed = typeof value === 'string' ? parseNumber(value) : undefined;
    if (parsed !== undefined) return parsed;
    this.#report(say.boundNotANumber(this.document, [...path, key], key, str(value), typeof value === 'string'));
    return null;
  }
}

function plain(bound: number | bigint | Float | undefined): Bound {
  return bound === undefined ? undefined : (numberOf(bound) as number | bigint);
}

function isFraction(bound: number | bigint | undefined): boolean {
  return typeof bound === 'number' && !Number.isInteger(bound);
}

function moduloProblem(step: Bound, offset: Bound): string | undefined {
  if (step === undefined || offset === undefined) return 'both step and offset';
  const [s, o] = [Number(step), Number(offset)];
  if (!Number.isInteger(s) || !Number.isInteger(o)) return 'whole numbers';
  if (s === 0) return 'a step other than 0';
  if (Math.abs(o) >= Math.abs(s)) return 'an offset smaller than the step, by absolute value';
  if (s * o < 0) return 'step and offset both positive or both negative';
  return undefined;
}

function checkKeys(
  document: Document,
  path: Path,
  value: Value,
  keys: readonly string[],
  what: string,
  report: Report,
): ValueMap | undefined {
  if (!isMap(value)) {
    report(say.constraintNotAMap(document, path, what, typeName(value), keys));
    return undefined;
  }
  const unknown = [...value.keys()].find((key) => !keys.includes(key as string));
  if (unknown === undefined) return value;
  report(say.constraintKeyUnknown(document, path, what, str(unknown), keys));
  return undefined;
}

function describe(value: Value | undefined): string | undefined {
  return value === undefined || value === null ? undefined : str(value);
}
