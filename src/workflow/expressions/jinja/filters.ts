import { codePointLength } from '../../../values/text-operations.ts';
import type { Value } from '../../../values/value.ts';
import { type Filter, option } from './filter.ts';
import { LIST_FILTERS } from './list-filters.ts';
import { NUMBER_FILTERS } from './number-filters.ts';
import { truthy } from './operators.ts';
import { TEXT_FILTERS } from './text-filters.ts';
import { data, iterate, Undefined } from './values.ts';

const length: Filter = (value) => {
  const given = data(value);
  return typeof given === 'string' ? codePointLength(given) : iterate(given).length;
};

const fallback: Filter = (value, args) => {
  const instead = option(args, 0, 'default_value') === undefined ? '' : (option(args, 0, 'default_value') as Value);
  const also = option(args, 1, 'boolean') ?? false;
  return value instanceof Undefined || (truthy(also) && !truthy(value)) ? instead : value;
};

/** Jinja's built-in filters that give data; those for HTML pages, and `random`, are left out. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ...LIST_FILTERS,
  ...NUMBER_FILTERS,
  ...TEXT_FILTERS,
  ['count', length],
  ['d', fallback],
  ['default', fallback],
  ['length', length],
  ['safe', (value) => value],
]);
