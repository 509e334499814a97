import { dumpJson } from '../../values/dump-json.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';

/** Python's `json.dumps(value, indent=4)`. */
export function dumpIndented(value: Value, indent = ''): string {
  const inner = `${indent}    `;
  const items = value instanceof Set ? [...(value as ReadonlySet<Value>)] : value;
  if (isList(items)) {
    if (items.length === 0) return '[]';
    return `[\n${items.map((item) => inner + dumpIndented(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (items instanceof Map) {
    if (items.size === 0) return '{}';
    const lines = Array.from(
      items as ValueMap,
      ([key, item]) => `${inner}${keyText(key)}: ${dumpIndented(item, inner)}`,
    );
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return dumpJson(items);
}

function keyText(key: Value): string {
  return typeof key === 'string' ? dumpJson(key) : dumpJson(dumpJson(key));
}
