import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type BindOptions, bindStack } from '../stack/bind-stack.ts';
import type { Stack } from '../stack/stack.ts';
import { readTemplate } from '../template/template.ts';
import { loadDocument } from '../yaml/document.ts';
import type { StackSource } from './stack-state.ts';

/** What a state's source gives when it is bound again; `stack` is there whenever its template can be read. */
export interface BoundSource {
  readonly stack: Stack | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The stack of a recorded source.
 *
 * @param options what the source does not hold: the catalog, the identity of the stack, and values of hidden parameters
 * that it was not allowed to keep. Other parameters, and files, are those of the source.
 */
export function bindSource(source: StackSource, options: BindOptions = {}): BoundSource {
  const loaded = loadDocument(source.template);
  if (!loaded.ok) return { stack: undefined, diagnostics: loaded.diagnostics };
  const read = readTemplate(loaded.document, { components: source.components === true });
  if (!read.ok) return { stack: undefined, diagnostics: [...loaded.diagnostics, ...read.diagnostics] };
  // The files of today may say something else.
  const { resolve: _, parameters, ...rest } = options;
  const given = (parameters instanceof Map ? parameters : Object.entries(parameters ?? {})) as Iterable<
    [string, unknown]
  >;
  const hidden = new Set(source.hidden);
  const lost = [...given].filter(([name]) => hidden.has(name));
  const { stack, diagnostics } = bindStack(read.template, {
    ...rest,
    parameters: new Map([...lost, ...source.parameters]),
    environments: source.environments,
    files: source.files,
  });
  return { stack, diagnostics: [...loaded.diagnostics, ...read.diagnostics, ...diagnostics] };
}
