import type { Diagnostic, Path } from '../../diagnostics/diagnostic.ts';
import {
  anchorsUnsupported,
  noDefinitions,
  notADocument,
  versionIgnored,
  versionUnsupported,
  workflowDefinedTwice,
  wrongValue,
} from '../../diagnostics/workflow.ts';
import { str } from '../../values/text.ts';
import { Float, typeName, type Value, type ValueMap } from '../../values/value.ts';
import { type LoadedText, loadYaml } from '../../yaml/document.ts';
import type { YamlLimits } from '../../yaml/limits.ts';
import type { Source } from '../../yaml/source.ts';
import type { AdHocAction, WorkflowDefinition, WorkflowLibrary } from '../model.ts';
import { checkSchema, short } from './check-schema.ts';
import { expectedOf } from './expected.ts';
import { findAnchor } from './find-anchor.ts';
import { readAction } from './read-action.ts';
import { readWorkflow } from './read-workflow.ts';
import { Reader } from './reader.ts';
import { checkWorkbook, checkWorkflowList } from './validators.generated.ts';

/** What a document is; Mistral has an address for each, here it is told by its keys unless the caller says. */
export type DocumentKind = 'workflows' | 'workbook' | 'actions';

export interface LoadWorkflowsOptions {
  readonly kind?: DocumentKind;
  readonly limits?: Partial<YamlLimits>;
}

export type LoadedWorkflows =
  | {
      readonly ok: true;
      readonly library: WorkflowLibrary;
      readonly kind: DocumentKind;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const WORKBOOK_KEYS = ['name', 'version', 'description', 'tags', 'actions', 'workflows'];

/**
 * Reads a text in Mistral's language v2: workflows, a workbook, or ad-hoc actions. Everything wrong with it is told at
 * once, each with its place. Accepts what Mistral 15 accepts. Never throws.
 */
export function loadWorkflows(source: Source, options: LoadWorkflowsOptions = {}): LoadedWorkflows {
  const loaded = loadYaml(source, options.limits);
  if (!loaded.ok) return loaded;
  const { document } = loaded;
  const reader = new Reader({ locate: (path, part) => locateIn(document, path, part) });
  reader.diagnostics.push(...loaded.diagnostics);
  const anchor = findAnchor(document.source.text, document.value);
  if (anchor !== undefined) {
    reader.diagnostics.push({ ...anchorsUnsupported(), place: { source: document.source.name, ...anchor } });
  }
  const workflows = new Map<string, WorkflowDefinition>();
  const actions = new Map<string, AdHocAction>();
  const { value } = document;
  const kind = options.kind ?? (value instanceof Map ? kindOf(value as ValueMap) : 'workflows');
  if (!(value instanceof Map)) {
    reader.report(value === null ? noDefinitions('workflow') : notADocument(typeName(value)), []);
  } else if (kind === 'workbook') {
    readWorkbook(value as ValueMap, reader, workflows, actions);
  } else {
    readList(value as ValueMap, kind, reader, workflows, actions);
  }
  const { diagnostics } = reader;
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, library: { workflows, actions }, kind, diagnostics };
}

/** The libraries of several documents as one; a name may be defined once. */
export function joinLibraries(...libraries: readonly WorkflowLibrary[]): {
  readonly library: WorkflowLibrary;
  readonly diagnostics: readonly Diagnostic[];
} {
  const workflows = new Map<string, WorkflowDefinition>();
  const actions = new Map<string, AdHocAction>();
  const diagnostics: Diagnostic[] = [];
  const add = <T extends { readonly name: string; readonly place?: Diagnostic['place'] }>(
    what: string,
    into: Map<string, T>,
    one: T,
  ): void => {
    if (into.has(one.name))
      diagnostics.push({
        ...workflowDefinedTwice(what, one.name),
        ...(one.place !== undefined && { place: one.place }),
      });
    else into.set(one.name, one);
  };
  for (const library of libraries) {
    for (const workflow of library.workflows.values()) add('workflow', workflows, workflow);
    for (const action of library.actions.values()) add('action', actions, action);
  }
  return { library: { workflows, actions }, diagnostics };
}

function locateIn(document: LoadedText, path: Path, part?: 'key' | 'value'): Diagnostic['place'] {
  return document.locate(path, part) ?? { source: document.source.name, line: 1, column: 1 };
}

function kindOf(map: ValueMap): DocumentKind {
  if (typeof map.get('name') === 'string' || isMapOfMaps(map.get('workflows')) || isMapOfMaps(map.get('actions')))
    return 'workbook';
  const items = Array.from(map).filter(([key]) => key !== 'version');
  const isAction = ([, item]: readonly [Value, Value]): boolean =>
    item instanceof Map && item.has('base') && !item.has('tasks');
  return items.length > 0 && items.every(isAction) ? 'actions' : 'workflows';
}

function isMapOfMaps(value: Value | undefined): boolean {
  return value instanceof Map && !value.has('tasks') && !value.has('base');
}

function readList(
  map: ValueMap,
  kind: 'workflows' | 'actions',
  reader: Reader,
  workflows: Map<string, WorkflowDefinition>,
  actions: Map<string, AdHocAction>,
): void {
  const what = kind === 'workflows' ? 'workflow' : 'action';
  checkSchema(checkWorkflowList, map, [], { owner: 'the document', keys: ['version'] }, reader);
  checkVersion(map.get('version'), reader);
  if (map.size < 2 || ![...map.keys()].some((key) => key !== 'version')) reader.report(noDefinitions(what), []);
  readEach(map, [], kind, reader, workflows, actions);
}

/** A list of workflows may have any version, which Mistral reads as 2.0. */
function checkVersion(version: Value | undefined, reader: Reader): void {
  if (version !== undefined && version !== null && !isVersion2(version))
    reader.report(versionIgnored(str(version)), ['version']);
}

function isVersion2(version: Value): boolean {
  const number = version instanceof Float ? version.value : typeof version === 'string' ? Number(version) : version;
  return number === 2;
}

function readWorkbook(
  map: ValueMap,
  reader: Reader,
  workflows: Map<string, WorkflowDefinition>,
  actions: Map<string, AdHocAction>,
): void {
  const version = map.get('version');
  if (version !== undefined && !isVersion2(version)) {
    reader.report(versionUnsupported(str(version)), ['version']);
    return;
  }
  const owner = 'the workbook';
  // Without a version Mistral takes 2.0, and then its schema wants one.
  checkSchema(checkWorkbook, map, [], { owner, keys: WORKBOOK_KEYS }, reader);
  const name = map.get('name');
  if (typeof name !== 'string') return;
  for (const kind of ['actions', 'workflows'] as const) {
    const section = map.get(kind);
    if (section instanceof Map) readEach(section as ValueMap, [kind], kind, reader, workflows, actions, name);
  }
}

function readEach(
  section: ValueMap,
  path: Path,
  kind: 'workflows' | 'actions',
  reader: Reader,
  workflows: Map<string, WorkflowDefinition>,
  actions: Map<string, AdHocAction>,
  workbook?: string,
): void {
  for (const [key, item] of section) {
    if (key === 'version' || typeof key !== 'string') continue;
    if (!(item instanceof Map)) {
      // In a list the schema has told it already.
      if (workbook !== undefined && item !== null)
        reader.report(wrongValue(kind, key, short(item), expectedOf(kind)), [...path, key]);
      continue;
    }
    if (item.size === 0 && workbook === undefined) continue;
    if (kind === 'workflows') {
      const read = readWorkflow(key, item as ValueMap, [...path, key], reader, workbook);
      if (read !== undefined) workflows.set(read.name, read);
    } else {
      const read = readAction(key, item as ValueMap, [...path, key], reader, workbook);
      if (read !== undefined) actions.set(read.name, read);
    }
  }
}
