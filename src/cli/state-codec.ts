import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { Json, StateCodec } from '../index.ts';

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts hidden values of a state with AES-256-GCM, under a key that scrypt makes of a secret and a salt. */
export function stateCodec(secret: Uint8Array): StateCodec {
  const salt = randomBytes(SALT_BYTES);
  // To make a key takes a while: one for each salt.
  const keys = new Map<string, Buffer>();
  const keyOf = (one: Buffer): Buffer => {
    const name = one.toString('hex');
    const key = keys.get(name) ?? scryptSync(secret, one, 32);
    keys.set(name, key);
    return key;
  };
  return {
    hide(value: Json): Json {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(salt), nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([salt, nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    reveal(hidden: Json): Json {
      const all = Buffer.from(String(hidden), 'base64');
      const nonce = all.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
      const text = all.subarray(SALT_BYTES + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(all.subarray(0, SALT_BYTES)), nonce);
      decipher.setAuthTag(all.subarray(SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES));
      return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')) as Json;
    },
  };
}
