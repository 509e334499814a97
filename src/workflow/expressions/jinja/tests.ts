import { equals } from '../../../values/equality.ts';
import { Float, isList, type Value } from '../../../values/value.ts';
import { binary, contains, isFloat, numeric } from './operators.ts';
import { type CallArguments, Callable, data, type JinjaValue, Undefined } from './values.ts';

type Test = (value: JinjaValue, args: CallArguments) => boolean;

const plain =
  (check: (value: Value) => boolean): Test =>
  (value) =>
    check(data(value));
const compared =
  (operator: string): Test =>
  (value, args) =>
    binary(operator, value, args.positional[0] ?? null) === true;
const remainder = (value: JinjaValue, by: JinjaValue): Value => binary('%', value, by);
const isNumber = (value: Value): boolean => typeof value !== 'boolean' && numeric(value) !== undefined;

/** Jinja's built-in tests. */
export const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['defined', (value) => !(value instanceof Undefined)],
  ['undefined', (value) => value instanceof Undefined],
  ['none', plain((value) => value === null)],
  ['boolean', plain((value) => typeof value === 'boolean')],
  ['true', plain((value) => value === true)],
  ['false', plain((value) => value === false)],
  ['string', plain((value) => typeof value === 'string')],
  ['number', plain((value) => typeof value === 'boolean' || isNumber(value))],
  ['integer', plain((value) => isNumber(value) && !isFloat(value))],
  ['float', plain((value) => value instanceof Float || isFloat(value))],
  ['mapping', plain((value) => value instanceof Map)],
  ['sequence', plain((value) => typeof value === 'string' || isList(value) || value instanceof Map)],
  [
    'iterable',
    plain((value) => typeof value === 'string' || isList(value) || value instanceof Map || value instanceof Set),
  ],
  ['callable', (value) => value instanceof Callable],
  ['even', (value) => equals(remainder(value, 2), 0)],
  ['odd', (value) => equals(remainder(value, 2), 1)],
  ['divisibleby', (value, args) => equals(remainder(value, args.positional[0] ?? null), 0)],
  [
    'lower',
    plain((value) => typeof value === 'string' && value === value.toLowerCase() && value !== value.toUpperCase()),
  ],
  [
    'upper',
    plain((value) => typeof value === 'string' && value === value.toUpperCase() && value !== value.toLowerCase()),
  ],
  ['in', (value, args) => contains(data(args.positional[0] ?? null), data(value))],
  ['sameas', (value, args) => data(value) === data(args.positional[0] ?? null)],
  ...(['eq', 'equalto'] as const).map((name) => [name, compared('==')] as const),
  ['ne', compared('!=')],
  ...(['lt', 'lessthan'] as const).map((name) => [name, compared('<')] as const),
  ['le', compared('<=')],
  ...(['gt', 'greaterthan'] as const).map((name) => [name, compared('>')] as const),
  ['ge', compared('>=')],
]);
