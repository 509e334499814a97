import { valueError } from '../raised.ts';
import { allocate } from '../runtime/budget.ts';
import { charactersOf, lengthOf } from '../text/code-points.ts';

/** Python's format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: '' | '<' | '>' | '=' | '^';
  readonly sign: '' | '+' | '-' | ' ';
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number | undefined;
  readonly type: string;
}

const WIDEST = 2 ** 31 - 1;

/** @throws ValueError */
export function parseFormatSpec(text: string): FormatSpec {
  const chars = charactersOf(text);
  let at = 0;
  const isAlign = (char: string | undefined): boolean => char !== undefined && '<>=^'.includes(char);
  const take = (accepted: string): string => {
    const char = chars[at];
    if (char === undefined || !accepted.includes(char)) return '';
    at++;
    return char;
  };
  const digits = (): string => {
    const start = at;
    while (chars[at] !== undefined && /[0-9]/.test(chars[at] as string)) at++;
    return chars.slice(start, at).join('');
  };
  let fill = '';
  if (isAlign(chars[1])) {
    fill = chars[0] as string;
    at = 1;
  }
  let align = take('<>=^');
  const sign = take('+- ');
  const noNegativeZero = take('z') !== '';
  const alternate = take('#') !== '';
  if (fill === '' && take('0') !== '') {
    fill = '0';
    if (align === '') align = '=';
  }
  const width = number(digits());
  const grouping = take(',_');
  if (grouping !== '' && take(',_') !== '') throw valueError("',' and '_' cannot be combined in a format");
  let precision: number | undefined;
  if (take('.') !== '') {
    const places = digits();
    if (places === '') throw valueError('the precision of a format is missing');
    precision = number(places);
  }
  const type = chars.slice(at);
  if (type.length > 1) throw valueError(`the format ${text} is not valid`);
  return {
    fill: fill === '' ? ' ' : fill,
    align: align as FormatSpec['align'],
    sign: sign as FormatSpec['sign'],
    noNegativeZero,
    alternate,
    width: width ?? 0,
    grouping: grouping as FormatSpec['grouping'],
    precision,
    type: type[0] ?? '',
  };
}

function number(digits: string): number | undefined {
  if (digits === '') return undefined;
  const value = Number(digits);
  if (value > WIDEST) throw valueError('too many digits in a format');
  return value;
}

/** The text in a field of the wanted width. */
export function pad(text: string, spec: FormatSpec, usual: '<' | '>'): string {
  const missing = spec.width - lengthOf(text);
  if (missing <= 0) return text;
  allocate(2 * missing);
  const align = spec.align === '' || spec.align === '=' ? usual : spec.align;
  if (align === '<') return text + spec.fill.repeat(missing);
  if (align === '>') return spec.fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
}
