import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { digestNeedsLength, unknownAlgorithm } from '../diagnostics/functions.ts';
import { PythonError } from './python-error.ts';
import { sm3 } from './sm3.ts';

type Hash = (bytes: Uint8Array) => Uint8Array;

/** Who answers to a name: OpenSSL does not mind its case, Python's own modules do. */
interface Algorithm {
  readonly hash: Hash | undefined;
  readonly spelling: 'any case' | 'lower or upper case' | 'lower case';
}

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['blake2b', { hash: (bytes) => blake2b(bytes), spelling: 'lower case' }],
  ['blake2s', { hash: (bytes) => blake2s(bytes), spelling: 'lower case' }],
  ['md5', { hash: (bytes) => md5(bytes), spelling: 'any case' }],
  ['md5-sha1', { hash: (bytes) => Uint8Array.of(...md5(bytes), ...sha1(bytes)), spelling: 'any case' }],
  ['ripemd160', { hash: (bytes) => ripemd160(bytes), spelling: 'any case' }],
  ['sha1', { hash: (bytes) => sha1(bytes), spelling: 'any case' }],
  ['sha224', { hash: (bytes) => sha224(bytes), spelling: 'any case' }],
  ['sha256', { hash: (bytes) => sha256(bytes), spelling: 'any case' }],
  ['sha384', { hash: (bytes) => sha384(bytes), spelling: 'any case' }],
  ['sha3_224', { hash: (bytes) => sha3_224(bytes), spelling: 'lower case' }],
  ['sha3_256', { hash: (bytes) => sha3_256(bytes), spelling: 'lower case' }],
  ['sha3_384', { hash: (bytes) => sha3_384(bytes), spelling: 'lower case' }],
  ['sha3_512', { hash: (bytes) => sha3_512(bytes), spelling: 'lower case' }],
  ['sha512', { hash: (bytes) => sha512(bytes), spelling: 'any case' }],
  ['sha512_224', { hash: (bytes) => sha512_224(bytes), spelling: 'lower or upper case' }],
  ['sha512_256', { hash: (bytes) => sha512_256(bytes), spelling: 'lower or upper case' }],
  // Their digests are as long as the caller likes, and Heat does not say.
  ['shake_128', { hash: undefined, spelling: 'lower case' }],
  ['shake_256', { hash: undefined, spelling: 'lower case' }],
  ['sm3', { hash: sm3, spelling: 'any case' }],
]);

/** `hashlib.algorithms_available` of Python 3.11 with OpenSSL 3. */
export const ALGORITHM_NAMES: readonly string[] = [...ALGORITHMS.keys()];

/**
 * `hashlib.new(algorithm)` and `hexdigest()`.
 *
 * @param bytes called once the algorithm is known, as Python encodes the text after that.
 * @throws PythonError ValueError for an unknown algorithm, TypeError for one without a length of its own.
 */
export function hexDigest(functionName: string, algorithm: string, bytes: () => Uint8Array): string {
  const found = ALGORITHMS.get(algorithm.toLowerCase());
  if (found === undefined || !spelledRight(algorithm, found.spelling)) {
    throw new PythonError('ValueError', unknownAlgorithm(functionName, algorithm, ALGORITHM_NAMES));
  }
  const input = bytes();
  if (found.hash === undefined) throw new PythonError('TypeError', digestNeedsLength(functionName, algorithm));
  return bytesToHex(found.hash(input));
}

function spelledRight(name: string, spelling: Algorithm['spelling']): boolean {
  if (spelling === 'any case' || name === name.toLowerCase()) return true;
  return spelling === 'lower or upper case' && name === name.toUpperCase();
}
