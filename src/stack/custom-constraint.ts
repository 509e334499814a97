import type { Value } from '../values/value.ts';
import { isCidr, isDnsName, isIpAddress, isMacAddress } from './network-address.ts';

/** Undefined: kept, or it takes a service to know. Otherwise what is wrong. */
type Check = (value: string) => string | undefined;

const when = (condition: boolean, problem: string): string | undefined => (condition ? undefined : problem);

/** The checks of `heat.engine.constraint.common_constraints` that need no service and no clock. */
const LOCAL_CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ip_addr', (value) => when(isIpAddress(value), 'is no IP address')],
  ['mac_addr', (value) => when(isMacAddress(value), 'is no MAC address')],
  ['net_cidr', (value) => when(isCidr(value), 'is no network in CIDR notation')],
  [
    'ip_or_cidr',
    (value) => when(value.includes('/') ? isCidr(value) : isIpAddress(value), 'is neither IP address nor CIDR'),
  ],
  ['dns_name', (value) => when(isDnsName(value), 'is no DNS name')],
  [
    'rel_dns_name',
    (value) =>
      when(
        value === '' || (!value.endsWith('.') && value.length <= 252 && isDnsName(value)),
        'is no relative DNS name',
      ),
  ],
  [
    'dns_domain',
    (value) =>
      when(value === '' || (value.endsWith('.') && isDnsName(value)), 'is no DNS domain with a dot at its end'),
  ],
]);

/** Names of Heat's constraints that ask a service, a calendar or the clock: taken as kept. */
const REMOTE_PREFIXES =
  /^(barbican|blazar|cinder|designate|glance|ironic|keystone|magnum|manila|mistral|monasca|neutron|nova|octavia|sahara|senlin|trove|zaqar)\./;
const NOT_CHECKED: ReadonlySet<string> = new Set([
  'cron_expression',
  'expiration',
  'iso_8601',
  'timezone',
  'test_constr',
]);

/**
 * What is wrong with a value under one of Heat's named constraints; undefined when nothing is, or when only a service
 * could tell. An unknown name is refused, as Heat does.
 */
export function checkCustomConstraint(name: string, value: Value, shown: string): string | undefined {
  const check = LOCAL_CHECKS.get(name);
  if (check === undefined) {
    return NOT_CHECKED.has(name) || REMOTE_PREFIXES.test(name) ? undefined : `there is no constraint named '${name}'`;
  }
  const problem = typeof value === 'string' ? check(value) : 'is no text';
  return problem === undefined ? undefined : `${shown} ${problem}`;
}
