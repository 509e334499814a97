import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import { fileMissing } from '../diagnostics/environment.ts';
import { isMap, type Value } from '../values/value.ts';
import type { Document } from '../yaml/document.ts';
import type { SourceText } from '../yaml/source.ts';

/** Finds the file that `reference` means where it stands in the source named `from`; undefined: there is none. */
export type ResolveFile = (reference: string, from: string) => SourceText | FileRefusal | undefined;

/** Why a file is not given. */
export interface FileRefusal {
  /** Ends a sentence: `permission denied`. */
  readonly reason: string;
}

/** What a resolver answers, with a reason for what it does not find. */
export function findFile(resolve: ResolveFile, reference: string, from: string): SourceText | FileRefusal {
  return resolve(reference, from) ?? { reason: 'there is no such file' };
}

/** Contents by name. Names are paths or URLs, relative ones to the same folder as the template's own name. */
export type Files = ReadonlyMap<string, string>;

/** What callers hand in as files. */
export type GivenFiles = Readonly<Record<string, string>> | Files;

export function toFiles(given: GivenFiles | undefined): Files {
  if (given === undefined) return new Map();
  return given instanceof Map ? given : new Map(Object.entries(given));
}

/** A resolver over a map: `reference` is taken relative to `from`, then as it is written. */
export function resolveFrom(files: Files): ResolveFile {
  return (reference, from) => {
    for (const name of [joinReference(from, reference), reference]) {
      const text = files.get(name);
      if (text !== undefined) return { name, text };
    }
    return undefined;
  };
}

/** `reference` as seen from the file named `from`: an absolute path or URL stays what it is. */
export function joinReference(from: string, reference: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference) || reference.startsWith('/')) return reference;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(from)?.[0] ?? '';
  const steps = from.slice(origin.length).split('/');
  steps.pop();
  for (const step of reference.split('/')) {
    if (step === '.' || step === '') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..' && steps.at(-1) !== '') steps.pop();
    else steps.push(step);
  }
  return origin + steps.join('/');
}

/** The files that a template refers to: reference as written → file. */
export type ReferredFiles = ReadonlyMap<string, SourceText>;

/**
 * Every `get_file` and every `type` that names a template, wherever they stand, as python-heatclient collects them
 * (`resolve_template_get_files`). One diagnostic for each reference that leads nowhere.
 */
export function collectFiles(
  document: Document,
  resolve: ResolveFile,
  report: (diagnostic: Diagnostic) => void,
): ReferredFiles {
  const found = new Map<string, SourceText>();
  const { text, name } = document.source;
  // Most templates refer to no file: don't walk them.
  if (!text.includes('get_file') && !/\.(?:yaml|template)/.test(text)) return found;
  const missing = new Set<string>();
  visitReferences(document.value, [], (reference, path) => {
    if (found.has(reference) || missing.has(reference)) return;
    const file = findFile(resolve, reference, name);
    if (!('reason' in file)) {
      found.set(reference, file);
      return;
    }
    missing.add(reference);
    report(fileMissing(document, [...path], reference, file.reason));
  });
  return found;
}

function visitReferences(value: Value, path: Value[], visit: (reference: string, path: Path) => void): void {
  if (isMap(value)) {
    for (const [key, item] of value) {
      path.push(key);
      if (typeof item === 'string') {
        if (namesFile(key, item)) visit(item, path as Path);
      } else {
        visitReferences(item, path, visit);
      }
      path.pop();
    }
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      visitReferences(value[index] as Value, path, visit);
      path.pop();
    }
  }
}

/** Whether a key and its value refer to a file, wherever in a template they stand. */
export function namesFile(key: Value, value: Value): boolean {
  return typeof value === 'string' && (key === 'get_file' || (key === 'type' && isTemplateName(value)));
}

/** Whether a resource type is a template file: Heat goes by the ending. */
export function isTemplateName(type: string): boolean {
  return type.endsWith('.yaml') || type.endsWith('.template');
}
