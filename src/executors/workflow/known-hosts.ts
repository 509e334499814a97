/** What an SSH host proved itself with: the key as it is on the wire. */
export type HostKey = Uint8Array;

/**
 * Whether a key is that of a host, by the text of a known_hosts file (sshd(8)): plain names, `[name]:port`, patterns with
 * `*` and `?`, names that are excluded with `!`, hashed names, and `@revoked` keys. Certificate authorities are passed
 * over.
 */
export async function isKnownHost(knownHosts: string, host: string, port: number, key: HostKey): Promise<boolean> {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  const wanted = base64(key);
  let known = false;
  for (const line of knownHosts.split(/\r?\n/)) {
    const fields = line.trim().split(/\s+/);
    const marker = fields[0]?.startsWith('@') === true ? fields.shift() : undefined;
    const [names, , encoded] = fields;
    if (names === undefined || names.startsWith('#') || encoded !== wanted) continue;
    if (marker === '@cert-authority' || !(await matches(names, name))) continue;
    if (marker === '@revoked') return false;
    known = true;
  }
  return known;
}

async function matches(names: string, name: string): Promise<boolean> {
  if (names.startsWith('|1|')) {
    const [, , salt = '', hash = ''] = names.split('|');
    return (await hmacSha1(fromBase64(salt), name)) === hash;
  }
  let found = false;
  for (const pattern of names.toLowerCase().split(',')) {
    const excluded = pattern.startsWith('!');
    if (!toExpression(excluded ? pattern.slice(1) : pattern).test(name)) continue;
    if (excluded) return false;
    found = true;
  }
  return found;
}

function toExpression(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`);
}

async function hmacSha1(salt: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', salt, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  return base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text))));
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
