import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { loadWorkflows } from '../workflow/language/load-workflows.ts';
import type { Source } from '../yaml/source.ts';
import type { Hook } from './hook.ts';

/** As much of a hook as says which workflow it runs. */
export type ChosenWorkflow = Pick<Hook, 'workflow' | 'start' | 'library'>;

/** The documents whose workflows hooks may name. */
export class WorkflowShelf {
  /** What is wrong with the documents. */
  readonly diagnostics: Diagnostic[] = [];
  readonly #documents: Source[] = [];
  readonly #byName: Map<string, Source> = new Map();

  /** The first document that defines a name keeps it. `names`: what it defines when it cannot be read. */
  add(source: Source, names: readonly string[] = []): void {
    this.#documents.push(source);
    const defined = this.#namesIn(source);
    for (const name of defined.length > 0 ? defined : names)
      if (!this.#byName.has(name)) this.#byName.set(name, source);
  }

  get documents(): readonly Source[] {
    return this.#documents;
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  named(name: string): ChosenWorkflow | undefined {
    const workflow = this.#byName.get(name);
    return workflow === undefined ? undefined : { workflow, start: name, ...this.#rest(workflow) };
  }

  /** A document beside those of the shelf, which it may use. */
  inFile(workflow: Source, start: string | undefined): ChosenWorkflow & { readonly names: readonly string[] } {
    const names = this.#namesIn(workflow);
    return { workflow, ...(start !== undefined && { start }), ...this.#rest(workflow), names };
  }

  #namesIn(source: Source): readonly string[] {
    const loaded = loadWorkflows(source);
    this.diagnostics.push(...loaded.diagnostics);
    return loaded.ok ? [...loaded.library.workflows.keys()] : [];
  }

  #rest(workflow: Source): { readonly library?: readonly Source[] } {
    const library = this.#documents.filter((document) => document !== workflow);
    return library.length === 0 ? {} : { library };
  }
}
