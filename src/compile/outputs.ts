import type { Reference } from '../functions/references.ts';
import { toValue } from '../functions/to-value.ts';
import type { Draft } from './draft.ts';
import { findResource, visitReferences } from './explicit-edges.ts';
import { givesOutputs } from './stack-action.ts';

/**
 * The stack's outputs, with the tasks whose results each needs. Heat looks at an output's references only when it
 * validates.
 */
export function addOutputs(draft: Draft): void {
  const { stack, builder } = draft;
  if (!givesOutputs(draft.action)) return;
  const onValidation: Draft = {
    ...draft,
    report: (diagnostic) =>
      draft.report({ ...diagnostic, heat: 'StackValidationFailed', stage: 'validate', onValidation: true }),
  };
  for (const { name, path, value, description } of stack.outputs.values()) {
    const requires = new Set<number>();
    const visit = (reference: Reference): void => {
      const required = findResource(onValidation, reference);
      if (required !== undefined) requires.add(required);
    };
    visitReferences(onValidation, value, path, visit);
    builder.output({
      name,
      scope: '',
      value: toValue(value),
      ...(description === undefined ? {} : { description }),
      requires: [...requires],
    });
  }
}
