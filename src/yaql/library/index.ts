import type { LibraryTable } from '../runtime/run.ts';
import type { FunctionSpec } from '../runtime/specification.ts';
import { AGGREGATES } from './aggregates.ts';
import { BOOLEAN } from './boolean.ts';
import { BRANCHING } from './branching.ts';
import { CHARACTERS } from './characters.ts';
import { COMMON } from './common.ts';
import { DATETIMES } from './datetimes.ts';
import { DICTS } from './dicts.ts';
import { FILTERS } from './filters.ts';
import { GENERATORS } from './generators.ts';
import { GROUPING } from './grouping.ts';
import { LISTS } from './lists.ts';
import { MATH } from './math.ts';
import { REGULAR_EXPRESSIONS } from './regular-expressions.ts';
import { SETS } from './sets.ts';
import { STRINGS } from './strings.ts';
import { DELEGATES, FALLBACKS, SYSTEM } from './system.ts';
import { TIMESPANS } from './timespans.ts';

/** Every overload of the standard library. */
export const STANDARD: readonly FunctionSpec[] = [
  ...SYSTEM,
  ...COMMON,
  ...BOOLEAN,
  ...STRINGS,
  ...CHARACTERS,
  ...MATH,
  ...LISTS,
  ...DICTS,
  ...SETS,
  ...FILTERS,
  ...GENERATORS,
  ...AGGREGATES,
  ...GROUPING,
  ...REGULAR_EXPRESSIONS,
  ...BRANCHING,
  ...DATETIMES,
  ...TIMESPANS,
];

/** The library as the engine looks it up: the standard functions first, the fallbacks behind them. */
export interface Library {
  readonly functions: LibraryTable;
  readonly methods: LibraryTable;
}

function tableOf(levels: readonly (readonly FunctionSpec[])[], wanted: (spec: FunctionSpec) => boolean): LibraryTable {
  const table = new Map<string, FunctionSpec[][]>();
  for (const level of levels) {
    const here = new Map<string, FunctionSpec[]>();
    for (const spec of level.filter(wanted)) here.set(spec.name, [...(here.get(spec.name) ?? []), spec]);
    for (const [name, specs] of here) table.set(name, [...(table.get(name) ?? []), specs]);
  }
  return table;
}

export function makeLibrary(delegates: boolean): Library {
  const levels = [delegates ? [...STANDARD, ...DELEGATES] : STANDARD, FALLBACKS];
  return {
    functions: tableOf(levels, (spec) => spec.isFunction),
    methods: tableOf(levels, (spec) => spec.isMethod),
  };
}
