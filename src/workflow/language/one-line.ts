import { loadJson } from '../../values/load-json.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import { commandOf, parametersOf } from './text-patterns.ts';

export interface OneLine {
  readonly name: string;
  readonly parameters: ValueMap;
}

/**
 * `std.echo output="hello"`: a name and its parameters. Values in quotes are text, others JSON where they can be.
 * Undefined for a text that begins with no name (Mistral: InvalidModelException). Mirrors `_parse_cmd_and_input`.
 */
export function readOneLine(text: string): OneLine | undefined {
  if (!text.includes(' ')) return { name: text, parameters: new Map() };
  const name = commandOf(text);
  if (name === undefined) return undefined;
  const parameters = new Map<Value, Value>();
  for (const [key, raw] of parametersOf(text)) parameters.set(key, readValue(raw.trim()));
  return { name, parameters };
}

function readValue(raw: string): Value {
  if (raw.startsWith('"') || raw.startsWith("'")) return raw.slice(1, -1);
  try {
    return loadJson(raw);
  } catch {
    return raw;
  }
}
