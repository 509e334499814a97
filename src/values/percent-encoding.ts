const UNRESERVED = /^[A-Za-z0-9_.~-]$/;

/** A lone surrogate: UTF-8 has no form for it, and Python raises UnicodeEncodeError. */
export class NotEncodable extends Error {}

/**
 * Python's `urllib.parse.quote(text, safe)`: UTF-8 bytes as `%XX`, but for letters, digits, `_.-~` and `safe`.
 *
 * @throws NotEncodable
 */
export function quote(text: string | Uint8Array, safe = '/'): string {
  if (typeof text !== 'string') return Array.from(text, (byte) => quoteByte(byte, safe)).join('');
  let quoted = '';
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code >= 0xd800 && code <= 0xdfff) throw new NotEncodable(`U+${code.toString(16).toUpperCase()}`);
    quoted += code < 0x80 ? quoteByte(code, safe) : encodeURIComponent(char);
  }
  return quoted;
}

/** Python's `quote_plus`: a blank becomes `+`, and nothing else is safe. */
export function quotePlus(text: string | Uint8Array): string {
  return quote(text, ' ').replaceAll(' ', '+');
}

function quoteByte(byte: number, safe: string): string {
  const char = String.fromCharCode(byte);
  if (byte < 0x80 && (UNRESERVED.test(char) || safe.includes(char))) return char;
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
