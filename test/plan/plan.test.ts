import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlan } from '../../src/plan/format-plan.ts';
import { plan } from '../../src/plan/plan.ts';
import { planToJSON } from '../../src/plan/plan-to-json.ts';
import { readState } from '../../src/state/read-state.ts';
import { writeState } from '../../src/state/write-state.ts';
import { bindPair, readPairs } from '../compile/update-pairs.ts';
import { bound, created, updated } from '../state/made.ts';

const NETWORK = `
resources:
  net: {type: OS::Neutron::Net, properties: {shared: false}}
  subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}, name: first}}
  server:
    type: OS::Nova::Server
    properties: {flavor: small, networks: [{port: {get_resource: port}}], metadata: {net: {get_attr: [net, name]}}}
  old: {type: OS::Heat::RandomString, deletion_policy: retain}
`;
const OLD = bound(NETWORK);
const NEW = bound(
  NETWORK.replace('type: OS::Neutron::Net,', 'type: OS::Neutron::ProviderNet,')
    .replace('shared: false', 'network_type: vlan')
    .replace('flavor: small', 'flavor: large')
    .replace(/ {2}old:.*/, '  fresh: {type: OS::Heat::RandomString, properties: {length: 8}}'),
);

describe('a plan', () => {
  it('says what becomes of each resource, and why', () => {
    const made = plan(OLD, NEW);
    expect(made.changes.map(({ name, kind, because }) => [name, kind, because])).toEqual([
      ['net', 'replaced', ['type']],
      ['subnet', 'unchanged', []],
      ['port', 'unchanged', []],
      ['server', 'updated', []],
      ['fresh', 'added', []],
      ['old', 'deleted', []],
    ]);
    expect(made.ok).toBe(true);
  });

  it('says who follows what is replaced, in turn', () => {
    expect(plan(OLD, NEW).undecided).toEqual([
      { resource: 'subnet', property: 'network', after: ['net'], mayBe: 'replaced' },
      { resource: 'port', property: 'network', after: ['net'], mayBe: 'replaced' },
      { resource: 'server', property: 'networks', after: ['port'], mayBe: 'updated' },
      { resource: 'server', property: 'metadata', after: ['net'], mayBe: 'updated' },
    ]);
  });

  it('has the tasks in an order in which they may run', () => {
    const { graph, order } = plan(OLD, NEW);
    expect(order.map((id) => `${id} ${graph.tasks[graph.indexOf(id)]?.action}`)).toEqual([
      'net REPLACE',
      'fresh CREATE',
      'old DELETE',
      'subnet UPDATE',
      'port UPDATE',
      'server UPDATE',
      'server//cleanup CLEANUP',
      'port//cleanup CLEANUP',
      'subnet//cleanup CLEANUP',
      'net//cleanup DELETE',
    ]);
  });

  it('reads like a code review', () => {
    expect(
      formatPlan(plan(OLD, NEW)),
    ).toBe(`-/+ net  OS::Neutron::Net → OS::Neutron::ProviderNet  (it is of another type)
      + network_type: "vlan"
      - shared: false
  ? subnet  OS::Neutron::Subnet
      ? network comes from 'net': may be replaced
  ? port  OS::Neutron::Port
      ? network comes from 'net': may be replaced
  ~ server  OS::Nova::Server
      ~ flavor: "small" → "large"
      ? networks comes from 'port': may be updated
      ? metadata comes from 'net': may be updated
  + fresh  OS::Heat::RandomString
      + length: 8
  - old  OS::Heat::RandomString  (the old one is kept)

1 to add, 1 to update, 1 to replace, 1 to delete, 2 unchanged; 3 of them to be decided when it runs.
`);
  });

  it('is JSON data for programs', () => {
    const json = planToJSON(plan(OLD, NEW));
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json).toMatchObject({ ok: true, added: ['fresh'], graph: { formatVersion: 1 } });
  });

  it('of a template that cannot be compiled is empty, and says why', () => {
    const made = plan(OLD, 'heat_template_version: 2018-08-31\nresources: {a: {type: No::Such::Type}}');
    expect(made).toMatchObject({ ok: false, changes: [], diagnostics: [{ code: 'RESOURCE_TYPE_UNKNOWN' }] });
  });

  it('compares with what was recorded: ids and attributes', () => {
    const old = bound(`
resources:
  a: {type: OS::Heat::RandomString}
  b: {type: OS::Heat::Value, properties: {value: {get_resource: a}}}
  c: {type: OS::Heat::Value, properties: {value: {get_attr: [a, value]}}}
`);
    const literal = bound(`
resources:
  a: {type: OS::Heat::RandomString}
  b: {type: OS::Heat::Value, properties: {value: the id of a}}
  c: {type: OS::Heat::Value, properties: {value: secret}}
`);
    const a = { status: 'COMPLETE', result: { physicalId: 'the id of a', attributes: { value: 'secret' } } };
    const state = created(old, {
      a,
      b: { ...a, inputs: { properties: new Map([['value', 'the id of a']]) } },
      c: { ...a, inputs: { properties: new Map([['value', 'secret']]) } },
    });
    expect(plan(state, literal).unchanged).toEqual(['a', 'b', 'c']);
    expect(plan(state, old).unchanged).toEqual(['a', 'b', 'c']);
  });

  it('knows of followers what their types decide themselves', () => {
    const text = `
resources:
  a: {type: OS::Heat::RandomString, properties: {length: 4}}
  new_one: {type: OS::Nova::Server, properties: {flavor: f, user_data: {get_resource: a}}}
  same_one: {type: OS::Nova::Server, properties: {flavor: f, user_data: {get_resource: a}, user_data_update_policy: IGNORE}}
`;
    const made = plan(bound(text), bound(text.replace('length: 4', 'length: 5')));
    expect(made.undecided.map(({ resource, mayBe }) => [resource, mayBe])).toEqual([
      ['new_one', 'replaced'],
      ['same_one', 'updated'],
    ]);
  });

  it('leaves open what was not recorded', () => {
    const stack = bound(`
resources:
  a: {type: OS::Heat::RandomString}
  c: {type: OS::Heat::RandomString, properties: {salt: {get_attr: [a, value]}}}
`);
    const made = plan(created(stack), stack);
    expect(made.unchanged).toEqual(['a', 'c']);
    expect(made.undecided).toEqual([{ resource: 'c', property: 'salt', after: ['a'], mayBe: 'replaced' }]);
  });

  it('replaces what has failed, unless the service must be asked', () => {
    const stack = bound(`
resources:
  string: {type: OS::Heat::RandomString}
  net: {type: OS::Neutron::Net}
  never_there: {type: OS::Neutron::Net}
`);
    const failed = { status: 'FAILED', attempts: 1 };
    const state = created(stack, {
      string: { ...failed, result: { physicalId: 'x' } },
      net: { ...failed, result: { physicalId: 'y' } },
      never_there: failed,
    });
    const made = plan(state, stack);
    expect(made.replaced).toEqual(['string', 'never_there']);
    expect(made.undecided).toEqual([{ resource: 'net', after: [], mayBe: 'replaced' }]);
  });

  it('goes by what the update does where Heat’s preview does not know old names of properties', () => {
    const old = bound('resources: {r: {type: OS::Neutron::RouterInterface, properties: {router_id: r, subnet: s}}}');
    const renamed = bound('resources: {r: {type: OS::Neutron::RouterInterface, properties: {router: r, subnet: s}}}');
    const made = plan(old, renamed);
    expect(made.changes).toMatchObject([{ name: 'r', kind: 'replaced', whenRun: 'updated' }]);
    expect(made.graph.tasks[0]?.action).toBe('UPDATE');
  });
});

describe('a plan is refused', () => {
  it.each([
    [
      'for an immutable property',
      'resources: {a: {type: OS::Neutron::Trunk, properties: {port: a}}}',
      'resources: {a: {type: OS::Neutron::Trunk, properties: {port: b}}}',
      ['PROPERTY_IMMUTABLE', 'NotSupported', 3],
    ],
    [
      'for an immutable parameter',
      'parameters: {p: {type: string, default: a, immutable: true}}',
      'parameters: {p: {type: string, default: b, immutable: true}}',
      ['PARAMETER_IMMUTABLE', 'ImmutableParameterModified', 2],
    ],
    [
      'for another external id',
      'resources: {a: {type: OS::Neutron::Net, external_id: a}}',
      'resources: {a: {type: OS::Neutron::Net, external_id: b}}',
      ['EXTERNAL_ID_CHANGED', 'NotSupported', 2],
    ],
  ])('%s', (_, old, next, [code, heat, line]) => {
    const { ok, diagnostics } = plan(bound(old), bound(next));
    expect(ok).toBe(false);
    expect(diagnostics).toMatchObject([{ code, heat }]);
    expect(diagnostics[0]?.place?.line).toBeLessThanOrEqual(Number(line));
  });

  it.each(['update', 'replace'] as const)('where the environment forbids to %s', (action) => {
    const text = (value: string): string =>
      `heat_template_version: 2018-08-31
resources: {a: {type: OS::Heat::TestResource, properties: {value: ${value}, update_replace: ${action === 'replace'}}}}`;
    const env = { name: 'env.yaml', text: `resource_registry: {resources: {a: {restricted_actions: ${action}}}}` };
    const made = plan(bound(text('x').split('\n').slice(1).join('\n')), text('y'), { environments: [env] });
    expect(made.diagnostics).toMatchObject([{ code: 'ACTION_RESTRICTED', heat: 'ResourceActionRestricted' }]);
  });
});

describe('hidden values', () => {
  const text = `
parameters: {password: {type: string, hidden: true}}
resources:
  kept: {type: OS::Heat::Value, properties: {value: {list_join: ['-', [x, {get_param: password}]]}}}
  new: {type: OS::Heat::Value, properties: {value: {get_param: password}}}
`;
  it('are in no plan', () => {
    const old = bound(text.replace(/ {2}new.*/, ''), { password: 'old-secret' });
    const made = plan(old, bound(text, { password: 'new-secret' }));
    expect(made.updated).toEqual(['kept']);
    const said = formatPlan(made) + JSON.stringify(planToJSON(made).changes);
    expect(said).not.toMatch(/secret/);
    expect(said).toMatch(/\*{6}/);
  });
});

describe('once an update is done', () => {
  const pairs = readPairs('corpus').filter(({ preview }) => !('error' in preview));

  it('the same update changes nothing any more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: pairs.length - 1 }), (index) => {
        const pair = pairs[index] as (typeof pairs)[number];
        const next = bindPair(pair, 'new');
        const { state, made } = updated(created(bindPair(pair, 'old')), next);
        if (!made.ok) return;
        const again = plan(state, next);
        // Some are updated or replaced each time: groups, provider templates, what cannot be read, ...
        const itself = plan(next, next);
        expect([again.added, again.deleted]).toEqual([[], []]);
        expect(itself.replaced).toEqual(expect.arrayContaining([...again.replaced]));
        expect(itself.updated).toEqual(expect.arrayContaining([...again.updated]));
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('nor does it after the state went through JSON', () => {
    for (const pair of pairs.slice(0, 40)) {
      const next = bindPair(pair, 'new');
      const { state } = updated(created(bindPair(pair, 'old')), next);
      const read = readState(JSON.parse(JSON.stringify(writeState(state))));
      if (!read.ok) throw new Error(`${pair.id}: ${read.diagnostics[0]?.message}`);
      expect(plan(read.state, next).unchanged, pair.id).toEqual(plan(state, next).unchanged);
    }
  });

  it('a stack against itself is unchanged', () => {
    for (const pair of pairs.slice(40, 140)) {
      const { added, deleted, replaced, updated: changed } = plan(bindPair(pair, 'new'), bindPair(pair, 'new'));
      expect([added, deleted], pair.id).toEqual([[], []]);
      if (pair.id.endsWith(': same') && 'unchanged' in pair.preview) {
        const [heatReplaced, heatUpdated] = [pair.preview.replaced, pair.preview.updated];
        expect([replaced.toSorted(), changed.toSorted()], pair.id).toEqual([heatReplaced, heatUpdated]);
      }
    }
  });
});
