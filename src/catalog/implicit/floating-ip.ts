import { truthy } from '../../values/equality.ts';
import { isList, isMap, type Value } from '../../values/value.ts';
import { comparable, comparableEither, requireEqual, ValueIndex } from './compare.ts';
import type { ImplicitRule, RuleResource, RuleStack } from './rule.ts';
import { valueKey } from './value-key.ts';

const GATEWAY = 'OS::Neutron::RouterGateway';
const INTERFACE = 'OS::Neutron::RouterInterface';
const PORT = 'OS::Neutron::Port';

/**
 * A floating address requires what joins its network to the outside - gateways, routers with a gateway - and the
 * router interfaces on the subnets of the ports that it requires (`heat.engine.resources.openstack.neutron.floatingip`).
 * A port without fixed addresses may be anywhere: then the interfaces whose subnet is not known are required. Heat
 * would ask Neutron for the others; here, as for Heat while nothing exists, the answer is no.
 */
export const FLOATING_IP: ImplicitRule = {
  name: 'floating-ip',
  types: ['OS::Neutron::FloatingIP'],
  apply(stack) {
    const addresses = stack.madeOf('OS::Neutron::FloatingIP');
    requireEqual(stack, addresses, 'floating_network', gatewaysByNetwork(stack));
    // What is a gateway as well has been looked at as one.
    const interfaces = stack.ofType(INTERFACE).filter((resource) => !stack.passesFor(resource, GATEWAY));
    requireInterfaces(stack, addresses, interfaces, (port, subnets) => {
      const entries = fixedIps(stack, port);
      if (entries === undefined) return [];
      if (entries.length > 0) return entries.map(subnetOf);
      // Read for its error alone: Heat needs the network to ask Neutron.
      if (subnets.hasOtherThan(null)) comparable(stack, port, 'network');
      return [null];
    });
  },
};

/** An association requires the router interface on the subnet of its port's first address (`FloatingIPAssociation`). */
export const FLOATING_IP_ASSOCIATION: ImplicitRule = {
  name: 'floating-ip-association',
  types: ['OS::Neutron::FloatingIPAssociation'],
  apply: (stack) => requireInterfaceOfFirstAddress(stack, 'OS::Neutron::FloatingIPAssociation'),
};

/** A port forward requires the same as an association (`FloatingIPPortForward`). */
export const FLOATING_IP_PORT_FORWARD: ImplicitRule = {
  name: 'floating-ip-port-forward',
  types: ['OS::Neutron::FloatingIPPortForward'],
  apply: (stack) => requireInterfaceOfFirstAddress(stack, 'OS::Neutron::FloatingIPPortForward'),
};

function requireInterfaceOfFirstAddress(stack: RuleStack, type: string): void {
  requireInterfaces(stack, stack.madeOf(type), stack.ofType(INTERFACE), (port) =>
    (fixedIps(stack, port) ?? []).slice(0, 1).map(subnetOf),
  );
}

/** Gateways and routers by the network outside. */
function gatewaysByNetwork(stack: RuleStack): ValueIndex {
  const index = new ValueIndex();
  for (const gateway of stack.ofType(GATEWAY)) {
    const network = comparableEither(stack, gateway, 'network', 'network_id');
    if (network !== undefined) index.add(network, gateway);
  }
  for (const router of stack.ofType('OS::Neutron::Router')) {
    if (stack.passesFor(router, GATEWAY) || stack.passesFor(router, INTERFACE)) continue;
    const gateway = comparable(stack, router, 'external_gateway_info');
    if (isMap(gateway) && truthy(gateway)) index.add(gateway.get('network') ?? null, router);
    else if (gateway !== undefined) index.addUnequal();
  }
  return index;
}

/** @param subnetsOf the subnets that an interface of a port of the requirer may be on. */
function requireInterfaces(
  stack: RuleStack,
  requirers: readonly RuleResource[],
  interfaces: readonly RuleResource[],
  subnetsOf: (port: RuleResource, interfaces: ValueIndex) => readonly Value[],
): void {
  const bySubnet = new ValueIndex();
  for (const resource of interfaces) {
    const subnet = comparableEither(stack, resource, 'subnet', 'subnet_id');
    if (subnet !== undefined) bySubnet.add(subnet, resource);
  }
  if (bySubnet.size === 0) return;
  for (const requirer of requirers) {
    const ports = [...stack.directlyRequired(requirer.index)].filter((resource) => stack.passesFor(resource, PORT));
    const seen = new Set<string | undefined>();
    for (const subnet of ports.flatMap((port) => subnetsOf(port, bySubnet))) {
      const key = valueKey(subnet);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const resource of bySubnet.equalTo(subnet)) stack.add(requirer, resource, []);
    }
  }
}

/** Undefined: not readable. */
function fixedIps(stack: RuleStack, port: RuleResource): readonly Value[] | undefined {
  const value = comparable(stack, port, 'fixed_ips');
  if (value === undefined) return undefined;
  return isList(value) ? value : [];
}

function subnetOf(entry: Value): Value {
  if (!isMap(entry)) return null;
  const subnet = entry.get('subnet') ?? null;
  return truthy(subnet) ? subnet : (entry.get('subnet_id') ?? null);
}
