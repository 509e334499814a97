import { dumpJson } from '../../../values/dump-json.ts';
import { truthy as valueTruthy } from '../../../values/equality.ts';
import { str } from '../../../values/text.ts';
import { codePointLength, replaceText, splitAtSpaces } from '../../../values/text-operations.ts';
import { type Filter, option } from './filter.ts';
import { TEXT_METHODS } from './methods.ts';
import { percentEncode } from './percent-encode.ts';
import { data, integer, TemplateError } from './values.ts';

const method =
  (name: string): Filter =>
  (value, args) => {
    const bound = TEXT_METHODS.get(name);
    if (bound === undefined) throw new TemplateError(`There is no filter '${name}'`);
    return bound(str(data(value)), args);
  };

const center: Filter = (value, args) => {
  const given = str(data(value));
  const missing = Math.min(100_000, integer(option(args, 0, 'width') ?? 80, 'center')) - codePointLength(given);
  if (missing <= 0) return given;
  const left = Math.floor(missing / 2) + (missing % 2 === 1 && (missing + codePointLength(given)) % 2 === 1 ? 1 : 0);
  return ' '.repeat(left) + given + ' '.repeat(missing - left);
};

const indent: Filter = (value, args) => {
  const width = option(args, 0, 'width') ?? 4;
  const pad = typeof width === 'string' ? width : ' '.repeat(Math.min(1000, integer(width, 'indent')));
  const first = valueTruthy(option(args, 1, 'first') ?? false);
  const blank = valueTruthy(option(args, 2, 'blank') ?? false);
  return str(data(value))
    .split('\n')
    .map((line, i) => ((i === 0 ? first : blank || line !== '') ? pad + line : line))
    .join('\n');
};

const truncate: Filter = (value, args) => {
  const length = integer(option(args, 0, 'length') ?? 255, 'truncate');
  const end = str(option(args, 2, 'end') ?? '...');
  const given = Array.from(str(data(value)));
  if (given.length <= length + integer(option(args, 3, 'leeway') ?? 5, 'truncate')) return given.join('');
  const cut = given.slice(0, Math.max(0, length - codePointLength(end))).join('');
  if (valueTruthy(option(args, 1, 'killwords') ?? false)) return cut + end;
  return (cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut) + end;
};

const replace: Filter = (value, args) => {
  const given = str(data(value));
  const [from, to] = [str(option(args, 0, 'old') ?? ''), str(option(args, 1, 'new') ?? '')];
  const most = option(args, 2, 'count') ?? null;
  if (most === null || from === '') return replaceText(given, from, to);
  const found = given.split(from);
  const count = Math.min(integer(most, 'replace'), found.length - 1);
  return (
    found.slice(0, count + 1).join(to) +
    found
      .slice(count + 1)
      .map((part) => from + part)
      .join('')
  );
};

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
const escapeHtml: Filter = (value) => str(data(value)).replace(/[&<>"']/g, (char) => ESCAPED[char] as string);

// tojson writes what could end a script as an escape, and sorts keys.
const toJson: Filter = (value) =>
  dumpJson(data(value), true).replace(/[<>&']/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Filters that give text, or count what is in one. */
export const TEXT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['capitalize', method('capitalize')],
  ['center', center],
  ['e', escapeHtml],
  ['escape', escapeHtml],
  ['indent', indent],
  ['lower', method('lower')],
  ['replace', replace],
  ['string', (value) => str(data(value))],
  ['title', method('title')],
  ['tojson', toJson],
  ['trim', method('strip')],
  ['truncate', truncate],
  ['upper', method('upper')],
  ['urlencode', (value) => percentEncode(str(data(value)))],
  ['wordcount', (value) => splitAtSpaces(str(data(value))).length],
];
