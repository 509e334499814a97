import { badNumber, badTagValue, unknownTag } from '../diagnostics/yaml.ts';
import { float, type Value } from '../values/value.ts';
import { BadNumber, parseFloatScalar, parseIntScalar } from './numbers.ts';
import { EQUALS, MERGE, type Resolved, resolvePlain } from './plain-scalar.ts';
import { Refusal } from './refusal.ts';

export const STANDARD = 'tag:yaml.org,2002:';

/** As a person would write it: `!!int` for `tag:yaml.org,2002:int`. */
export function shortTag(tag: string): string {
  if (tag.startsWith(STANDARD)) return `!!${tag.slice(STANDARD.length)}`;
  return tag.startsWith('!') ? tag : `!<${tag}>`;
}

/** What an untagged plain scalar means; `start` and `end` for the refusal of `0x_` and its like. */
export function plainValue(text: string, start: number, end: number): Resolved {
  try {
    return resolvePlain(text);
  } catch (error) {
    if (error instanceof BadNumber) throw new Refusal(badNumber(error.message, error.pythonError), start, end);
    throw error;
  }
}

/** What a scalar with an explicit tag means: its constructor gets any text, without the rules for plain ones. */
export function taggedScalar(tag: string, text: string, start: number, end: number): Resolved {
  switch (tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : '') {
    case 'str':
    case 'timestamp':
      return text;
    case 'null':
      return null;
    case 'merge':
      return MERGE;
    case 'value':
      return EQUALS;
    case 'bool':
      return taggedBool(text, start, end);
    case 'int':
      return number(tag, () => parseIntScalar(text), start, end);
    case 'float':
      return number(tag, () => float(parseFloatScalar(text)), start, end);
    case 'binary':
      return decodeBase64(text, start, end);
    default:
      throw new Refusal(unknownTag(shortTag(tag), 'scalar'), start, end);
  }
}

function number(tag: string, read: () => Value, start: number, end: number): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadNumber)) throw error;
    throw new Refusal(badTagValue(shortTag(tag), error.message, error.pythonError), start, end);
  }
}

function taggedBool(text: string, start: number, end: number): boolean {
  switch (text.toLowerCase()) {
    case 'yes':
    case 'true':
    case 'on':
      return true;
    case 'no':
    case 'false':
    case 'off':
      return false;
    default:
      throw new Refusal(badTagValue('!!bool', 'it is none of yes, no, true, false, on, off', 'KeyError'), start, end);
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Python's `base64.decodebytes`: what is not of the alphabet is passed over, the padding must be right. */
function decodeBase64(text: string, start: number, end: number): Uint8Array {
  if (/[^\0-\x7f]/.test(text)) throw new Refusal(badTagValue('!!binary', 'base64 is ASCII', 'ValueError'), start, end);
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let filled = 0;
  let bits = 0;
  let pads = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '=') {
      if (filled >= 2 && filled + ++pads >= 4) return bytes.slice(0, length);
      continue;
    }
    const six = ALPHABET.indexOf(char);
    if (six < 0) continue;
    pads = 0;
    bits = ((bits << 6) | six) & 0xffff;
    filled = (filled + 1) & 3;
    if (filled === 2) bytes[length++] = bits >> 4;
    else if (filled === 3) bytes[length++] = bits >> 2;
    else if (filled === 0) bytes[length++] = bits;
  }
  if (filled !== 0)
    throw new Refusal(badTagValue('!!binary', 'the base64 text is cut short', 'ValueError'), start, end);
  return bytes.slice(0, length);
}
