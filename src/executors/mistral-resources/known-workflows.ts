import { formatDiagnostic } from '../../diagnostics/format.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { PlainResult } from '../../run/result.ts';
import { TerminalError } from '../../run/thrown.ts';
import { loadWorkflows } from '../../workflow/language/load-workflows.ts';
import type { AdHocAction, WorkflowDefinition, WorkflowLibrary } from '../../workflow/model.ts';

/** Under this name results carry documents of workflows, so that they are known in another process too. */
const DEFINITIONS = 'workflow_definitions';

/** What stands in for Mistral's list of workflows: those of the host, and those that resources have made. */
export class KnownWorkflows {
  readonly #host: WorkflowLibrary;
  readonly #made: Map<string, string> = new Map();

  constructor(host: WorkflowLibrary) {
    this.#host = host;
  }

  /** @throws TerminalError when there is one of that name, unless it is the same: a repeated attempt. */
  add(name: string, text: string): void {
    const known = this.#made.get(name);
    if (this.#host.workflows.has(name) || (known !== undefined && known !== text)) {
      throw new TerminalError(`There is a workflow '${name}' already`);
    }
    this.#made.set(name, text);
  }

  replace(name: string, text: string): void {
    this.#made.set(name, text);
  }

  remove(name: string): void {
    this.#made.delete(name);
  }

  /** Everything that may be used, with the documents that results brought. */
  library(documents: readonly string[]): WorkflowLibrary {
    const workflows = new Map<string, WorkflowDefinition>(this.#host.workflows);
    const actions = new Map<string, AdHocAction>(this.#host.actions);
    for (const text of [...this.#made.values(), ...documents]) {
      for (const [name, one] of loadDefinition(text).workflows) workflows.set(name, one);
    }
    return { workflows, actions };
  }
}

/** @throws TerminalError that tells everything wrong with it. */
export function loadDefinition(text: string): WorkflowLibrary {
  const loaded = loadWorkflows({ text, name: 'OS::Mistral::Workflow' }, { kind: 'workflows' });
  if (loaded.ok) return loaded.library;
  throw new TerminalError(loaded.diagnostics.map((one) => formatDiagnostic(one)).join('\n'));
}

/** @throws TerminalError when there is none. */
export function findWorkflow(name: string, { workflows }: WorkflowLibrary): WorkflowDefinition {
  const found = workflows.get(name);
  if (found !== undefined) return found;
  const { hint } = didYouMean(name, workflows.keys());
  throw new TerminalError(`There is no workflow '${name}'${hint === undefined ? '' : `. ${hint}`}`);
}

/** The documents that a resource may use: its own, and those of what it requires. */
export function documentsIn(results: Iterable<PlainResult | undefined>): string[] {
  const documents = new Set<string>();
  for (const result of results) {
    const given = result?.outputs[DEFINITIONS];
    for (const text of Array.isArray(given) ? given : []) if (typeof text === 'string') documents.add(text);
  }
  return [...documents];
}

/** An entry for the outputs of a result. */
export function withDocuments(documents: readonly string[]): { readonly [DEFINITIONS]?: readonly string[] } {
  return documents.length === 0 ? {} : { [DEFINITIONS]: [...new Set(documents)] };
}
