import { truthy } from '../../values/equality.ts';
import { isMap } from '../../values/value.ts';
import { comparable, indexByProperty } from './compare.ts';
import type { ImplicitRule } from './rule.ts';

/** A router with a gateway requires every subnet of the gateway's network (`...neutron.router`, `Router`). */
export const ROUTER_SUBNET: ImplicitRule = {
  name: 'router-subnet',
  types: ['OS::Neutron::Router'],
  apply(stack) {
    const gateways = stack.madeOf('OS::Neutron::Router').flatMap((router) => {
      const gateway = comparable(stack, router, 'external_gateway_info', true);
      return isMap(gateway) && truthy(gateway) ? [{ router, network: gateway.get('network') ?? null }] : [];
    });
    if (gateways.length === 0) return;
    const subnets = indexByProperty(stack, 'OS::Neutron::Subnet', 'network');
    for (const { router, network } of gateways) {
      for (const subnet of subnets.equalTo(network)) stack.add(router, subnet, ['external_gateway_info', 'network']);
    }
  },
};
