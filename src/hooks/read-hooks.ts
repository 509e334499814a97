import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks-file.ts';
import { type GivenFiles, type ResolveFile, resolveFrom, toFiles } from '../stack/files.ts';
import { isList, isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import { short } from '../workflow/language/check-schema.ts';
import { Reader } from '../workflow/language/reader.ts';
import { type LoadedText, loadYaml } from '../yaml/document.ts';
import type { YamlLimits } from '../yaml/limits.ts';
import type { Source } from '../yaml/source.ts';
import type { Hook } from './hook.ts';
import { refuseOthers } from './map-reader.ts';
import { HOOK_KEYS, HookReader } from './read-hook.ts';
import { sectionAsDocument } from './workflow-section.ts';
import { WorkflowShelf } from './workflow-shelf.ts';

export interface ReadHooksOptions {
  /** Contents of the files that `workflow: {file: ...}` names, relative to the file of hooks. */
  readonly files?: GivenFiles;
  /** Instead of `files`: finds a file when it is asked for. */
  readonly resolve?: ResolveFile;
  /** Documents of Mistral's language whose workflows and actions hooks may name as well. */
  readonly workflows?: readonly Source[];
  readonly limits?: Partial<YamlLimits>;
}

export type ReadHooks =
  | {
      readonly ok: true;
      readonly hooks: readonly Hook[];
      /** The workflows and ad-hoc actions that the file defines, as documents. */
      readonly workflows: readonly Source[];
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const SECTIONS = ['version', 'hooks', 'workflows', 'actions'];
const FILE_KEYS: readonly string[] = ['at', 'select', ...HOOK_KEYS];

/**
 * Reads a file of hooks: `hooks`, a list of `{name, at, select, workflow | action, input, ...}`, and `workflows` and
 * `actions` as a workbook of Mistral has them. Everything wrong with it is told at once, each with its place. Never
 * throws. Whether a hook fits a graph is `attachHooks`'s to say.
 */
export function readHooks(source: Source, options: ReadHooksOptions = {}): ReadHooks {
  const loaded = loadYaml(source, options.limits);
  if (!loaded.ok) return loaded;
  const { document } = loaded;
  const reader = new Reader(document);
  reader.diagnostics.push(...loaded.diagnostics);
  const value = document.value ?? new Map<Value, Value>();
  if (!isMap(value)) {
    reader.report(say.hooksNotAMap(typeName(value)), []);
    return { ok: false, diagnostics: reader.diagnostics };
  }
  refuseOthers(value, SECTIONS, 'a file of hooks', [], reader);
  const shelf = new WorkflowShelf();
  const workflows = readSections(value, document, reader);
  for (const { source, names } of workflows) shelf.add(source, names);
  for (const given of options.workflows ?? []) shelf.add(given);
  const resolve = options.resolve ?? resolveFrom(toFiles(options.files));
  const hooks = listed(value, reader).flatMap(([given, index]) => {
    const path = ['hooks', index];
    if (!isMap(given)) {
      reader.report(say.hookValueInvalid('the file', 'hooks', `a list with ${short(given)}`, 'a list of maps'), path);
      return [];
    }
    const hook = new HookReader(given, path, reader);
    hook.allow(FILE_KEYS);
    const chosen = hook.workflow({ shelf, resolve, from: document.source.name });
    return [{ ...hook.plain(), ...hook.at(), ...hook.select(), ...chosen }];
  });
  const diagnostics = [...reader.diagnostics, ...shelf.diagnostics];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, hooks, workflows: workflows.map(({ source }) => source), diagnostics };
}

interface Section {
  readonly source: Source;
  /** Of the workflows in it. */
  readonly names: readonly string[];
}

function readSections(value: ValueMap, document: LoadedText, reader: Reader): Section[] {
  return ['workflows', 'actions'].flatMap((key) => {
    const section = value.get(key) ?? null;
    if (section === null) return [];
    if (isMap(section)) {
      const names = key === 'workflows' ? [...section.keys()].filter((name) => typeof name === 'string') : [];
      return [{ source: sectionAsDocument(document, key, section), names }];
    }
    reader.report(say.hookValueInvalid('the file', key, short(section), `a map of names to ${key}`), [key]);
    return [];
  });
}

function listed(value: ValueMap, reader: Reader): (readonly [Value, number])[] {
  const hooks = value.get('hooks') ?? null;
  if (hooks === null) return [];
  if (isList(hooks)) return hooks.map((hook, index) => [hook, index] as const);
  reader.report(say.hookValueInvalid('the file', 'hooks', short(hooks), 'a list of hooks'), ['hooks']);
  return [];
}
