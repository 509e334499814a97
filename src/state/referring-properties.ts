import { Call, type Expression, hasCalls } from '../functions/expression.ts';
import { references } from '../functions/references.ts';
import type { ResourceDefinition } from '../stack/resource-definition.ts';
import type { Stack } from '../stack/stack.ts';
import type { Value } from '../values/value.ts';

/** Properties whose values hang on what became of other resources, as a state names what it does not hold. */
export function referringProperties(stack: Stack, { properties }: ResourceDefinition): string[] {
  if (properties === undefined || properties instanceof Call) return [];
  const names: string[] = [];
  for (const [name, expression] of properties as ReadonlyMap<Value, Expression>) {
    if (typeof name === 'string' && refersToResources(stack, expression)) names.push(`properties.${name}`);
  }
  return names;
}

export function refersToResources({ runtime }: Stack, expression: Expression | undefined): boolean {
  if (!hasCalls(expression)) return false;
  let found = false;
  const visit = (): void => {
    found = true;
  };
  references(expression, runtime, [], visit, visit);
  return found;
}
