import { describe, expect, it } from 'vitest';
import {
  extendCatalog,
  HEAT_CATALOG,
  hasAttribute,
  type ResourceType,
  STOCK_REGISTRY,
} from '../../src/catalog/catalog.ts';

function typeOf(name: string): ResourceType {
  const type = HEAT_CATALOG.get(name);
  if (type === undefined) throw new Error(`${name} is missing`);
  return type;
}

describe("The catalog of Heat's types", () => {
  it('has the 183 types that Heat lists and the 15 that it hides', () => {
    const names = [...HEAT_CATALOG.names()];
    const hidden = names.filter((name) => typeOf(name).support[0]?.status === 'HIDDEN');
    expect(names.length - hidden.length).toBe(183);
    expect(hidden).toHaveLength(15);
    expect(hidden).toContain('OS::Neutron::RouterGateway');
    expect(names).toEqual([...names].sort());
  });

  it('knows no other, whatever its name', () => {
    for (const name of ['', 'OS::Nova::server', '__proto__', 'constructor', 'toString', '0']) {
      expect(HEAT_CATALOG.has(name)).toBe(false);
      expect(HEAT_CATALOG.get(name)).toBeUndefined();
    }
  });

  it('gives the same facts each time', () => {
    expect(HEAT_CATALOG.get('OS::Nova::Server')).toBe(HEAT_CATALOG.get('OS::Nova::Server'));
  });

  it('suggests what was meant', () => {
    expect(HEAT_CATALOG.suggest('OS::Nova::Sever')[0]).toBe('OS::Nova::Server');
    expect(HEAT_CATALOG.suggest('OS::neutron::port')[0]).toBe('OS::Neutron::Port');
    expect(HEAT_CATALOG.suggest('My::Own::Thing')).toEqual([]);
  });

  it('says of a property what Heat checks and what an update does', () => {
    const { properties } = typeOf('OS::Neutron::Port');
    expect(properties.get('network')).toMatchObject({ type: 'String', required: true, updateAllowed: false });
    expect(properties.get('network_id')?.support[0]).toEqual({ status: 'HIDDEN', version: '5.0.0' });
    expect(properties.get('admin_state_up')).toMatchObject({ type: 'Boolean', default: true, updateAllowed: true });
    expect(properties.get('binding:vnic_type')?.constraints).toEqual([
      { kind: 'allowed_values', values: expect.arrayContaining(['normal', 'direct']) },
    ]);
    const address = properties.get('fixed_ips')?.schema?.get('*');
    expect(address?.type).toBe('Map');
    expect(address?.schema?.get('ip_address')?.constraints).toEqual([{ kind: 'custom_constraint', name: 'ip_addr' }]);
    expect(typeOf('OS::Heat::RandomString').properties.get('length')).toMatchObject({
      type: 'Integer',
      default: 32,
      constraints: [{ kind: 'range', min: 1, max: 512 }],
    });
  });

  it('says which attributes there are', () => {
    const port = typeOf('OS::Neutron::Port');
    expect(port.attributes.get('fixed_ips')?.type).toBe('List');
    expect(port.attributes.get('mac_address')?.type).toBe('String');
    expect(hasAttribute(port, 'show')).toBe(true);
    expect(hasAttribute(port, 'no_such')).toBe(false);
    expect(hasAttribute(typeOf('OS::Heat::None'), 'whatever')).toBe(true);
    expect(hasAttribute(typeOf('OS::Heat::ResourceGroup'), 'resource.3.ip')).toBe(true);
    expect(hasAttribute(typeOf('OS::Heat::Stack'), 'outputs')).toBe(true);
  });

  it('says what a class is like', () => {
    expect(typeOf('OS::Heat::ResourceGroup').nested).toBe(true);
    expect(typeOf('OS::Nova::Server')).toMatchObject({ nested: false, service: 'nova', entity: 'servers' });
    expect(typeOf('OS::Nova::Server').reference).toBe('physical_id');
    expect(typeOf('OS::Neutron::Net').reference).toBe('physical_id_only');
    expect(typeOf('AWS::IAM::User').reference).toBe('physical_name');
    expect(typeOf('OS::Nova::Server').actions).toContain('suspend');
    expect(typeOf('OS::Neutron::Net').actions).not.toContain('suspend');
    expect(typeOf('OS::Nova::Server').replaceDecisions).toContain('needs_replace_with_prop_diff');
    expect(typeOf('OS::Heat::None').placeholder).toBe(true);
    expect(typeOf('OS::Nova::Server').readWhenMade).toEqual(['user_data_format']);
  });

  it('can be read whole', () => {
    const schemas = [...HEAT_CATALOG.names()].flatMap((name) => [...typeOf(name).properties.values()]);
    const constraints = schemas.flatMap((schema) => schema.constraints);
    expect(schemas.length).toBeGreaterThan(1200);
    expect(constraints.length).toBeGreaterThan(400);
    expect(new Set(schemas.map(({ type }) => type))).toEqual(
      new Set(['String', 'Integer', 'Number', 'Boolean', 'Map', 'List', 'Any']),
    );
    const named = constraints.flatMap((constraint) =>
      constraint.kind === 'custom_constraint' ? [constraint.name] : [],
    );
    expect(named.filter((name) => !/^[a-z0-9_.]+$/.test(name))).toEqual([]);
  });

  it('lists the aliases of the stock environment, all to types that there are', () => {
    expect(STOCK_REGISTRY.get('OS::Quantum*')).toBe('OS::Neutron*');
    const names = [...HEAT_CATALOG.names()];
    const unknown = [...STOCK_REGISTRY.values()].filter((target) => {
      const exact = !target.endsWith('*');
      return !names.some((name) => (exact ? name === target : name.startsWith(target.slice(0, -1))));
    });
    expect(unknown).toEqual([]);
  });
});

describe('An extended catalog', () => {
  const catalog = extendCatalog(HEAT_CATALOG, {
    types: [
      {
        name: 'Acme::Database',
        properties: {
          size: { type: 'Integer', required: true },
          tags: { type: 'List', schema: { '*': { type: 'String' } } },
        },
        attributes: new Map([['endpoint', { type: 'String' as const }]]),
      },
      { name: 'OS::Nova::Server', nested: true },
      { name: '__proto__' },
    ],
  });

  it('has the types of both, the later one first', () => {
    expect(catalog.has('Acme::Database')).toBe(true);
    expect(catalog.has('OS::Neutron::Net')).toBe(true);
    expect(catalog.get('OS::Nova::Server')?.nested).toBe(true);
    expect(catalog.get('__proto__')?.name).toBe('__proto__');
    expect(catalog.get('constructor')).toBeUndefined();
    const names = [...catalog.names()];
    expect(names.slice(-2)).toEqual(['Acme::Database', '__proto__']);
    expect(new Set(names).size).toBe(names.length);
    expect(catalog.suggest('Acme::Databse')).toEqual(['Acme::Database']);
  });

  it('fills in what a description leaves out', () => {
    const type = catalog.get('Acme::Database');
    expect(type?.properties.get('size')).toEqual({
      type: 'Integer',
      required: true,
      updateAllowed: false,
      immutable: false,
      constraints: [],
      implemented: true,
      allowConversion: false,
      support: [{ status: 'SUPPORTED' }],
    });
    expect(type?.properties.get('tags')?.schema?.get('*')?.type).toBe('String');
    expect(type?.attributes.get('endpoint')).toEqual({
      type: 'String',
      cached: true,
      support: [{ status: 'SUPPORTED' }],
    });
    expect(type?.reference).toBe('physical_id');
  });

  it('leaves its base as it was', () => {
    expect(HEAT_CATALOG.has('Acme::Database')).toBe(false);
    expect(HEAT_CATALOG.get('OS::Nova::Server')?.nested).toBe(false);
  });

  it('can be extended again', () => {
    const again = extendCatalog(catalog, { types: [{ name: 'Acme::Cache' }], rules: [] });
    expect(again.has('Acme::Database') && again.has('Acme::Cache')).toBe(true);
    expect(again.implicitRules).toEqual(HEAT_CATALOG.implicitRules);
  });
});
