import { Float } from '../../values/value.ts';
import { DateTime } from '../datetime/datetime.ts';
import { TimeSpan } from '../datetime/timespan.ts';
import { bitLength } from '../numbers/power.ts';
import { lengthOf } from '../text/code-points.ts';
import { Dict } from './dict.ts';
import { FrozenSet } from './frozen-set.ts';
import { List, type Runtime } from './objects.ts';

// sys.getsizeof of 64-bit CPython 3.11, which is what Heat's memory quota counts: one object without what it holds.
const OBJECT = 48;

/** Bytes of a value by itself, as CPython 3.11 counts them. */
export function sizeOf(value: Runtime): number {
  if (value === null) return 16;
  switch (typeof value) {
    case 'string':
      return stringSize(value);
    case 'boolean':
      return value ? 28 : 24;
    case 'number':
      return Number.isInteger(value) ? intSize(value) : 24;
    case 'bigint':
      return 24 + 4 * Math.ceil(bitLength(value) / 30);
    default:
  }
  if (Array.isArray(value)) return 40 + 8 * value.length;
  if (value instanceof Float) return 24;
  if (value instanceof List) return 56 + 8 * grownList(value.items.length);
  if (value instanceof Dict) return value.frozen ? 56 : dictSize(value);
  if (value instanceof FrozenSet) return setSize(value.size);
  if (value instanceof DateTime) return OBJECT;
  return value instanceof TimeSpan ? 40 : OBJECT;
}

function intSize(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return 24;
  return magnitude < 2 ** 30 ? 28 : 32;
}

const BEYOND_ASCII = /[^\0-\x7f]/;
const BEYOND_LATIN = /[^\0-\xff]/;
const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]/;

function stringSize(text: string): number {
  if (!BEYOND_ASCII.test(text)) return 49 + text.length;
  if (!BEYOND_LATIN.test(text)) return 73 + text.length;
  return SURROGATES.test(text) ? 76 + 4 * lengthOf(text) : 74 + 2 * text.length;
}

// A list that was built item by item has room to grow.
function grownList(length: number): number {
  let room = 0;
  while (room < length) room = (room + 1 + ((room + 1) >> 3) + 6) & ~3;
  return room;
}

function dictSize(dict: Dict): number {
  if (dict.size === 0) return 64;
  let slots = 8;
  while (Math.floor((slots * 2) / 3) < dict.size) slots *= 2;
  let textOnly = true;
  for (const [key] of dict.entries()) {
    if (typeof key === 'string') continue;
    textOnly = false;
    break;
  }
  const index = slots <= 128 ? 1 : slots <= 32768 ? 2 : 4;
  return 96 + slots * index + Math.floor((slots * 2) / 3) * (textOnly ? 16 : 24);
}

function setSize(size: number): number {
  if (size < 5) return 216;
  let slots = 8;
  while (size * 5 >= (slots - 1) * 3) slots *= size > 50000 ? 2 : 4;
  return 216 + 16 * slots;
}
