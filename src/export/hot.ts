import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hot.ts';
import type { Stack } from '../stack/stack.ts';
import { COMPONENTS, hasComponents } from '../template/components.ts';
import { isList, isMap, type Value, type ValueMap } from '../values/value.ts';
import { DeploymentWriter } from './hot-deployments.ts';
import { nameResources } from './hot-names.ts';
import { ReferenceRewriter, type Referred } from './hot-references.ts';
import { yamlText } from './hot-text.ts';

/** `ok`: no error; otherwise the text lacks what could not be lowered. */
export interface HotText {
  readonly ok: boolean;
  /** YAML. */
  readonly text: string;
  /** The names of the deployments that do the steps of components: `mysql/create` → `mysql_create_deploy`. */
  readonly names: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The template of a stack as plain HOT that Heat accepts: each step of a component becomes a config and a deployment on
 * its server, in the order of the component, references to it become references to these, and the servers are told to
 * expect deployments (`user_data_format: SOFTWARE_CONFIG`). Everything else stays as written, comments and anchors
 * aside. Without components it is the template itself.
 *
 * Diagnostics: HOT_*. Errors for what Heat has nothing for: a component without host, of a type of one's own.
 */
export function toHot(stack: Stack): HotText {
  const { template } = stack;
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  if (!hasComponents(template.dialect)) {
    report(say.notHot(template.document, template.version.key));
    return { ok: false, text: '', names: new Map(), diagnostics };
  }
  const lowered = nameResources(stack);
  const rewriter = new ReferenceRewriter(template, lowered, report);
  const writer = new DeploymentWriter(stack, lowered, rewriter, report);
  const { resources: resourcesKey, outputs: outputsKey } = template.dialect.sections;
  const sections = new Map<Value, Value>();
  for (const [key, section] of template.document.value) {
    if (key === COMPONENTS) continue;
    if (key === outputsKey && isMap(section)) sections.set(key, rewriter.rewrite(section, [key], new Set()));
    else if (key !== resourcesKey || !isMap(section)) sections.set(key, section);
    else sections.set(key, lowered.size === 0 ? section : lowerResources(stack, section, rewriter, writer, report));
  }
  if (lowered.size > 0) {
    const resources = new Map((sections.get(resourcesKey) ?? []) as ValueMap);
    for (const component of lowered.values()) writer.write(component, resources);
    sections.set(resourcesKey, resources);
  }
  const names = new Map<string, string>();
  for (const [name, { deployments }] of lowered) {
    for (const { step, deployment } of deployments) names.set(`${name}/${step}`, deployment);
  }
  const ok = !diagnostics.some(({ severity }) => severity === 'error');
  return { ok, text: yamlText(sections), names, diagnostics };
}

function lowerResources(
  stack: Stack,
  section: ValueMap,
  rewriter: ReferenceRewriter,
  writer: DeploymentWriter,
  report: (diagnostic: Diagnostic) => void,
): ValueMap {
  const { resources: resourcesKey } = stack.template.dialect.sections;
  const keys = stack.template.dialect.resourceKeys;
  const hosts = serversThatHost(stack);
  const resources = new Map<Value, Value>();
  for (const [name, source] of section) {
    if (!isMap(source)) {
      resources.set(name, source);
      continue;
    }
    const path = [resourcesKey, name];
    const referred: Referred = new Set();
    const copy = new Map(source);
    for (const key of [keys.properties, keys.metadata, keys.updatePolicy]) {
      const value = source.get(key);
      if (value !== undefined) copy.set(key, rewriter.rewrite(value, [...path, key], referred));
    }
    const isExternal = keys.externalId !== undefined && source.has(keys.externalId);
    const tails = isExternal ? [] : writer.tails(referred);
    const dependsOn = lowerDependsOn(source.get(keys.dependsOn), writer, tails);
    if (dependsOn !== undefined) copy.set(keys.dependsOn, dependsOn);
    if (hosts.has(name)) expectDeployments(stack, copy, path, name as string, report);
    resources.set(name, copy);
  }
  return resources;
}

function lowerDependsOn(
  written: Value | undefined,
  writer: DeploymentWriter,
  tails: readonly string[],
): Value | undefined {
  const names = typeof written === 'string' ? [written] : written;
  // What is no list was refused when it was read.
  if (names !== undefined && !isList(names)) return written;
  const all = new Set([...(names ?? []).map((name) => writer.tailOf(name) ?? name), ...tails]);
  return all.size === 0 ? written : [...all];
}

/** Servers on which components run: they have to be told. */
function serversThatHost({ components, resources }: Stack): ReadonlySet<unknown> {
  const hosts = new Set<unknown>();
  for (const { server } of components.values()) if (server !== undefined) hosts.add(server);
  const told = resources.filter(
    ({ name, resolvedType }) => hosts.has(name) && resolvedType?.kind === 'plugin' && resolvedType.type === SERVER,
  );
  return new Set(told.map(({ name }) => name));
}

const SERVER = 'OS::Nova::Server';
const FORMAT = 'user_data_format';

/** Heat refuses deployments on a server with another format of user data. */
function expectDeployments(
  stack: Stack,
  source: Map<Value, Value>,
  path: Path,
  name: string,
  report: (diagnostic: Diagnostic) => void,
): void {
  const key = stack.template.dialect.resourceKeys.properties;
  const properties = source.get(key) ?? new Map<Value, Value>();
  if (!isMap(properties)) return;
  const format = properties.get(FORMAT);
  if (format === undefined) source.set(key, new Map([...properties, [FORMAT, 'SOFTWARE_CONFIG']]));
  else if (typeof format === 'string' && format !== 'SOFTWARE_CONFIG') {
    report(say.userDataFormat(stack.template.document, [...path, key, FORMAT], name, format));
  }
}
