import { dumpJson } from '../../src/values/dump-json.ts';
import { fromPlain } from '../../src/values/encode.ts';
import type { Value } from '../../src/values/value.ts';
import { type ExtensionFunction, type Input, type Output, YaqlFunctionError } from '../../src/yaql/index.ts';

/**
 * The functions that Mistral adds, reading the keys `__env`, `__task`, `__tasks`, `__execution` and `__global` of the
 * data, which is how the conformance suite makes up for the missing engine.
 */
export function mistralFunctions(data: Input): ExtensionFunction[] {
  const part = (name: string): Input => (data instanceof Map ? ((data.get(name) as Input | undefined) ?? null) : null);
  const entry = (name: string, key: Output): Input => {
    const map = part(name);
    return map instanceof Map ? ((map.get(key) as Input | undefined) ?? null) : null;
  };
  return [
    { name: 'env', call: () => part('__env') },
    { name: 'execution', call: () => part('__execution') },
    {
      name: 'task',
      parameters: [{ name: 'name', default: null }],
      call: (name) => (name === null ? part('__task') : entry('__tasks', name as Output)),
    },
    {
      name: 'tasks',
      parameters: ['executionId', 'recursive', 'state', 'flat'].map((name) => ({ name, default: null })),
      call: (_id, _recursive, state) => {
        const all = part('__tasks');
        const tasks = all instanceof Map ? [...(all as ReadonlyMap<Input, Input>).values()] : [];
        return tasks.filter((task) => state === null || (task instanceof Map && task.get('state') === state));
      },
    },
    { name: 'global', parameters: [{ name: 'name' }], call: (name) => entry('__global', name as Output) },
    { name: 'json_dump', parameters: [{ name: 'obj' }], call: (value) => indented(value as Output, '\n') },
    { name: 'json_parse', parameters: [{ name: 'text' }], call: (text) => parseJson(String(text)) },
  ];
}

/** Python's `json.dumps(value, indent=4)`. */
function indented(value: Output, newline: string): string {
  const deeper = `${newline}    `;
  if (value instanceof Map && value.size > 0) {
    const lines = Array.from(value as ReadonlyMap<Value, Output>, ([key, item]) => {
      // The key as json.dumps writes it: numbers and booleans as text.
      const name = dumpJson(new Map([[key, null]])).slice(1, -': null}'.length);
      return `${deeper}${name}: ${indented(item, deeper)}`;
    });
    return `{${lines.join(',')}${newline}}`;
  }
  if (Array.isArray(value) && value.length > 0) {
    return `[${(value as Output[]).map((item) => deeper + indented(item, deeper)).join(',')}${newline}]`;
  }
  return dumpJson(value as Value);
}

function parseJson(text: string): Input {
  try {
    return fromPlain(JSON.parse(text));
  } catch {
    throw new YaqlFunctionError('JSONDecodeError', 'not a JSON document');
  }
}
