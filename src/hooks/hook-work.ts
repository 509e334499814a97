import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hooks.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { unknownAction } from '../diagnostics/workflow.ts';
import { fromPlain } from '../values/encode.ts';
import type { Value } from '../values/value.ts';
import type { ActionCatalog } from '../workflow/action-catalog.ts';
import { WorkflowBuilder } from '../workflow/builder.ts';
import { checkWorkflow } from '../workflow/check-workflow.ts';
import { joinLibraries, type LoadedWorkflows, loadWorkflows } from '../workflow/language/load-workflows.ts';
import type { WorkflowDefinition, WorkflowLibrary } from '../workflow/model.ts';
import { type SourceText, toSource } from '../yaml/source.ts';
import type { Hook } from './hook.ts';

/** What a hook does, checked. */
export interface HookWork {
  /** Undefined where it is one action, or nothing: a breakpoint. */
  readonly document: SourceText | undefined;
  readonly start: string;
  readonly library: readonly SourceText[];
  readonly action: string | undefined;
  readonly taskName: string | undefined;
  readonly input: ReadonlyMap<string, Value>;
}

type Report = (diagnostic: Diagnostic) => void;

/** Reads and checks what hooks do; a text that several hooks share is read once. */
export class HookWorkReader {
  readonly #catalog: ActionCatalog;
  readonly #loaded = new Map<string, LoadedWorkflows>();
  readonly #report: Report;

  constructor(catalog: ActionCatalog, report: Report) {
    this.#catalog = catalog;
    this.#report = report;
  }

  read(hook: Hook, said: say.HookSaid): HookWork {
    const input = inputOf(hook);
    const { workflow, action, taskName } = hook;
    const none = { document: undefined, start: '', library: [], action: undefined, taskName, input };
    if (action !== undefined) {
      this.#checkAction(action, input, said);
      return { ...none, action };
    }
    if (workflow === undefined) return none;
    const document = textOf(workflow, said);
    const library = (hook.library ?? []).map((one) => textOf(one, said));
    return { ...none, document, library, start: this.#check(hook, said, document, library, input) };
  }

  #check(
    { start, taskName }: Hook,
    said: say.HookSaid,
    document: SourceText,
    library: readonly SourceText[],
    input: ReadonlyMap<string, Value>,
  ): string {
    const [main, ...others] = [document, ...library].map((text) => this.#load(text, said));
    if (main === undefined || others.includes(undefined)) return '';
    const joined = joinLibraries(main, ...(others as WorkflowLibrary[]));
    for (const wrong of joined.diagnostics) this.#report(say.hookWorkflowWrong(said, wrong));
    const found = this.#choose(main, start, said);
    if (found === undefined) return '';
    const wrongs = checkWorkflow(found, joined.library, this.#catalog, {
      input: new Map(Array.from(input.keys(), (key) => [key, null])),
      ...(taskName !== undefined && { taskName }),
    });
    for (const wrong of wrongs) {
      const isInput = OF_THE_START.has(wrong.code);
      this.#report(isInput ? say.hookInputWrong(said, wrong) : say.hookWorkflowWrong(said, wrong));
    }
    return found.name;
  }

  #load(source: SourceText, said: say.HookSaid): WorkflowLibrary | undefined {
    const key = `${source.name}\n${source.text}`;
    let loaded = this.#loaded.get(key);
    if (loaded === undefined) {
      loaded = loadWorkflows(source);
      this.#loaded.set(key, loaded);
      for (const wrong of loaded.diagnostics) this.#report(say.hookWorkflowWrong(said, wrong));
    }
    return loaded.ok ? loaded.library : undefined;
  }

  #choose(
    { workflows }: WorkflowLibrary,
    start: string | undefined,
    said: say.HookSaid,
  ): WorkflowDefinition | undefined {
    const [only] = workflows.values();
    if (only === undefined) this.#report(say.hookWithoutWorkflow(said));
    else if (start !== undefined) {
      const found = workflows.get(start) ?? [...workflows.values()].find(({ localName }) => localName === start);
      if (found === undefined) this.#report(say.hookStartUnknown(said, start, workflows.keys()));
      return found;
    } else if (workflows.size > 1) this.#report(say.hookStartMissing(said, [...workflows.keys()]));
    else return only;
    return undefined;
  }

  #checkAction(action: string, input: ReadonlyMap<string, Value>, said: say.HookSaid): void {
    const signature = this.#catalog.find(action);
    if (signature === undefined) {
      this.#report(say.hookInputWrong(said, unknownAction(action, suggest(action, this.#catalog.names()))));
      return;
    }
    const { parameters } = signature;
    if (parameters === undefined) return;
    const names = parameters.map(({ name }) => name);
    const missing = parameters.filter(({ name, required }) => required && !input.has(name)).map(({ name }) => name);
    if (missing.length > 0) this.#report(say.hookActionNeeds(said, action, missing));
    const unknown = [...input.keys()].filter((key) => !names.includes(key));
    if (unknown.length > 0) this.#report(say.hookActionTakes(said, action, unknown, names));
  }
}

const OF_THE_START: ReadonlySet<string> = new Set([
  'WORKFLOW_INPUT_MISSING',
  'WORKFLOW_INPUT_UNKNOWN',
  'WORKFLOW_TARGET_TASK',
]);

function inputOf({ input = {} }: Hook): ReadonlyMap<string, Value> {
  const entries = input instanceof Map ? [...(input as ReadonlyMap<string, unknown>)] : Object.entries(input);
  return new Map(entries.map(([key, value]) => [key, fromPlain(value)]));
}

function textOf(workflow: NonNullable<Hook['workflow']>, said: say.HookSaid): SourceText {
  if (workflow instanceof WorkflowBuilder) return { text: workflow.toText(), name: `workflow ${workflow.name}` };
  if (typeof workflow === 'string') return { text: workflow, name: `hook ${said.label}` };
  return toSource(workflow);
}
