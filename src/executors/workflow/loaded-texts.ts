import { TerminalError } from '../../run/thrown.ts';
import type { Json } from '../../values/encode.ts';
import { joinLibraries, loadWorkflows } from '../../workflow/language/load-workflows.ts';
import type { WorkflowDefinition, WorkflowLibrary } from '../../workflow/model.ts';

export interface StartedWorkflow {
  readonly workflow: WorkflowDefinition;
  readonly library: WorkflowLibrary;
}

/** So many documents are kept read. */
const MOST = 200;

/** Documents that were read: a hook on ten thousand tasks has one text. */
export class LoadedTexts {
  readonly #known = new Map<string, WorkflowLibrary>();

  /** @throws TerminalError for what cannot be read, or is not there */
  find(call: { readonly workflow?: Json; readonly start?: Json; readonly library?: Json }): StartedWorkflow {
    const texts = [call.workflow, ...(Array.isArray(call.library) ? call.library : [])];
    const library = this.#library(texts.map((text) => (typeof text === 'string' ? text : '')));
    const workflow = typeof call.start === 'string' ? library.workflows.get(call.start) : undefined;
    if (workflow === undefined) throw new TerminalError(`there is no workflow '${String(call.start)}'`);
    return { workflow, library };
  }

  #library(texts: readonly string[]): WorkflowLibrary {
    const [only] = texts;
    const key = texts.length === 1 ? (only as string) : JSON.stringify(texts);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const libraries = texts.map((text) => {
      const loaded = loadWorkflows(text);
      if (loaded.ok) return loaded.library;
      throw new TerminalError(loaded.diagnostics.map(({ message }) => message).join('\n'));
    });
    const { library } = joinLibraries(...libraries);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < MOST) break;
      this.#known.delete(oldest);
    }
    this.#known.set(key, library);
    return library;
  }
}
