import { comparable, indexByProperty, requireEqual, ValueIndex } from './compare.ts';
import { requireEqualProperty } from './equal-properties.ts';
import type { ImplicitRule } from './rule.ts';

/** A route of a router requires the router's interfaces and gateways (`...neutron.extraroute`). */
export const EXTRA_ROUTE: ImplicitRule = {
  name: 'extra-route',
  types: ['OS::Neutron::ExtraRoute'],
  apply(stack) {
    const routes = stack.madeOf('OS::Neutron::ExtraRoute');
    requireEqual(stack, routes, 'router_id', indexByProperty(stack, 'OS::Neutron::RouterInterface', 'router'));
    const gateways = new ValueIndex();
    for (const gateway of stack.ofType('OS::Neutron::RouterGateway')) {
      if (stack.passesFor(gateway, 'OS::Neutron::RouterInterface')) continue;
      const router = comparable(stack, gateway, 'router_id');
      if (router !== undefined) gateways.add(router, gateway);
    }
    requireEqual(stack, routes, 'router_id', gateways);
  },
};

/** A set of routes requires the interfaces of its router (`...neutron.extrarouteset`). */
export const EXTRA_ROUTE_SET: ImplicitRule = /* @__PURE__ */ requireEqualProperty(
  'extra-route-set',
  { type: 'OS::Neutron::ExtraRouteSet', property: 'router' },
  { type: 'OS::Neutron::RouterInterface', property: 'router' },
);
