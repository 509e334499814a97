import { hexDigest } from '../../functions/hash-algorithms.ts';

/** Ids of one execution and of everything in it: UUIDs, the same ones each time for the same key and path in it. */
export function executionIds(key: string): (path?: string) => string {
  let count = 0;
  return (path = `/${count++}`) => uuidOf(`${key}${path}`);
}

/** In the form of a UUID of version 5. */
export function uuidOf(text: string): string {
  const hex = hexDigest('uuid', 'sha1', () => new TextEncoder().encode(text));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
