import type { Stack } from '../stack/stack.ts';
import type { Value } from '../values/value.ts';
import { type Source, toSource } from '../yaml/source.ts';
import type { StackSource } from './stack-state.ts';

/**
 * What a bound stack was bound from. Values of parameters that came with an environment are among the parameters as
 * well.
 *
 * @param environments those that it was bound with: a stack keeps what they say, not their texts. Default: none.
 */
export function stackSource(stack: Stack, environments: readonly Source[] = []): StackSource {
  const files = new Map<string, string>();
  for (const found of [stack.files, stack.environment.files]) {
    for (const { name, text } of found.values()) files.set(name, text);
  }
  const parameters = new Map<string, Value>();
  for (const { schema, given, source } of stack.parameters.declared.values()) {
    if (source === 'user' || source === 'environment') parameters.set(schema.name, given);
  }
  return {
    template: stack.template.document.source,
    environments: environments.map(toSource),
    files,
    parameters,
    hidden: stack.scope.hidden,
    ...(stack.components.size > 0 && { components: true }),
  };
}
