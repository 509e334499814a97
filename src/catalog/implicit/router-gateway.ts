import { indexByProperty, requireEqual } from './compare.ts';
import type { ImplicitRule } from './rule.ts';

/**
 * A router's gateway requires the interfaces of the same router, and every subnet of its network, on one of which it
 * makes a port (`...neutron.router`, `RouterGateway`).
 */
export const ROUTER_GATEWAY: ImplicitRule = {
  name: 'router-gateway',
  types: ['OS::Neutron::RouterGateway'],
  apply(stack) {
    const gateways = stack.madeOf('OS::Neutron::RouterGateway');
    const interfaces = indexByProperty(stack, 'OS::Neutron::RouterInterface', 'router', true);
    requireEqual(stack, gateways, 'router_id', interfaces);
    const subnets = indexByProperty(stack, 'OS::Neutron::Subnet', 'network', true);
    requireEqual(stack, gateways, 'network', subnets);
  },
};
