import * as say from '../../diagnostics/components.ts';
import type { Path } from '../../diagnostics/diagnostic.ts';
import { parseExpression } from '../../functions/parse.ts';
import { COMPONENT_STEPS, CONFIG_KEYS, type ComponentStep } from '../../template/components.ts';
import { str } from '../../values/text.ts';
import { isList, isMap, type Value, type ValueMap } from '../../values/value.ts';
import type { Component, ComponentConfig, StepWork } from './component.ts';
import type { ComponentEntry } from './component-entry.ts';

/** Actions of a config that are steps of ours; others are custom ones, which nothing here triggers. */
const STEP_OF_ACTION: ReadonlyMap<string, ComponentStep> = new Map([
  ['CREATE', 'create'],
  ['UPDATE', 'update'],
  ['SUSPEND', 'suspend'],
  ['RESUME', 'resume'],
  ['DELETE', 'delete'],
]);
const DEFAULT_ACTIONS: readonly string[] = ['CREATE', 'UPDATE'];

/**
 * What is done in each step: `scripts`, a script for each, or `configs` in the form of OS::Heat::SoftwareComponent,
 * where an action may be in one entry only (its `validate`).
 */
export function readSteps(entry: ComponentEntry): Pick<Component, 'steps' | 'configs'> {
  const { source, path, template, name, report } = entry;
  const scripts = source.get('scripts') ?? undefined;
  const configs = source.get('configs') ?? undefined;
  const steps = new Map<ComponentStep, StepWork>();
  if (scripts !== undefined) {
    if (configs !== undefined) report(say.scriptsAndConfigs(template.document, [...path, 'configs'], name));
    readScripts(entry, scripts, steps);
    return { steps, configs: undefined };
  }
  return { steps, configs: configs === undefined ? undefined : readConfigs(entry, configs, steps) };
}

function readScripts(entry: ComponentEntry, scripts: Value, steps: Map<ComponentStep, StepWork>): void {
  const { name, template, context, report, refuse } = entry;
  const path = [...entry.path, 'scripts'];
  if (!isMap(scripts)) {
    refuse(path, 'scripts', scripts, `a map: ${COMPONENT_STEPS.join(', ')}`);
    return;
  }
  for (const [step, script] of scripts) {
    const at = [...path, step];
    if (COMPONENT_STEPS.includes(step as ComponentStep)) {
      steps.set(step as ComponentStep, { script: parseExpression(script, context, at), tool: undefined, path: at });
    } else report(say.componentKeyUnknown(template.document, at, name, 'step', str(step), COMPONENT_STEPS));
  }
}

function readConfigs(entry: ComponentEntry, configs: Value, steps: Map<ComponentStep, StepWork>): ComponentConfig[] {
  const { name, template, report, refuse } = entry;
  const { document } = template;
  const path = [...entry.path, 'configs'];
  if (!isList(configs)) {
    refuse(path, 'configs', configs, 'a list of maps: actions, config, tool');
    return [];
  }
  if (configs.length === 0) report(say.configsEmpty(document, path, name, 'configs'));
  const found: ComponentConfig[] = [];
  const taken = new Set<string>();
  configs.forEach((item, index) => {
    const at = [...path, index];
    if (!isMap(item)) {
      refuse(at, 'configs', item, 'a map: actions, config, tool');
      return;
    }
    const config = readConfig(entry, item, at);
    found.push(config);
    for (const action of config.actions) {
      if (taken.has(action)) report(say.actionTwice(document, [...at, 'actions'], name, action));
      taken.add(action);
      const step = STEP_OF_ACTION.get(action);
      if (step !== undefined) steps.set(step, config);
    }
  });
  return found;
}

function readConfig(entry: ComponentEntry, item: ValueMap, path: Path): ComponentConfig {
  const { name, template, context, report } = entry;
  for (const key of item.keys()) {
    if (CONFIG_KEYS.includes(key as string)) continue;
    report(say.componentKeyUnknown(template.document, [...path, key], name, 'config key', str(key), CONFIG_KEYS));
  }
  const tool = item.get('tool') ?? null;
  if (tool === null) report(say.toolMissing(template.document, path, name));
  return {
    actions: readActions(entry, item, [...path, 'actions']),
    script: parseExpression(item.get('config') ?? null, context, [...path, 'config']),
    tool: parseExpression(tool, context, [...path, 'tool']),
    path: [...path, 'config'],
  };
}

function readActions({ name, template, report, refuse }: ComponentEntry, item: ValueMap, path: Path): string[] {
  const value = item.get('actions') ?? DEFAULT_ACTIONS;
  if (!isList(value)) {
    refuse(path, 'actions', value, `a list of actions, such as ${DEFAULT_ACTIONS.join(', ')}`);
    return [];
  }
  if (value.length === 0) report(say.configsEmpty(template.document, path, name, 'actions'));
  const actions = new Set<string>();
  value.forEach((action, index) => {
    if (typeof action === 'string') actions.add(action);
    else refuse([...path, index], 'actions', action, 'the name of an action, as text');
  });
  return [...actions];
}
