import { deploymentHostProperty } from '../stack/components/deployments.ts';
import type { Draft } from './draft.ts';
import { findResource, visitReferences } from './explicit-edges.ts';

/**
 * Today's `hosted_on` is the `server` of a deployment: the edge that this property makes is shown as such, besides what
 * the function in it is. It adds no edge.
 */
export function addHostedOn(draft: Draft): void {
  const { stack, builder } = draft;
  const silent: Draft = { ...draft, report: () => {} };
  const { properties: propertiesKey } = stack.template.dialect.resourceKeys;
  stack.resources.forEach(({ resolvedType, properties, externalId, path }, requirer) => {
    const host = resolvedType?.kind === 'plugin' ? deploymentHostProperty(resolvedType.type) : undefined;
    if (host === undefined || externalId !== undefined || !(properties instanceof Map)) return;
    visitReferences(silent, properties.get(host), [...path, propertiesKey, host], (reference) => {
      const required = findResource(silent, reference);
      if (required !== undefined) builder.edge(requirer, required, { kind: 'hosted_on', path: reference.path });
    });
  });
}
