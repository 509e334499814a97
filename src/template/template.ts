import { componentsOff } from '../diagnostics/components.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  duplicatedVersion,
  missingVersion,
  sectionNotAMap,
  unknownSection,
  unknownVersion,
} from '../diagnostics/template.ts';
import { truthy } from '../values/equality.ts';
import { isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import type { Document } from '../yaml/document.ts';
import { COMPONENTS, hasComponents } from './components.ts';
import { type Dialect, sectionNames } from './dialect.ts';
import { findVersion, type TemplateVersion, VERSION_KEYS, versionValues } from './versions.ts';

/**
 * A document read as a template: its version is known and its sections are found. Nothing in them is interpreted yet,
 * because that takes parameters and conditions.
 */
export interface Template {
  readonly document: Document;
  readonly version: TemplateVersion;
  readonly dialect: Dialect;
  readonly description: string | undefined;
  readonly parameters: ValueMap;
  readonly parameterGroups: Value;
  readonly conditions: Value;
  readonly mappings: Value;
  readonly resources: ValueMap;
  readonly outputs: ValueMap;
  /** Our extension of HOT; empty unless it was asked for. */
  readonly components: ValueMap;
}

export interface TemplateOptions {
  /** Reads the section `components`, which Heat refuses. Default false. */
  readonly components?: boolean;
}

export type ReadTemplate =
  | { readonly ok: true; readonly template: Template; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads the version and the sections. Mirrors `heat.engine.template.Template.__new__` and `get_version`.
 *
 * Diagnostics: TEMPLATE_VERSION_MISSING, TEMPLATE_VERSION_AMBIGUOUS, TEMPLATE_VERSION_UNKNOWN, SECTION_UNKNOWN,
 * SECTION_NOT_A_MAP. An unknown section is an error of Heat's validation only: the template is read nevertheless.
 */
export function readTemplate(document: Document, options: TemplateOptions = {}): ReadTemplate {
  const found = readVersion(document);
  if ('code' in found) return { ok: false, diagnostics: [found] };
  const { dialect } = found;
  const { sections } = dialect;
  const diagnostics: Diagnostic[] = [];
  const readsComponents = options.components === true && hasComponents(dialect);
  for (const key of document.value.keys()) {
    if (key === COMPONENTS) {
      if (!readsComponents) diagnostics.push(componentsOff(document, sectionNames(dialect), hasComponents(dialect)));
    } else if (!(typeof key === 'string' && sectionNames(dialect).includes(key))) {
      diagnostics.push(unknownSection(document, String(key), sectionNames(dialect), sectionSince(found.key, key)));
    }
  }
  const section = (name: string | undefined): Value => (name === undefined ? null : (document.value.get(name) ?? null));
  const mapSection = (name: string, stage: 'template' | 'parameters' | 'outputs'): ValueMap => {
    const value = section(name);
    if (isMap(value)) return value;
    // An empty section, however written, is like none.
    if (truthy(value)) diagnostics.push(sectionNotAMap(document, name, typeName(value), stage));
    return EMPTY;
  };
  const description = section(sections.description);
  const template: Template = {
    document,
    version: found,
    dialect,
    description: typeof description === 'string' ? description : undefined,
    parameters: mapSection(sections.parameters, 'parameters'),
    parameterGroups: section(sections.parameterGroups),
    conditions: hasSection(document, sections.conditions) ? section(sections.conditions) : EMPTY,
    mappings: section(sections.mappings) ?? EMPTY,
    resources: mapSection(sections.resources, 'template'),
    outputs: mapSection(sections.outputs, 'outputs'),
    components: readsComponents ? mapSection(COMPONENTS, 'template') : EMPTY,
  };
  return { ok: true, template, diagnostics };
}

const EMPTY: ValueMap = new Map();

function hasSection(document: Document, name: string | undefined): boolean {
  return name !== undefined && document.value.has(name);
}

/** The first version with a section that `dialect` does not have. */
function sectionSince(versionKey: string, name: Value): string | undefined {
  return versionValues(versionKey).find((value) => {
    const dialect = findVersion(versionKey, value)?.dialect;
    return dialect !== undefined && typeof name === 'string' && sectionNames(dialect).includes(name);
  });
}

function readVersion(document: Document): TemplateVersion | Diagnostic {
  // Only text counts: `heat_template_version: null` states no version.
  const present = VERSION_KEYS.filter((key) => typeof document.value.get(key) === 'string');
  const [key, other] = present;
  if (key === undefined) return missingVersion(document, VERSION_KEYS);
  if (other !== undefined) return duplicatedVersion(document, present);
  const value = document.value.get(key) as string;
  return findVersion(key, value) ?? unknownVersion(document, key, value, versionValues(key));
}
