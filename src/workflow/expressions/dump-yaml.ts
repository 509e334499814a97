import { compareCodePoints } from '../../values/dump-json.ts';
import { reprFloat } from '../../values/text.ts';
import { Float, isList, type Value, type ValueMap } from '../../values/value.ts';
import { loadYaml } from '../../yaml/document.ts';

const WIDTH = 80;

/** PyYAML's `safe_dump(value, default_flow_style=False)`: block style, keys sorted, lines broken at 80. */
export function dumpYaml(value: Value): string {
  if (isEmptyOrScalar(value)) {
    const text = scalar(value, 0, 0);
    // A document that is one plain scalar needs its end marked.
    return /^["'[{]/.test(text) ? `${text}\n` : `${text}\n...\n`;
  }
  const lines: string[] = [];
  block(value, 0, lines, '');
  return `${lines.join('\n')}\n`;
}

function isEmptyOrScalar(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return true;
}

/** `lead` is what already stands on the first line. */
function block(value: Value, indent: number, lines: string[], lead: string): void {
  const pad = ' '.repeat(indent);
  let first = lead;
  if (isList(value)) {
    for (const item of value) {
      const start = `${first === '' ? pad : first}- `;
      first = '';
      if (isEmptyOrScalar(item)) lines.push(start + scalar(item, indent + 2, start.length));
      else block(item, indent + 2, lines, start);
    }
    return;
  }
  for (const [key, item] of sorted(value as ValueMap)) {
    const start = `${first === '' ? pad : first}${scalar(key, 0, 0)}:`;
    first = '';
    if (isEmptyOrScalar(item)) lines.push(`${start} ${scalar(item, indent + 2, start.length + 1)}`);
    else {
      lines.push(start);
      // A list stands under its key without being moved in.
      block(item, isList(item) ? indent : indent + 2, lines, '');
    }
  }
}

function sorted(map: ValueMap): (readonly [Value, Value])[] {
  const entries = [...map];
  if (!entries.every(([key]) => typeof key === 'string')) return entries;
  return entries.sort(([a], [b]) => compareCodePoints(a as string, b as string));
}

function scalar(value: Value, indent: number, column: number): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : float(value);
  if (value instanceof Float) return float(value.value);
  if (isList(value)) return '[]';
  if (value instanceof Map) return '{}';
  return typeof value === 'string' ? text(value, indent, column) : text(String(value), indent, column);
}

function float(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const plain = reprFloat(value);
  return plain.includes('.') || !plain.includes('e') ? plain : plain.replace('e', '.0e');
}

// What PyYAML's analyze_scalar lets stand without quotes.
const NOT_PLAIN = /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[-?:](?:[\s]|$)|: |:$| #|^\s|\s$|[\n\r\t\u0085\u2028\u2029]/u;
const SPECIAL =
  /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u0080-\uffff]|[\u{10000}-\u{10ffff}]/u;

function text(value: string, indent: number, column: number): string {
  if (value === '') return "''";
  // safe_dump writes ASCII only, so anything beyond is escaped in double quotes.
  if (SPECIAL.test(value) || / \n|\n /.test(value)) return doubleQuoted(value, indent, column);
  if (!NOT_PLAIN.test(value) && isText(value)) return folded(value, indent, column);
  return `'${folded(value.replaceAll("'", "''"), indent, column + 1, true)}'`;
}

function isText(value: string): boolean {
  const loaded = loadYaml(`- ${value}`);
  if (/^\d{4}-\d{1,2}-\d{1,2}/.test(value) || value === '=') return false;
  if (!loaded.ok) return false;
  const read = loaded.document.value;
  return isList(read) && read.length === 1 && read[0] === value;
}

/** Breaks at single spaces once a line is over 80; a line feed of the text becomes an empty line. */
function folded(value: string, indent: number, column: number, quoted = false): string {
  const pad = `\n${' '.repeat(indent)}`;
  return value
    .split('\n')
    .map((line, index) => {
      const words = line.split(/(?<=[^ ]) (?=[^ ])/);
      let at = index === 0 ? column : indent;
      let out = words[0] ?? '';
      at += out.length;
      for (const word of words.slice(1)) {
        if (at > WIDTH) {
          out += pad + word;
          at = indent + word.length;
        } else {
          out += ` ${word}`;
          at += word.length + 1;
        }
      }
      return out;
    })
    .join(quoted ? `\n${pad}` : pad);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u00a0', '\\_'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

function doubleQuoted(value: string, _indent: number, _column: number): string {
  let out = '';
  for (const char of value) {
    const code = char.codePointAt(0) as number;
    const short = ESCAPES.get(char);
    if (short !== undefined) out += short;
    else if (code >= 0x20 && code <= 0x7e) out += char;
    else if (code <= 0xff) out += `\\x${hex(code, 2)}`;
    else out += code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  }
  return `"${out}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}
