import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { type BindOptions, bindStack } from '../stack/bind-stack.ts';
import type { Stack } from '../stack/stack.ts';
import { readTemplate, type TemplateOptions } from '../template/template.ts';
import { loadDocument } from '../yaml/document.ts';
import type { YamlLimits } from '../yaml/limits.ts';
import type { Source } from '../yaml/source.ts';
import { type BuildOptions, buildGraph } from './build-graph.ts';

export interface CompileOptions extends BindOptions, BuildOptions, TemplateOptions {
  readonly limits?: Partial<YamlLimits>;
}

export type Compiled =
  | { readonly ok: true; readonly graph: TaskGraph; readonly stack: Stack; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Text → task graph: `loadDocument`, `readTemplate`, `bindStack`, `buildGraph`, one after the other, with the
 * diagnostics of all of them. Never throws for bad input. `ok` when there is no error; there may be warnings.
 */
export function compile(source: Source, options: CompileOptions = {}): Compiled {
  const bound = bindText(source, options);
  if (bound.stack === undefined) return { ok: false, diagnostics: bound.diagnostics };
  const built = buildGraph(bound.stack, options);
  const diagnostics = [...bound.diagnostics, ...built.diagnostics];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, graph: built.graph, stack: bound.stack, diagnostics };
}

/** Text → stack, without its graph. `stack` is there whenever the template can be read. */
export function bindText(
  source: Source,
  options: CompileOptions = {},
): { readonly stack: Stack | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const loaded = loadDocument(source, options.limits);
  if (!loaded.ok) return { stack: undefined, diagnostics: loaded.diagnostics };
  const read = readTemplate(loaded.document, options);
  // Never `push(...many)`: a call takes only so many arguments.
  const diagnostics = [...loaded.diagnostics, ...read.diagnostics];
  if (!read.ok) return { stack: undefined, diagnostics };
  const bound = bindStack(read.template, options);
  return { stack: bound.stack, diagnostics: [...diagnostics, ...bound.diagnostics] };
}

/**
 * Everything that is wrong with a template, at once. A parameter without value is only a warning here: the values may
 * come later.
 */
export function validate(source: Source, options: CompileOptions = {}): readonly Diagnostic[] {
  return asValidation(compile(source, options));
}

/** What `validate` says of what was compiled. */
export function asValidation({ diagnostics }: Compiled): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    diagnostic.code === 'PARAMETER_MISSING' ? { ...diagnostic, severity: 'warning' } : diagnostic,
  );
}
