import { parseFloatText, parseInteger } from '../../../values/number-text.ts';
import { strip } from '../../../values/text-operations.ts';
import { Float, float } from '../../../values/value.ts';
import { add, negate, toFloat } from '../../../yaql/numbers/arithmetic.ts';
import { roundFloat } from '../../../yaql/numbers/decimal.ts';
import { type Filter, key, option } from './filter.ts';
import { isFloat, numeric } from './operators.ts';
import { data, integer, iterate, TemplateError } from './values.ts';

const absolute: Filter = (value) => {
  const number = numeric(data(value));
  if (number === undefined) throw new TemplateError('abs wants a number');
  return toFloat(number) < 0 ? negate(number) : number;
};

const round: Filter = (value, args) => {
  const number = numeric(data(value));
  if (number === undefined) throw new TemplateError('round wants a number');
  const precision = integer(option(args, 0, 'precision') ?? 0, 'round');
  const method = option(args, 1, 'method') ?? 'common';
  const given = toFloat(number);
  if (method === 'common') return float(roundFloat(given, precision));
  const factor = 10 ** precision;
  return float((method === 'ceil' ? Math.ceil(given * factor) : Math.floor(given * factor)) / factor);
};

const toInt: Filter = (value, args) => {
  const given = data(value);
  const fallback = option(args, 0, 'default') ?? 0;
  if (typeof given === 'string') {
    const base = integer(option(args, 1, 'base') ?? 10, 'int');
    const found = inBase(strip(given), base) ?? parseFloatText(strip(given));
    if (found === undefined) return fallback;
    return isFloat(found) ? Math.trunc(toFloat(found)) : found;
  }
  const number = numeric(given);
  return number === undefined ? fallback : isFloat(number) ? Math.trunc(toFloat(number)) : number;
};

const PREFIXES: ReadonlyMap<number, RegExp> = new Map([
  [2, /^0b/i],
  [8, /^0o/i],
  [16, /^0x/i],
]);

function inBase(text: string, base: number): number | bigint | undefined {
  if (base === 10) return parseInteger(text);
  const digits = text.replace(PREFIXES.get(base) ?? /^$/, '');
  const value = Number.parseInt(digits, base);
  return value.toString(base) === digits.toLowerCase().replace(/^0+(?=.)/, '') ? value : undefined;
}

const toFloatFilter: Filter = (value, args) => {
  const given = data(value);
  const number = typeof given === 'string' ? parseFloatText(strip(given)) : numeric(given);
  return number === undefined ? (option(args, 0, 'default') ?? new Float(0)) : float(toFloat(number));
};

const sum: Filter = (value, args) => {
  let total = numeric(option(args, 1, 'start') ?? 0) ?? 0;
  for (const item of iterate(value)) {
    const number = numeric(key(item, args, 0));
    if (number === undefined) throw new TemplateError('sum wants numbers');
    total = add(total, number);
  }
  return total;
};

/** Filters that give numbers. */
export const NUMBER_FILTERS: readonly (readonly [string, Filter])[] = [
  ['abs', absolute],
  ['float', toFloatFilter],
  ['int', toInt],
  ['round', round],
  ['sum', sum],
];
