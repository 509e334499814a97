import type { Runtime } from '../functions/runtime.ts';

/** Until the YAQL room is wired in: references count, values are null. */
export function heatYaql(): Pick<Runtime, 'yaql' | 'yaqlCheck'> {
  return { yaql: () => null, yaqlCheck: () => {} };
}
