import { yamlText } from '../../src/export/hot-text.ts';
import { SeededRandom } from '../../src/testing/seeded-random.ts';
import type { Value } from '../../src/values/value.ts';

const VERSIONS = ['2013-05-23', '2015-10-15', '2016-10-14', '2018-08-31', '2021-04-16'];
const ODD_NAMES = [
  'a.b',
  'two words',
  'größe',
  '__proto__',
  'constructor',
  'yes',
  '0',
  'x_create_deploy',
  'null',
  '1e3',
];
const STEPS = ['create', 'configure', 'start', 'update', 'suspend', 'resume', 'delete'];
const OUTPUTS = ['url', 'endpoint', 'root', 'password'];
const SCRIPT = '#!/bin/sh\nset -e\n\techo "$port" > /etc/conf\n\nexit 0\n';

interface Made {
  readonly name: string;
  readonly kind: 'server' | 'resource' | 'component';
  readonly outputs: readonly string[];
  readonly attribute?: string;
}

/** A template with components that is right, the same for the same key. It refers only to what was made before. */
export function randomComponents(key: string): string {
  return yamlText(new Maker(key).template());
}

class Maker {
  readonly #random: SeededRandom;
  readonly #version: string;
  readonly #made: Made[] = [];
  readonly #resources = new Map<Value, Value>();
  readonly #components = new Map<Value, Value>();
  readonly #odd: string[];

  constructor(key: string) {
    this.#random = new SeededRandom(key);
    this.#version = this.#pick(VERSIONS);
    this.#odd = this.#random.below(3) === 0 ? this.#shuffled(ODD_NAMES) : [];
  }

  template(): Value {
    for (let i = 1 + this.#random.below(3); i > 0; i--) this.#server();
    for (let i = 2 + this.#random.below(6); i > 0; i--) {
      if (this.#random.below(4) === 0) this.#resource();
      else this.#component();
    }
    const sections: [Value, Value][] = [
      [
        'parameters',
        new Map([
          [
            'port',
            new Map<Value, Value>([
              ['type', 'number'],
              ['default', 3306],
            ]),
          ],
        ]),
      ],
      ['resources', new Map(this.#shuffled([...this.#resources]))],
      ['components', new Map(this.#shuffled([...this.#components]))],
      ['outputs', new Map(this.#outputs())],
    ];
    if (this.#hasConditions) sections.push(['conditions', new Map([['always', true]])]);
    return new Map<Value, Value>([['heat_template_version', this.#version], ...this.#shuffled(sections)]);
  }

  get #hasConditions(): boolean {
    return this.#version >= '2016-10-14';
  }

  #name(kind: string): string {
    return this.#odd.pop() ?? `${kind}${this.#made.length}`;
  }

  #server(): void {
    const name = this.#name('server');
    const properties = new Map<Value, Value>([
      ['flavor', 'm1.small'],
      ['image', 'cirros'],
      ['networks', [new Map([['network', 'private']])]],
    ]);
    if (this.#random.below(3) === 0) properties.set('user_data_format', 'SOFTWARE_CONFIG');
    const source = new Map<Value, Value>([
      ['type', 'OS::Nova::Server'],
      ['properties', properties],
    ]);
    if (this.#hasConditions && this.#random.below(4) === 0) source.set('condition', 'always');
    this.#resources.set(name, source);
    this.#made.push({ name, kind: 'server', outputs: [], attribute: 'first_address' });
  }

  #resource(): void {
    const name = this.#name('thing');
    const properties = new Map<Value, Value>([['salt', this.#random.below(2) === 0 ? 'pepper' : this.#reference()]]);
    const source = new Map<Value, Value>([
      ['type', 'OS::Heat::RandomString'],
      ['properties', properties],
    ]);
    const dependsOn = this.#some(this.#made.map((one) => one.name));
    if (dependsOn.length === 1 && this.#random.below(2) === 0) source.set('depends_on', dependsOn[0] as string);
    else if (dependsOn.length > 0) source.set('depends_on', dependsOn);
    this.#resources.set(name, source);
    this.#made.push({ name, kind: 'resource', outputs: [], attribute: 'value' });
  }

  #component(): void {
    const name = this.#name('part');
    const outputs = this.#some(OUTPUTS);
    const source = new Map<Value, Value>();
    const hosts = this.#made.filter(({ kind }) => kind !== 'resource');
    const connected = this.#some(this.#made.filter(({ kind }) => kind === 'component')).slice(0, 1);
    const relations: [string, string][] = [
      ['hosted_on', this.#pick(hosts).name],
      ...this.#some(this.#made).map((one): [string, string] => ['depends_on', one.name]),
      ...connected.map((one): [string, string] => ['connects_to', one.name]),
    ];
    if (this.#random.below(2) === 0) {
      source.set(
        'relationships',
        relations.map(([kind, other]) => new Map([[kind, other]])),
      );
    } else {
      for (const [kind, other] of relations) {
        if (kind === 'hosted_on') source.set(kind, other);
        else source.set(kind, [...((source.get(kind) ?? []) as readonly Value[]), other]);
      }
    }
    const inputs = this.#some(['port', 'host', 'secret']);
    if (inputs.length > 0) source.set('inputs', new Map(inputs.map((input) => [input, this.#value()])));
    if (outputs.length > 0) source.set('outputs', outputs);
    this.#work(source);
    this.#components.set(name, source);
    this.#made.push({ name, kind: 'component', outputs });
  }

  #work(source: Map<Value, Value>): void {
    const form = this.#random.below(5);
    if (form === 0) {
      if (this.#random.below(2) === 0) source.set('properties', new Map([['config', this.#script()]]));
    } else if (form === 1) {
      source.set('type', 'OS::Heat::SoftwareComponent');
      const actions = this.#shuffled(['CREATE', 'UPDATE', 'DELETE', 'SUSPEND', 'CUSTOM']);
      const split = 1 + this.#random.below(4);
      source.set(
        'configs',
        [actions.slice(0, split), actions.slice(split)].map(
          (some) =>
            new Map<Value, Value>([
              ['actions', some],
              ['config', this.#script()],
              ['tool', 'script'],
            ]),
        ),
      );
    } else if (form === 2) {
      source.set('type', 'OS::Heat::StructuredConfig');
      const config = (): Value =>
        new Map<Value, Value>([
          ['listen', new Map([['get_input', 'port']])],
          ['peer', this.#value()],
        ]);
      source.set('scripts', new Map(this.#some(STEPS).map((step) => [step, config()])));
    } else {
      if (this.#random.below(3) === 0) source.set('properties', new Map([['group', 'ansible']]));
      source.set('scripts', new Map(this.#some(STEPS).map((step) => [step, this.#script()])));
    }
  }

  #script(): Value {
    const form = this.#random.below(4);
    if (form === 0) return SCRIPT;
    if (form === 1) return 'echo done';
    const params = new Map<Value, Value>([['HOST', this.#value()]]);
    return new Map([
      [
        'str_replace',
        new Map<Value, Value>([
          ['template', 'ping HOST'],
          ['params', params],
        ]),
      ],
    ]);
  }

  #value(): Value {
    const form = this.#random.below(4);
    if (form === 0) return new Map([['get_param', 'port']]);
    return form === 1 ? 'fixed' : this.#reference();
  }

  #reference(): Value {
    const { name, outputs, attribute, kind } = this.#pick(this.#made);
    if (kind === 'component' && outputs.length > 0 && this.#random.below(4) > 0) {
      return new Map([['get_attr', [name, this.#pick(outputs)]]]);
    }
    if (attribute !== undefined && this.#random.below(2) === 0) return new Map([['get_attr', [name, attribute]]]);
    return new Map([['get_resource', name]]);
  }

  #outputs(): [Value, Value][] {
    return this.#some(['one', 'two']).map((name) => [name, new Map([['value', this.#reference()]])]);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.below(from.length)] as T;
  }

  #some<T>(from: readonly T[]): T[] {
    return from.filter(() => this.#random.below(3) === 0);
  }

  #shuffled<T>(from: readonly T[]): T[] {
    const list = [...from];
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.#random.below(i + 1);
      [list[i], list[j]] = [list[j] as T, list[i] as T];
    }
    return list;
  }
}
