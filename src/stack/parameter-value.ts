import { dumpJson, NotSerialisable } from '../values/dump-json.ts';
import { loadJson } from '../values/load-json.ts';
import { parseNumber } from '../values/number-text.ts';
import { str } from '../values/text.ts';
import { Float, type Value } from '../values/value.ts';
import type { ParameterSchema, ParameterType } from './parameter-schema.ts';

/** A value as its type wants it, or why it can not be. */
export type Coerced =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly problem: string;
      readonly expected: string;
      /** The exception that Python raises where the value is used. */
      readonly heat: 'ValueError' | 'TypeError';
    };

// oslo_utils.strutils.bool_from_string
const TRUE_WORDS = ['1', 't', 'true', 'on', 'y', 'yes'];
const FALSE_WORDS = ['0', 'f', 'false', 'off', 'n', 'no'];

/** The value that functions see. Mirrors `Parameter.value` of `heat.engine.parameters`, class by class. */
export function coerce(type: ParameterType, value: Value): Coerced {
  switch (type) {
    case 'string':
      return { ok: true, value: str(value) };
    case 'number':
      return toNumber(value);
    case 'boolean':
      return toBoolean(value);
    case 'comma_delimited_list':
      return toList(value);
    case 'json':
      return toJsonData(value);
  }
}

function refuse(problem: string, expected: string, heat: 'ValueError' | 'TypeError' = 'ValueError'): Coerced {
  return { ok: false, problem, expected, heat };
}

function toNumber(value: Value): Coerced {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof Float) {
    return { ok: true, value };
  }
  if (typeof value !== 'string') return refuse(`${quote(value)} is no number`, 'a number', 'TypeError');
  const number = parseNumber(value);
  return number === undefined ? refuse(`${quote(value)} is no number`, 'a number') : { ok: true, value: number };
}

function toBoolean(value: Value): Coerced {
  const word = str(value).trim().toLowerCase();
  if (TRUE_WORDS.includes(word)) return { ok: true, value: true };
  if (FALSE_WORDS.includes(word)) return { ok: true, value: false };
  return refuse(`${quote(value)} is neither true nor false`, `one of ${[...TRUE_WORDS, ...FALSE_WORDS].join(', ')}`);
}

function toList(value: Value): Coerced {
  if (Array.isArray(value)) return { ok: true, value: value.map(str) };
  if (value === '') return { ok: true, value: [] };
  if (typeof value === 'string') return { ok: true, value: value.split(',') };
  return refuse(`${quote(value)} is no list`, 'a list, or text with commas between the items');
}

function toJsonData(value: Value): Coerced {
  if (value === '') return { ok: true, value };
  let text: string;
  try {
    // Through JSON and back: keys become text, as they do in Heat.
    text = typeof value === 'string' ? value : dumpJson(value);
  } catch (error) {
    if (error instanceof NotSerialisable) return refuse(error.message, 'a value that JSON has a form for');
    throw error;
  }
  try {
    return { ok: true, value: loadJson(text) };
  } catch (error) {
    return refuse(`it is not valid JSON (${(error as Error).message})`, 'JSON text, a map or a list');
  }
}

/** A short form of a value, for messages. */
export function quote(value: Value): string {
  const text = str(value);
  return `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;
}

/** What stands for the value of a hidden parameter. */
export const MASK = '******';

export function describeValue(schema: ParameterSchema, value: Value): string {
  return schema.hidden ? MASK : quote(value);
}
