import type { Scope } from '../graph/task.ts';
import type { Template } from '../template/template.ts';
import type { Value } from '../values/value.ts';
import type { Parameters } from './parameters.ts';

/** What a graph keeps of a stack. A parameter without a usable value is left out. */
export function stackScope(
  template: Template,
  parameters: Parameters,
  files: ReadonlyMap<string, string>,
  path = '',
): Scope {
  const values = new Map<string, Value>(parameters.pseudo);
  const hidden: string[] = [];
  for (const [name, { schema, coerced }] of parameters.declared) {
    if (typeof name !== 'string') continue;
    if (coerced?.ok) values.set(name, coerced.value);
    if (schema.hidden) hidden.push(name);
  }
  return {
    path,
    version: [template.version.key, template.version.value],
    parameters: values,
    hidden,
    mappings: template.mappings,
    files,
  };
}
