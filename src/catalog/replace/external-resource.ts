import { equals, truthy } from '../../values/equality.ts';
import { isList } from '../../values/value.ts';
import { DecisionFailed, entry, type ReplaceDecision, read } from './decision.ts';

/** OS::Mistral::ExternalResource: some inputs replace it, and it may ask to be updated each time. */
export const EXTERNAL_RESOURCE: ReplaceDecision = {
  needsUpdate({ before, after }) {
    const [old, wanted] = [read(before, 'input'), read(after, 'input')];
    const names = read(after, 'replace_on_change_inputs');
    if (!isList(names)) throw new DecisionFailed('TypeError', 'replace_on_change_inputs is no list');
    const changed = names.some((name) => !equals(entry(old, name), entry(wanted, name)));
    if (changed) return { replaceBecause: 'input' };
    return truthy(read(before, 'always_update')) ? 'always' : undefined;
  },
};
