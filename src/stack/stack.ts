import type { Expression } from '../functions/expression.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { Scope } from '../graph/task.ts';
import type { Template } from '../template/template.ts';
import type { Component } from './components/component.ts';
import type { Conditions } from './conditions.ts';
import type { Environment } from './environment.ts';
import type { ReferredFiles } from './files.ts';
import type { OutputDefinition } from './output-definition.ts';
import type { Parameters } from './parameters.ts';
import type { ResourceDefinition } from './resource-definition.ts';

/** A template with everything that it depends on: what can be compiled. */
export interface Stack {
  readonly template: Template;
  readonly environment: Environment;
  /** Files that the template refers to. */
  readonly files: ReferredFiles;
  readonly parameters: Parameters;
  readonly conditions: Conditions;
  readonly conditionDefinitions: ReadonlyMap<string, Expression>;
  /** Enabled resources, in template order. */
  readonly resources: readonly ResourceDefinition[];
  /** Names of resources whose condition is false, with their definitions. */
  readonly disabled: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: ReadonlyMap<string, OutputDefinition>;
  /** In template order; none unless the option was on. */
  readonly components: ReadonlyMap<string, Component>;
  /** Values as they are before anything exists. */
  readonly runtime: Runtime;
  /** What a graph keeps of the stack, so that its tasks can be run anywhere. */
  readonly scope: Scope;
}
