/** Addresses as OpenStack accepts them (`neutron_lib.api.validators`, `netaddr`). */

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const GROUP = /^[0-9a-fA-F]{1,4}$/;

export function isIpAddress(text: string): boolean {
  return IPV4.test(text) || isIpv6(text);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const dotted = last !== undefined && IPV4.test(last);
  const hex = dotted ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => GROUP.test(group))) return false;
  const count = hex.length + (dotted ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

/** An address, a slash and a prefix length. */
export function isCidr(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (prefix === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  if (IPV4.test(address)) return Number(prefix) <= 32;
  return isIpv6(address) && Number(prefix) <= 128;
}

const MAC_FORMS = [
  /^[0-9a-fA-F]{1,2}([:-])[0-9a-fA-F]{1,2}(?:\1[0-9a-fA-F]{1,2}){4}$/,
  /^[0-9a-fA-F]{1,4}([.:-])[0-9a-fA-F]{1,4}\1[0-9a-fA-F]{1,4}$/,
  /^[0-9a-fA-F]{5,6}-[0-9a-fA-F]{5,6}$/,
  /^[0-9a-fA-F]{11,12}$/,
];

export function isMacAddress(text: string): boolean {
  return MAC_FORMS.some((form) => form.test(text));
}

/** Mirrors `heat.common.netutils.validate_dns_format`. */
export function isDnsName(text: string): boolean {
  if (text === '') return true;
  const absolute = text.endsWith('.');
  const trimmed = absolute ? text.slice(0, -1) : text;
  if (trimmed.length > 255) return false;
  const labels = trimmed.split('.');
  if (!labels.every((label) => /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(label))) return false;
  return !(absolute && labels.length > 1 && /^\d+$/.test(labels.at(-1) as string));
}
