import { requireEqualProperty } from './equal-properties.ts';
import type { ImplicitRule } from './rule.ts';

/**
 * A port requires every subnet of its network, as nobody knows yet which subnet it will be given an address of
 * (`heat.engine.resources.openstack.neutron.port`). Its fixed_ips are ordinary references.
 */
export const PORT_SUBNET: ImplicitRule = /* @__PURE__ */ requireEqualProperty(
  'port-subnet',
  { type: 'OS::Neutron::Port', property: 'network' },
  { type: 'OS::Neutron::Subnet', property: 'network' },
);
