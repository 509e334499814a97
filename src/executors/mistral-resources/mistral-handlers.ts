import { formatDiagnostic } from '../../diagnostics/format.ts';
import type { HandlerObject } from '../../run/handlers.ts';
import { WorkflowBuilder } from '../../workflow/builder.ts';
import { joinLibraries, loadWorkflows } from '../../workflow/language/load-workflows.ts';
import type { WorkflowLibrary } from '../../workflow/model.ts';
import type { Source } from '../../yaml/source.ts';
import { externalResource, type Surroundings } from './external-resource.ts';
import { KnownWorkflows } from './known-workflows.ts';
import { workflowResource } from './workflow-resource.ts';

export interface MistralHandlersOptions extends Surroundings {
  /** What templates may name beside the workflows of their own stack. Default: nothing. */
  readonly workflows?: readonly (Source | WorkflowBuilder)[] | WorkflowLibrary;
  /** Begins the names of workflows that have none of their own. Default `stack`. */
  readonly stackName?: string;
}

/**
 * Handlers for OS::Mistral::Workflow and OS::Mistral::ExternalResource that need no Mistral: workflows run in this
 * process. Spread them among your own: `run(graph, { handlers: { ...mistralHandlers(), ...mine } })`. What results carry
 * in their outputs (`workflow_definitions`, `external_resource`) is for later runs, in another process too.
 *
 * @throws Error for a document of `workflows` that is wrong.
 */
export function mistralHandlers(
  options: MistralHandlersOptions = {},
): Readonly<Record<'OS::Mistral::Workflow' | 'OS::Mistral::ExternalResource', HandlerObject>> {
  const { workflows = [], stackName = 'stack', ...surroundings } = options;
  const known = new KnownWorkflows(toLibrary(workflows));
  return {
    'OS::Mistral::Workflow': workflowResource(known, stackName),
    'OS::Mistral::ExternalResource': externalResource(known, surroundings),
  };
}

function toLibrary(given: NonNullable<MistralHandlersOptions['workflows']>): WorkflowLibrary {
  if ('workflows' in given) return given;
  const libraries = given.map((one) => {
    const loaded = one instanceof WorkflowBuilder ? one.load() : loadWorkflows(one);
    if (!loaded.ok) throw new Error(loaded.diagnostics.map((problem) => formatDiagnostic(problem)).join('\n'));
    return loaded.library;
  });
  const { library, diagnostics } = joinLibraries(...libraries);
  if (diagnostics.length > 0) throw new Error(diagnostics.map((problem) => formatDiagnostic(problem)).join('\n'));
  return library;
}
