import { truthy } from '../../values/equality.ts';
import { type ReplaceDecision, read } from './decision.ts';

/** What may be changed in place, and the property that may ask for a new server instead. */
const POLICIES = [
  ['flavor', 'flavor_update_policy'],
  ['image', 'image_update_policy'],
  ['user_data', 'user_data_update_policy'],
] as const;

/** OS::Nova::Server: the policy is the new one, or the old one where the new says nothing. */
export const NOVA_SERVER: ReplaceDecision = {
  needsReplaceWithPropertyDiff({ before, after, changed }) {
    return POLICIES.find(([property, policy]) => {
      if (!changed.has(property)) return false;
      const wanted = read(after, policy);
      return (truthy(wanted) ? wanted : read(before, policy)) === 'REPLACE';
    })?.[0];
  },
  failed: 'ask-service',
};
