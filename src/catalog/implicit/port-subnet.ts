import { indexByProperty, requireEqual } from './compare.ts';
import type { ImplicitRule } from './rule.ts';

/**
 * A port requires every subnet of its network, as nobody knows yet which subnet it will be given an address of
 * (`heat.engine.resources.openstack.neutron.port`). Its fixed_ips are ordinary references.
 */
export const PORT_SUBNET: ImplicitRule = {
  name: 'port-subnet',
  types: ['OS::Neutron::Port'],
  apply(stack) {
    const subnets = indexByProperty(stack, 'OS::Neutron::Subnet', 'network');
    requireEqual(stack, stack.madeOf('OS::Neutron::Port'), 'network', subnets);
  },
};
