import type { CharTest } from './syntax-tree.ts';

// Characters that Python's re takes as the same although neither is the other's lower case.
const ALIKE: readonly (readonly number[])[] = [
  [0x69, 0x131],
  [0x73, 0x17f],
  [0xb5, 0x3bc],
  [0x345, 0x3b9, 0x1fbe],
  [0x390, 0x1fd3],
  [0x3b0, 0x1fe3],
  [0x3b2, 0x3d0],
  [0x3b5, 0x3f5],
  [0x3b8, 0x3d1],
  [0x3ba, 0x3f0],
  [0x3c0, 0x3d6],
  [0x3c1, 0x3f1],
  [0x3c2, 0x3c3],
  [0x3c6, 0x3d5],
  [0x432, 0x1c80],
  [0x434, 0x1c81],
  [0x43e, 0x1c82],
  [0x441, 0x1c83],
  [0x442, 0x1c84, 0x1c85],
  [0x44a, 0x1c86],
  [0x463, 0x1c87],
  [0x1e61, 0x1e9b],
  [0xa64b, 0x1c88],
  [0xfb05, 0xfb06],
];

const CLASS_OF: ReadonlyMap<number, readonly number[]> = new Map(
  ALIKE.flatMap((alike) => alike.map((code) => [code, alike] as const)),
);

/** Unicode's simple lower case of one character. */
export function lower(code: number, ascii: boolean): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  if (ascii) return code;
  // The only character whose full lower case is longer than the simple one.
  if (code === 0x130) return 0x69;
  return single(String.fromCodePoint(code).toLowerCase()) ?? code;
}

function single(text: string): number | undefined {
  const code = text.codePointAt(0) as number;
  return text.length === (code > 0xffff ? 2 : 1) ? code : undefined;
}

/** The same number for all characters that are equal when case is ignored. */
export function folded(code: number, ascii: boolean): number {
  const small = lower(code, ascii);
  return ascii || (small < 128 && small !== 0x69 && small !== 0x73) ? small : (CLASS_OF.get(small)?.[0] ?? small);
}

/** A test of a set of characters with case ignored. */
export function ignoringCase(test: CharTest, ascii: boolean): CharTest {
  return (code) => test(code) || variants(code, ascii).some(test);
}

function variants(code: number, ascii: boolean): number[] {
  const small = lower(code, ascii);
  const found = new Set([small]);
  for (const alike of ascii ? [] : (CLASS_OF.get(small) ?? [])) found.add(alike);
  for (const each of Array.from(found)) {
    if (each < 128) {
      if (each >= 97 && each <= 122) found.add(each - 32);
    } else if (!ascii) {
      const upper = single(String.fromCodePoint(each).toUpperCase());
      if (upper !== undefined) found.add(upper);
    }
  }
  // K and å have upper cases that are signs of their own.
  if (!ascii && small === 0x6b) found.add(0x212a);
  if (!ascii && small === 0xe5) found.add(0x212b);
  if (!ascii && small === 0x3c9) found.add(0x2126);
  if (!ascii && small === 0x69) found.add(0x130);
  return [...found];
}
