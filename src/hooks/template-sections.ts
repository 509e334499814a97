import type { Path } from '../diagnostics/diagnostic.ts';
import type { Scope } from '../graph/task.ts';

/** How a template of a version calls what references stand in: for the paths of edges. */
export interface TemplateSections {
  /** Of an input of a task: `properties`, `metadata`. */
  input(task: string, input: string): Path;
  dependsOn(task: string): Path;
  output(name: string): Path;
}

/** @param scope undefined: a graph made by hand. */
export function templateSections(scope: Scope | undefined): TemplateSections {
  return scope === undefined || scope.version[0] === 'heat_template_version' ? HOT : CFN;
}

const HOT: TemplateSections = {
  input: (task, input) => ['resources', task, input === 'metadata' ? 'metadata' : 'properties'],
  dependsOn: (task) => ['resources', task, 'depends_on'],
  output: (name) => ['outputs', name, 'value'],
};

const CFN: TemplateSections = {
  input: (task, input) => ['Resources', task, input === 'metadata' ? 'Metadata' : 'Properties'],
  dependsOn: (task) => ['Resources', task, 'DependsOn'],
  output: (name) => ['Outputs', name, 'Value'],
};
