/** The SM3 hash (GB/T 32905-2016), which OpenSSL has and @noble/hashes does not. */

const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

export function sm3(message: Uint8Array): Uint8Array {
  const blocks = padded(message);
  const state = Uint32Array.from(START);
  for (let offset = 0; offset < blocks.byteLength; offset += 64) compress(state, blocks, offset);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    digest.setUint32(4 * i, word);
  });
  return new Uint8Array(digest.buffer);
}

/** The message, a one bit, zeros, and its length in bits, filling whole blocks. */
function padded(message: Uint8Array): DataView {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
}

function compress(state: Uint32Array, blocks: DataView, offset: number): void {
  const words = expand(blocks, offset);
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let j = 0; j < 64; j++) {
    const early = j < 16;
    const rotated = rotate(a, 12);
    const first = rotate((rotated + e + rotate(early ? 0x79cc4519 : 0x7a879d8a, j % 32)) | 0, 7);
    const second = first ^ rotated;
    const majority = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const choice = early ? e ^ f ^ g : (e & f) | (~e & g);
    const left = (majority + d + second + (word(words, j) ^ word(words, j + 4))) | 0;
    const right = (choice + h + first + word(words, j)) | 0;
    [a, b, c, d] = [left, a, rotate(b, 9), c];
    [e, f, g, h] = [permute(right), e, rotate(f, 19), g];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = word(state, i) ^ value;
  });
}

function expand(blocks: DataView, offset: number): Uint32Array {
  const words = new Uint32Array(68);
  for (let j = 0; j < 16; j++) words[j] = blocks.getUint32(offset + 4 * j);
  for (let j = 16; j < 68; j++) {
    const x = word(words, j - 16) ^ word(words, j - 9) ^ rotate(word(words, j - 3), 15);
    words[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(word(words, j - 13), 7) ^ word(words, j - 6);
  }
  return words;
}

function word(words: Uint32Array, index: number): number {
  return words[index] as number;
}

function rotate(value: number, bits: number): number {
  return bits === 0 ? value : (value << bits) | (value >>> (32 - bits));
}

function permute(value: number): number {
  return value ^ rotate(value, 9) ^ rotate(value, 17);
}
