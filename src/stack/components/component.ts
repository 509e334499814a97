import type { Path } from '../../diagnostics/diagnostic.ts';
import type { Expression } from '../../functions/expression.ts';
import type { ComponentStep, RelationshipKind } from '../../template/components.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import type { ResolvedType } from '../resource-registry.ts';

/** A software component as the template defines it, its functions found but not resolved. */
export interface Component {
  readonly name: string;
  /** As written; default `OS::Heat::SoftwareConfig`. */
  readonly type: string;
  readonly resolvedType: ResolvedType | undefined;
  /** `['components', name]`. */
  readonly path: Path;
  /** As written. */
  readonly source: ValueMap;
  readonly hostedOn: Relationship | undefined;
  readonly dependsOn: readonly Relationship[];
  readonly connectsTo: readonly Relationship[];
  /** The resource that it runs on in the end: a host may be a component itself. */
  readonly server: string | undefined;
  /** A map, a call that gives one, or undefined. */
  readonly properties: Expression | undefined;
  readonly inputs: ReadonlyMap<Value, Expression>;
  /** Names of what it gives: its attributes. */
  readonly outputs: readonly string[];
  /** Empty: what is to be done is the type's own affair. */
  readonly steps: ReadonlyMap<ComponentStep, StepWork>;
  /** Entries of `configs`, custom actions too; undefined when it has scripts, or neither. */
  readonly configs: readonly ComponentConfig[] | undefined;
}

/** What one component says of another, or of a resource. */
export interface Relationship {
  readonly kind: RelationshipKind;
  readonly name: string;
  readonly path: Path;
}

/** What is done in one step of the lifecycle. */
export interface StepWork {
  readonly script: Expression;
  /** What applies it; undefined: not said. */
  readonly tool: Expression | undefined;
  /** Of the script. */
  readonly path: Path;
}

/** An entry of `configs`: `{actions, config, tool}` of OS::Heat::SoftwareComponent. */
export interface ComponentConfig extends StepWork {
  readonly actions: readonly string[];
}

export const NO_COMPONENTS: ReadonlyMap<string, Component> = new Map();

/** The types that Heat has itself; they take a script for each step, and give what it writes. */
const HEAT_TYPES: ReadonlySet<string> = new Set([
  'OS::Heat::SoftwareConfig',
  'OS::Heat::StructuredConfig',
  'OS::Heat::SoftwareComponent',
]);

/** What a SoftwareDeployment gives besides the outputs. */
const DEPLOYMENT_ATTRIBUTES: readonly unknown[] = ['deploy_stdout', 'deploy_stderr', 'deploy_status_code'];

/** One of Heat's own types; undefined for others, of which nothing is known. */
export function heatType({ resolvedType }: Component): string | undefined {
  return resolvedType?.kind === 'plugin' && HEAT_TYPES.has(resolvedType.type) ? resolvedType.type : undefined;
}

/** Whether `get_attr` may name this attribute of a component. */
export function componentGives(component: Component, attribute: Value): boolean {
  if (heatType(component) === undefined) return true;
  return component.outputs.includes(attribute as string) || DEPLOYMENT_ATTRIBUTES.includes(attribute);
}

/** Something in a component that may hold functions. */
export interface ComponentPart {
  readonly path: Path;
  readonly expression: Expression;
  /** Of a script: its step. */
  readonly step?: ComponentStep;
}

export function componentParts({ path, properties, inputs, steps }: Component): readonly ComponentPart[] {
  const parts: ComponentPart[] = [];
  if (properties !== undefined) parts.push({ path: [...path, 'properties'], expression: properties });
  for (const [name, expression] of inputs) parts.push({ path: [...path, 'inputs', name], expression });
  for (const [step, { script, tool, path: scriptPath }] of steps) {
    parts.push({ path: scriptPath, expression: script, step });
    if (tool !== undefined) parts.push({ path: [...scriptPath.slice(0, -1), 'tool'], expression: tool, step });
  }
  return parts;
}
