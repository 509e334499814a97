import { Float } from '../../values/value.ts';
import type { Runtime, YaqlObject } from './objects.ts';

/** Python's `type(value).__name__`. */
export function typeNameOf(value: Runtime): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default:
      if (value instanceof Float) return 'float';
      return Array.isArray(value) ? 'tuple' : (value as YaqlObject).typeName;
  }
}
