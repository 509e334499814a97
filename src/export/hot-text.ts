import { reprFloat } from '../values/text.ts';
import { Float, type Value, type ValueMap } from '../values/value.ts';

/**
 * A value as YAML text in block style that PyYAML, as Heat uses it, reads as the same value. Scripts of several lines
 * are literal blocks. There are no anchors: what is shared is written out.
 */
export function yamlText(value: Value): string {
  const lines: string[] = [];
  if (isBlock(value)) writeBlock(value, 0, lines);
  else lines.push(scalarText(value));
  return `${lines.join('\n')}\n`;
}

const INDENT = 2;

type Block = ValueMap | readonly Value[];

/** What takes lines of its own: a map or list that is not empty. */
function isBlock(value: Value): value is Block {
  if (value instanceof Map) return value.size > 0;
  return Array.isArray(value) && value.length > 0;
}

function writeBlock(value: Block, indent: number, lines: string[]): void {
  const pad = ' '.repeat(indent);
  if (value instanceof Map) {
    for (const [key, item] of value as ValueMap) writeItem(keyHead(scalarText(key), pad, lines), item, indent, lines);
    return;
  }
  for (const item of value as readonly Value[]) {
    if (!isBlock(item)) {
      writeItem(`${pad}-`, item, indent, lines);
      continue;
    }
    // The first line of what is inside stands beside the dash.
    const at = lines.length;
    writeBlock(item, indent + INDENT, lines);
    lines[at] = `${pad}- ${(lines[at] as string).slice(indent + INDENT)}`;
  }
}

/** A key beside its colon may have 1,024 characters. */
function keyHead(key: string, pad: string, lines: string[]): string {
  if (key.length <= 1000) return `${pad}${key}:`;
  lines.push(`${pad}? ${key}`);
  return `${pad}:`;
}

function writeItem(head: string, value: Value, indent: number, lines: string[]): void {
  if (isBlock(value)) {
    lines.push(head);
    writeBlock(value, indent + INDENT, lines);
  } else if (typeof value === 'string' && isLiteral(value)) {
    const body = value.endsWith('\n') ? value.slice(0, -1) : value;
    lines.push(`${head} |${value.endsWith('\n') ? '' : '-'}`);
    const pad = ' '.repeat(indent + INDENT);
    for (const line of body.split('\n')) lines.push(line === '' ? '' : pad + line);
  } else lines.push(`${head} ${scalarText(value)}`);
}

/** Text that nobody takes for anything else; the words that YAML 1.1 takes for values are left out below. */
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*(?:::?[A-Za-z0-9_./-]+)*$/;
const WORDS = /^(?:y|yes|n|no|true|false|on|off|null)$/i;
// What YAML does not let stand as it is, or takes for a line break.
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const NOT_LITERAL = /[^\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/**
 * Text of several lines that a literal block gives back unchanged: it starts with no blank, which would look like
 * indentation, and ends with at most one line break.
 */
function isLiteral(text: string): boolean {
  return text.includes('\n') && !/^\s/.test(text) && !text.endsWith('\n\n') && !NOT_LITERAL.test(text);
}

function scalarText(value: Value): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return value.toString();
    case 'number':
      return Number.isInteger(value) ? value.toString() : floatText(value);
    case 'string':
      return stringText(value);
    default:
      return flowText(value);
  }
}

function flowText(value: Exclude<Value, null | boolean | string | bigint | number>): string {
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Uint8Array) return `!!binary "${base64(value)}"`;
  if (value instanceof Set) {
    return `!!set {${Array.from(value as ReadonlySet<Value>, (item) => `? ${scalarText(item)}`).join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(scalarText).join(', ')}]`;
  return `{${Array.from(value as ValueMap, ([key, item]) => `${scalarText(key)}: ${scalarText(item)}`).join(', ')}}`;
}

function stringText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  // JSON escapes the halves of broken pairs; YAML writes the rest of what cannot be printed in the same way.
  return JSON.stringify(text).replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** YAML 1.1 takes a number for a float only with a point in it, and an exponent only with a sign. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = reprFloat(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
