import type { Diagnostic, Path, Place } from '../diagnostics/diagnostic.ts';
import { duplicateKey, templateNotMapping, tooMuchMemory, versionMissing } from '../diagnostics/yaml.ts';
import { repr } from '../values/text.ts';
import { typeName, type Value, type ValueMap } from '../values/value.ts';
import { DEFAULT_LIMITS, type YamlLimits } from './limits.ts';
import { LineTable } from './lines.ts';
import { Locator } from './locator.ts';
import { read } from './read.ts';
import type { Reading } from './reading.ts';
import { Refusal } from './refusal.ts';
import { type Source, type SourceText, toSource } from './source.ts';

/** Any text that was read: an environment, a file of hooks, JSON. */
export interface LoadedText {
  readonly source: SourceText;
  readonly value: Value;
  /**
   * Where a path stands, through aliases and merge keys; its deepest ancestor that exists when it does not. `part`:
   * `key` is where its key (or list item) starts, `value` (default) where its value does. The first call reads the text
   * a second time, for positions. Undefined for a text without any value.
   */
  locate(path: Path, part?: 'key' | 'value'): Place | undefined;
}

/** A template's text that was read. */
export interface Document extends LoadedText {
  readonly value: ValueMap;
}

export type Loaded<T> =
  | { readonly ok: true; readonly document: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const VERSION_KEYS = ['HeatTemplateFormatVersion', 'heat_template_version', 'AWSTemplateFormatVersion'];

/** A template: Heat's `template_format.parse`. It must be a mapping that names its version. Never throws. */
export function loadDocument(source: Source, limits?: Partial<YamlLimits>): Loaded<Document> {
  const loaded = loadYaml(source, limits);
  if (!loaded.ok) return loaded;
  const { document, diagnostics } = loaded;
  const { value } = document;
  // Heat makes an empty mapping of an empty document, which then lacks its version.
  const problem =
    value === null || value instanceof Map
      ? VERSION_KEYS.some((key) => value?.has(key))
        ? undefined
        : versionMissing()
      : templateNotMapping(typeName(value));
  if (problem === undefined) return { ok: true, document: document as Document, diagnostics };
  const place = document.locate([]) ?? { source: document.source.name, line: 1, column: 1 };
  return { ok: false, diagnostics: [{ ...problem, place }, ...diagnostics] };
}

/**
 * Any YAML or JSON text, read as Heat reads it: JSON first, then YAML as PyYAML resolves it. An empty text is null.
 * Never throws.
 */
export function loadYaml(source: Source, limits?: Partial<YamlLimits>): Loaded<LoadedText> {
  const text = toSource(source);
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  try {
    const reading = read(text.text, bounds, false);
    const document = new LazyDocument(text, reading.value, bounds);
    return { ok: true, document, diagnostics: reading.hasDuplicates ? document.duplicateKeys() : [] };
  } catch (error) {
    return { ok: false, diagnostics: [diagnose(error, text)] };
  }
}

function diagnose(error: unknown, source: SourceText): Diagnostic {
  if (error instanceof Refusal) {
    const lines = new LineTable(source.text, source.name);
    const { problem, start, end, related } = error;
    const others = related && [{ message: related.message, place: lines.place(related.offset) }];
    return { ...problem, place: lines.place(start, end), ...(others && { related: others }) };
  }
  // What JS itself cannot hold: a string or a map beyond its bounds.
  if (error instanceof RangeError) return { ...tooMuchMemory(), place: { source: source.name, line: 1, column: 1 } };
  throw error;
}

class LazyDocument implements LoadedText {
  readonly source: SourceText;
  readonly value: Value;
  readonly #limits: YamlLimits;
  #locator: Locator | undefined;

  constructor(source: SourceText, value: Value, limits: YamlLimits) {
    this.source = source;
    this.value = value;
    this.#limits = limits;
  }

  locate(path: Path, part: 'key' | 'value' = 'value'): Place | undefined {
    if (this.#locator === undefined) this.#index();
    return this.#locator?.locate(path, part);
  }

  duplicateKeys(): Diagnostic[] {
    const [reading, lines] = this.#index();
    return (reading.nodes?.duplicates ?? []).map(({ key, start, first }) => ({
      ...duplicateKey(repr(key)),
      place: lines.place(start),
      related: [{ message: 'the first one', place: lines.place(first) }],
    }));
  }

  #index(): [reading: Reading, lines: LineTable] {
    const reading = read(this.source.text, this.#limits, true);
    const lines = new LineTable(this.source.text, this.source.name);
    if (reading.nodes !== undefined) this.#locator = new Locator(reading.nodes, lines);
    return [reading, lines];
  }
}
