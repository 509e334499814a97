import { equals } from '../../values/equality.ts';
import { entry, type ReplaceDecision, read } from './decision.ts';

/** OS::Heat::Stack: updated each time, as only its own resources can tell; in another region it is another stack. */
export const REMOTE_STACK: ReplaceDecision = {
  needsUpdate: () => 'always',
  needsReplaceWithPropertyDiff({ before, after, changed }) {
    if (!changed.has('context')) return undefined;
    const region = (side: typeof before) => entry(read(side, 'context'), 'region_name');
    return equals(region(after), region(before)) ? undefined : 'context';
  },
};
