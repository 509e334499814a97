import { truthy } from '../../values/equality.ts';
import { isList, isMap, type Value } from '../../values/value.ts';
import { comparable, ValueIndex } from './compare.ts';
import type { ImplicitRule, RuleResource, RuleStack } from './rule.ts';
import { valueKey } from './value-key.ts';

/**
 * A server requires every subnet of the networks that it is attached to. Where one side's network is not known - an
 * entry with only a port, a subnet whose network is an attribute - it requires the subnet to be safe
 * (`heat.engine.resources.openstack.nova.server`).
 */
export const SERVER_SUBNET: ImplicitRule = {
  name: 'server-subnet',
  types: ['OS::Nova::Server'],
  apply(stack) {
    const attached = stack.madeOf('OS::Nova::Server').flatMap((server) => {
      const networks = comparable(stack, server, 'networks', true);
      return isList(networks) && networks.length > 0 ? [{ server, networks: networks.map(networkOf) }] : [];
    });
    if (attached.length === 0) return;
    const subnets = readSubnets(stack);
    for (const { server, networks } of attached) {
      const unknown = networks.findIndex((network) => !truthy(network));
      if (unknown >= 0) {
        for (const subnet of subnets.all) stack.add(server, subnet, ['networks', unknown]);
        continue;
      }
      for (const subnet of subnets.unknown) stack.add(server, subnet, ['networks']);
      const seen = new Set<string>();
      networks.forEach((network, i) => {
        const key = valueKey(network);
        if (key === undefined || seen.has(key)) return;
        seen.add(key);
        for (const subnet of subnets.byNetwork.equalTo(network)) stack.add(server, subnet, ['networks', i]);
      });
    }
  },
};

function networkOf(entry: Value): Value {
  return (isMap(entry) ? entry.get('network') : undefined) ?? null;
}

function readSubnets(stack: RuleStack): { all: RuleResource[]; unknown: RuleResource[]; byNetwork: ValueIndex } {
  const all: RuleResource[] = [];
  const unknown: RuleResource[] = [];
  const byNetwork = new ValueIndex();
  for (const subnet of stack.ofType('OS::Neutron::Subnet')) {
    const network = comparable(stack, subnet, 'network');
    if (network === undefined) continue;
    all.push(subnet);
    if (truthy(network)) byNetwork.add(network, subnet);
    else unknown.push(subnet);
  }
  return { all, unknown, byNetwork };
}
