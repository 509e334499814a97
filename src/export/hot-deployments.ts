import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hot.ts';
import { Call } from '../functions/expression.ts';
import { type Component, type ComponentConfig, heatType } from '../stack/components/component.ts';
import type { Stack } from '../stack/stack.ts';
import { type ComponentStep, CREATION_STEPS } from '../template/components.ts';
import { str } from '../values/text.ts';
import { isList, isMap, type Value, type ValueMap } from '../values/value.ts';
import { isLoweredAsComponent, type LoweredComponent, type LoweredStep } from './hot-names.ts';
import type { ReferenceRewriter, Referred } from './hot-references.ts';

type ConfigKind = 'script' | 'structured' | 'component';

const CONFIG_TYPES = {
  script: 'OS::Heat::SoftwareConfig',
  structured: 'OS::Heat::StructuredConfig',
  component: 'OS::Heat::SoftwareComponent',
} as const;
/** Which hook on the server applies it, where the properties do not say. */
const GROUPS = { script: 'script', structured: 'apply-config' } as const;
const EMPTY: ValueMap = new Map();

/** Lowers the components of one stack to resources. */
export class DeploymentWriter {
  readonly #stack: Stack;
  readonly #lowered: ReadonlyMap<string, LoweredComponent>;
  readonly #rewriter: ReferenceRewriter;
  readonly #report: (diagnostic: Diagnostic) => void;

  constructor(
    stack: Stack,
    lowered: ReadonlyMap<string, LoweredComponent>,
    rewriter: ReferenceRewriter,
    report: (diagnostic: Diagnostic) => void,
  ) {
    this.#stack = stack;
    this.#lowered = lowered;
    this.#rewriter = rewriter;
    this.#report = report;
  }

  /** A config and a deployment for each step, each deployment after the one before. */
  write(lowered: LoweredComponent, resources: Map<Value, Value>): void {
    const { component, deployments } = lowered;
    const kind = this.#kindOf(component);
    if (kind === undefined) return;
    const common: Referred = new Set();
    const inputs = this.#inputs(component, common);
    const condition = this.#conditionOfHost(component.server as string);
    const configs = deployments.map((step) => {
      const referred = new Set(common);
      return { step, config: this.#config(component, step, inputs, kind, referred), referred };
    });
    const lastMaker = lowered.makers.at(-1);
    let before: string | undefined;
    configs.forEach(({ step, config, referred }, index) => {
      const dependsOn = before === undefined ? this.#relationships(component) : new Set([before]);
      for (const tail of this.tails(referred)) dependsOn.add(tail);
      // What any later script needs is there before the component is.
      if (step.deployment === lastMaker) {
        for (const later of configs.slice(index + 1)) {
          for (const name of later.referred) if (!common.has(name)) dependsOn.add(this.tailOf(name) ?? name);
        }
      }
      const deployment = this.#deployment(component, step, inputs, kind, dependsOn);
      resources.set(step.config, withCondition(config, condition));
      resources.set(step.deployment, withCondition(deployment, condition));
      before = step.deployment;
    });
  }

  /** Undefined: Heat has nothing for it, and that is reported. */
  #kindOf(component: Component): ConfigKind | undefined {
    const { document } = this.#stack.template;
    const { name, path, type, server, properties, configs } = component;
    const found = heatType(component);
    if (found === undefined) this.#report(say.typeNotLowered(document, [...path, 'type'], name, type));
    else if (server === undefined) this.#report(say.hostMissing(document, path, name));
    else if (properties instanceof Call) {
      this.#report(say.propertiesAreAFunction(document, [...path, 'properties'], name));
    } else if (isLoweredAsComponent(component)) {
      if (found === 'OS::Heat::StructuredConfig' && configs !== undefined) {
        this.#report(say.structuredConfigs(document, [...path, 'configs'], name));
      }
      return 'component';
    } else return found === 'OS::Heat::StructuredConfig' ? 'structured' : 'script';
    return undefined;
  }

  /** The last deployments of components, where references alone would not wait for them. */
  tails(referred: Referred): string[] {
    const tails: string[] = [];
    for (const name of referred) {
      const lowered = this.#lowered.get(name);
      if (lowered !== undefined && lowered.tail !== lowered.makers.at(-1)) tails.push(lowered.tail);
    }
    return tails;
  }

  /** The last deployment of a component; undefined for the name of a resource. */
  tailOf(name: Value): string | undefined {
    return this.#lowered.get(name as string)?.tail;
  }

  #relationships({ hostedOn, dependsOn, connectsTo }: Component): Set<string> {
    const names = new Set<string>();
    for (const relationship of [hostedOn, ...dependsOn, ...connectsTo]) {
      if (relationship === undefined) continue;
      const { kind, name } = relationship;
      const tail = this.tailOf(name);
      if (tail !== undefined) names.add(tail);
      // The server of a deployment is an edge already.
      else if (kind !== 'hosted_on') names.add(name);
    }
    return names;
  }

  #inputs({ source, path, inputs, connectsTo }: Component, referred: Referred): Map<Value, Value> {
    const written = (source.get('inputs') ?? new Map()) as ValueMap;
    const all = new Map<Value, Value>();
    for (const name of inputs.keys()) {
      const at: Path = [...path, 'inputs', name];
      all.set(name, this.#rewriter.rewrite(written.get(name) ?? null, at, referred));
    }
    for (const { name, path: at } of connectsTo) {
      for (const output of this.#stack.components.get(name)?.outputs ?? []) {
        if (all.has(output)) continue;
        all.set(output, this.#rewriter.rewrite(new Map([['get_attr', [name, output]]]), at, referred));
      }
    }
    return all;
  }

  #config(
    component: Component,
    { step, config: name }: LoweredStep,
    inputs: ReadonlyMap<Value, Value>,
    kind: ConfigKind,
    referred: Referred,
  ): ValueMap {
    const { path, source, configs, outputs, steps, name: componentName } = component;
    const given = (source.get('properties') ?? EMPTY) as ValueMap;
    const properties = new Map<Value, Value>();
    const rewritten = (at: Path): Value => this.#rewriter.rewrite(this.#written(at), at, referred);
    const work = steps.get(step);
    const taken = kind === 'component' ? ['options'] : ['group', 'options'];
    if (kind === 'component' && configs === undefined) taken.push('configs');
    if (kind !== 'component' && steps.size === 0) taken.push('config');
    if (kind !== 'component' && !given.has('group')) properties.set('group', GROUPS[kind]);
    for (const property of given.keys()) {
      const at = [...path, 'properties', property];
      if (taken.includes(property as string)) properties.set(property, rewritten(at));
      // Once for all configs of the component.
      else if (name === this.#lowered.get(componentName)?.deployments[0]?.config) {
        this.#report(say.propertyLost(this.#stack.template.document, at, componentName, str(property)));
      }
    }
    if (kind === 'component' && configs !== undefined) {
      properties.set(
        'configs',
        configs.map((config) => this.#entry(config, rewritten)),
      );
    } else if (kind !== 'component' && work !== undefined) {
      const script = rewritten(work.path);
      if (script !== null) properties.set('config', script);
    }
    if (inputs.size > 0) properties.set('inputs', Array.from(inputs.keys(), named));
    if (outputs.length > 0) properties.set('outputs', this.#outputs(component));
    return resource(CONFIG_TYPES[kind], properties);
  }

  #entry({ actions, path }: ComponentConfig, rewritten: (path: Path) => Value): Value {
    return new Map<Value, Value>([
      ['actions', actions],
      ['config', rewritten(path)],
      ['tool', rewritten([...path.slice(0, -1), 'tool'])],
    ]);
  }

  #outputs({ source }: Component): readonly Value[] {
    return (source.get('outputs') as readonly Value[]).map((output) => (isMap(output) ? output : named(output)));
  }

  #deployment(
    { server }: Component,
    { step, config }: LoweredStep,
    inputs: ReadonlyMap<Value, Value>,
    kind: ConfigKind,
    dependsOn: ReadonlySet<string>,
  ): ValueMap {
    const properties = new Map<Value, Value>([
      ['config', new Map([['get_resource', config]])],
      ['server', new Map([['get_resource', server as string]])],
    ]);
    // A SoftwareComponent says itself for which actions it is.
    if (kind !== 'component') properties.set('actions', [actionOf(step)]);
    if (inputs.size > 0) properties.set('input_values', inputs);
    const type = kind === 'structured' ? 'OS::Heat::StructuredDeployment' : 'OS::Heat::SoftwareDeployment';
    return resource(type, properties, dependsOn);
  }

  /** As it stands in the template. */
  #written(path: Path): Value {
    let value: Value = this.#stack.template.document.value;
    for (const step of path) {
      if (isMap(value)) value = value.get(step as Value) ?? null;
      else value = isList(value) ? (value[step as number] ?? null) : null;
    }
    return value;
  }

  /** What runs on a server that may be left out is left out with it. */
  #conditionOfHost(server: string): Value | undefined {
    const key = this.#stack.template.dialect.resourceKeys.condition;
    const source = this.#stack.template.resources.get(server);
    return key === undefined || !isMap(source) ? undefined : source.get(key);
  }
}

function resource(type: string, properties: ValueMap, dependsOn: ReadonlySet<string> = new Set()): ValueMap {
  const source = new Map<Value, Value>([['type', type]]);
  if (dependsOn.size > 0) source.set('depends_on', [...dependsOn]);
  return source.set('properties', properties);
}

function withCondition(source: ValueMap, condition: Value | undefined): ValueMap {
  return condition === undefined ? source : new Map([...source, ['condition', condition]]);
}

function named(name: Value): ValueMap {
  return new Map([['name', name]]);
}

/** The action of the deployment of a step. */
function actionOf(step: ComponentStep): string {
  return CREATION_STEPS.includes(step) ? 'CREATE' : step.toUpperCase();
}
