import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HEAT_IMPLICIT_RULES,
  type ImplicitRule,
  implicitDependencies,
  PropertyFailure,
  type RuleResource,
} from '../../src/catalog/catalog.ts';
import { valueKey } from '../../src/catalog/implicit/value-key.ts';
import { equals } from '../../src/values/equality.ts';
import { Float, type Value } from '../../src/values/value.ts';
import { plainResource } from './planned-stack.ts';

const none = (): number[] => [];

describe('The key of a value', () => {
  const scalar = fc.oneof(
    fc.constantFrom<Value>(null, true, false, 0, 1, -1, 2, 1.5, '', '1', 'null', "'", '[', '1,', 'True'),
    fc.constantFrom<Value>(new Float(1), new Float(-0), new Float(2 ** 53), 9007199254740993n, 2n ** 53n, -(2n ** 60n)),
    fc.constantFrom<Value>(new Float(Number.POSITIVE_INFINITY), new Float(Number.NEGATIVE_INFINITY)),
    fc.string({ maxLength: 3 }),
    fc.integer({ min: -3, max: 3 }),
    fc.uint8Array({ maxLength: 2 }),
  );
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .uniqueArray(fc.tuple(fc.constantFrom<Value>('a', 'b', '1', 1, true, null, 2), tie('value')), {
          maxLength: 3,
          // What Python takes for one key is one key.
          selector: ([key]) => valueKey(key),
        })
        .map((entries) => new Map(entries)),
    ),
  }));

  it('is the same exactly for values that are equal to Python', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(valueKey(a) === valueKey(b)).toBe(equals(a, b));
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same for a copy in another order', () => {
    fc.assert(
      fc.property(value, (a) => {
        const b = a instanceof Map ? new Map([...(a as ReadonlyMap<Value, Value>)].reverse()) : a;
        expect(valueKey(a)).toBe(valueKey(b));
      }),
    );
  });

  it('is none for what is not equal to itself', () => {
    expect(valueKey(new Float(Number.NaN))).toBeUndefined();
    expect(valueKey([1, new Float(Number.NaN)])).toBeUndefined();
    expect(valueKey(new Map([['a', new Float(Number.NaN)]]))).toBeUndefined();
  });
});

describe('Applying rules', () => {
  it('reads no property of a stack whose types no rule speaks for', () => {
    const resources = ['OS::Heat::None', 'OS::Neutron::Subnet', 'OS::Neutron::RouterInterface', 'My::Type'].map(
      (type, index): RuleResource => ({
        index,
        name: `r${index}`,
        type,
        property: () => {
          throw new Error('must not be read');
        },
      }),
    );
    const explicit = (): number[] => {
      throw new Error('must not be asked');
    };
    expect(implicitDependencies(resources, explicit, HEAT_IMPLICIT_RULES)).toEqual([]);
  });

  it('reads each property a few times, however many resources there are', () => {
    let reads = 0;
    const counted = (index: number, type: string, properties: Record<string, Value>): RuleResource => ({
      ...plainResource(index, type, properties),
      property: (name) => {
        reads++;
        return properties[name];
      },
    });
    const size = 2000;
    const resources = Array.from({ length: size }, (_, i) => [
      counted(4 * i, 'OS::Neutron::Subnet', { network: `n${i}` }),
      counted(4 * i + 1, 'OS::Neutron::Port', { network: `n${i}` }),
      counted(4 * i + 2, 'OS::Nova::Server', { networks: [new Map([['network', `n${i}`]])] }),
      counted(4 * i + 3, 'OS::Neutron::Router', { external_gateway_info: new Map([['network', `n${i}`]]) }),
    ]).flat();
    const edges = implicitDependencies(resources, none, HEAT_IMPLICIT_RULES);
    expect(edges).toHaveLength(3 * size);
    expect(reads).toBeLessThan(10 * resources.length);
  });

  it('says which rule and which property, in the words of the template', () => {
    const resources: RuleResource[] = [
      plainResource(0, 'OS::Neutron::Subnet', { network: 'n' }),
      { ...plainResource(1, 'OS::Neutron::Port', { network: 'n' }), writtenAs: (name) => `${name}_id` },
      plainResource(2, 'OS::Nova::Server', { networks: [new Map([['network', 'm']]), new Map([['network', 'n']])] }),
      plainResource(3, 'OS::Neutron::Router', { external_gateway_info: new Map([['network', 'n']]) }),
    ];
    expect(implicitDependencies(resources, none, HEAT_IMPLICIT_RULES)).toEqual([
      { requirer: 1, required: 0, rule: 'port-subnet', path: ['network_id'] },
      { requirer: 3, required: 0, rule: 'router-subnet', path: ['external_gateway_info', 'network'] },
      { requirer: 2, required: 0, rule: 'server-subnet', path: ['networks', 1] },
    ]);
  });

  it('uses the indexes that the caller gave', () => {
    const resources = [
      plainResource(70, 'OS::Neutron::RouterInterface', { subnet: 's' }),
      plainResource(50, 'OS::Neutron::Port', { fixed_ips: [new Map([['subnet', 's']])] }),
      plainResource(90, 'OS::Neutron::FloatingIPAssociation', {}),
    ];
    const explicit = (index: number): number[] => (index === 90 ? [50, 12345] : []);
    const edges = implicitDependencies(resources, explicit, HEAT_IMPLICIT_RULES);
    expect(edges.map(({ requirer, required }) => [requirer, required])).toEqual([[90, 70]]);
  });

  it('tells once what Heat would stop at', () => {
    const both = new PropertyFailure('StackValidationFailed', 'two names');
    const resources: RuleResource[] = [
      { ...plainResource(0, 'OS::Neutron::Subnet', {}), property: () => both },
      plainResource(1, 'OS::Neutron::Port', { network: 'n' }),
      plainResource(2, 'OS::Nova::Server', { networks: [new Map([['network', 'n']])] }),
    ];
    const refusals: unknown[] = [];
    implicitDependencies(resources, none, HEAT_IMPLICIT_RULES, (refusal) => refusals.push(refusal));
    expect(refusals).toEqual([{ index: 0, property: 'network', failure: both }]);
  });

  it('lets a later rule see what an earlier one added', () => {
    const first: ImplicitRule = {
      name: 'first',
      types: ['A'],
      apply: (stack) => {
        for (const a of stack.madeOf('A')) for (const b of stack.ofType('B')) stack.add(a, b, []);
      },
    };
    const seen: string[] = [];
    const second: ImplicitRule = {
      name: 'second',
      types: ['A'],
      apply: (stack) => {
        for (const a of stack.madeOf('A'))
          for (const required of stack.directlyRequired(a.index)) seen.push(required.name);
      },
    };
    const resources = [plainResource(0, 'A', {}), plainResource(1, 'B', {}), plainResource(2, 'C', {})];
    implicitDependencies(resources, (index) => (index === 0 ? [2] : []), [first, second]);
    expect(seen).toEqual(['r2', 'r1']);
  });
});
