import * as say from '../diagnostics/components.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toValue } from '../functions/to-value.ts';
import type { Component } from '../stack/components/component.ts';
import type { Stack } from '../stack/stack.ts';
import type { Value } from '../values/value.ts';

/**
 * The inputs of a component: those that it states, then every output of what it `connects_to`, by the name of the
 * output. What it states comes first; two connections that give the same name are refused.
 */
export function connectedInputs(
  { components, template }: Stack,
  { name, inputs, connectsTo }: Component,
  report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<Value, Value> {
  const all = new Map<Value, Value>();
  for (const [input, value] of inputs) all.set(input, toValue(value));
  const givers = new Map<string, string>();
  for (const { name: other, path } of connectsTo) {
    for (const output of components.get(other)?.outputs ?? []) {
      if (inputs.has(output)) continue;
      const giver = givers.get(output);
      if (giver !== undefined) {
        report(say.inputAmbiguous(template.document, path, name, output, [giver, other]));
        continue;
      }
      givers.set(output, other);
      all.set(output, new Map([['get_attr', [other, output]]]));
    }
  }
  return all;
}
