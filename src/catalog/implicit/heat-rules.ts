import { EXTRA_ROUTE, EXTRA_ROUTE_SET } from './extra-route.ts';
import { FLOATING_IP, FLOATING_IP_ASSOCIATION, FLOATING_IP_PORT_FORWARD } from './floating-ip.ts';
import { PORT_SUBNET } from './port-subnet.ts';
import { ROUTER_GATEWAY } from './router-gateway.ts';
import { ROUTER_SUBNET } from './router-subnet.ts';
import type { ImplicitRule } from './rule.ts';
import { SERVER_SUBNET } from './server-subnet.ts';
import { VPC_GATEWAY } from './vpc-gateway.ts';

/** The rules of all resource classes of Heat that override `add_dependencies`. */
export const HEAT_IMPLICIT_RULES: readonly ImplicitRule[] = [
  PORT_SUBNET,
  ROUTER_SUBNET,
  ROUTER_GATEWAY,
  FLOATING_IP,
  FLOATING_IP_ASSOCIATION,
  FLOATING_IP_PORT_FORWARD,
  EXTRA_ROUTE,
  EXTRA_ROUTE_SET,
  SERVER_SUBNET,
  VPC_GATEWAY,
];
