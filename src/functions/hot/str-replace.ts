import {
  emptyParam,
  emptySeparator,
  missingKeys,
  textTooLong,
  unusedParams,
  wrongType,
} from '../../diagnostics/functions.ts';
import { compareCodePoints } from '../../values/dump-json.ts';
import { truthy } from '../../values/equality.ts';
import { str } from '../../values/text.ts';
import { codePointLength } from '../../values/text-operations.ts';
import { Float, isList, isMap, typeName, type Value, type ValueMap } from '../../values/value.ts';
import { canBeMap, requireMap, unpack } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, expressionType, type FunctionDefinition, isExpressionMap } from '../expression.ts';
import { toJson } from '../json-text.ts';
import { PythonError } from '../python-error.ts';
import type { Runtime } from '../runtime.ts';

interface Replacement {
  readonly params: Expression;
  readonly template: Expression;
}

interface Rules {
  /** Lists and maps as values are written as JSON. */
  readonly json: boolean;
  /** Every param must be in the template. */
  readonly strict: boolean;
  /** No value may be empty. */
  readonly nonEmpty: boolean;
}

function replaceFunction(heatClass: string, rules: Rules): FunctionDefinition<Replacement> {
  return Object.freeze<FunctionDefinition<Replacement>>({
    heatClass,
    form: '{template: text, params: {text to replace: value, ...}}',
    parse(args, name) {
      const map = requireMap(args, name);
      const params = map.get('params');
      const template = map.get('template');
      if (params === undefined || template === undefined) {
        const missing = ['template', 'params'].filter((key) => !map.has(key));
        throw new PythonError('KeyError', missingKeys(name, missing));
      }
      return { params: requireParams(params, name), template };
    },
    evaluate: ({ name, state }, runtime) => replaceAll(name, state, rules, runtime),
  });
}

const PLAIN: Rules = { json: false, strict: false, nonEmpty: false };

/**
 * `str_replace`. Longer params are replaced first, among equally long ones the lexicographically smaller; what a value
 * brings in is not searched again. Mirrors Replace.
 */
export const REPLACE: FunctionDefinition<Replacement> = replaceFunction('Replace', PLAIN);
/** Since 2015-10-15: maps and lists as JSON. */
export const REPLACE_JSON: FunctionDefinition<Replacement> = replaceFunction('ReplaceJson', { ...PLAIN, json: true });
/** `str_replace_strict` */
export const REPLACE_JSON_STRICT: FunctionDefinition<Replacement> = replaceFunction('ReplaceJsonStrict', {
  json: true,
  strict: true,
  nonEmpty: false,
});
/** `str_replace_vstrict` */
export const REPLACE_JSON_VERY_STRICT: FunctionDefinition<Replacement> = replaceFunction('ReplaceJsonVeryStrict', {
  json: true,
  strict: true,
  nonEmpty: true,
});

/** `Fn::Replace: [params, template]`. Mirrors the Replace of CFN. */
export const FN_REPLACE: FunctionDefinition<Replacement> = Object.freeze<FunctionDefinition<Replacement>>({
  ...REPLACE,
  form: '[{text to replace: value, ...}, text]',
  parse(args, name) {
    if (typeof args === 'string' || isExpressionMap(args)) {
      throw new PythonError('TypeError', wrongType(name, 'its arguments', 'a list', expressionType(args)));
    }
    const [params, template] = unpack(args, 2, name) as [Expression, Expression];
    return { params: requireParams(params, name), template };
  },
});

function requireParams(params: Expression, name: string): Expression {
  if (canBeMap(params)) return params;
  throw new PythonError('TypeError', wrongType(name, 'params', 'a map', expressionType(params)));
}

function replaceAll(name: string, state: Replacement, rules: Rules, runtime: Runtime): Value {
  const template = evaluate(state.template, runtime);
  const params = evaluate(state.params, runtime);
  if (typeof template !== 'string') {
    throw new PythonError('TypeError', wrongType(name, 'template', 'a text', typeName(template)));
  }
  if (!isMap(params)) throw new PythonError('TypeError', wrongType(name, 'params', 'a map', typeName(params)));

  let parts: Part[] = [{ text: template, done: false }];
  const unused: string[] = [];
  for (const key of orderedKeys(name, params)) {
    const value = replacementText(name, key, params.get(key) as Value, rules);
    if (key === '') throw new PythonError('ValueError', emptySeparator(name));
    const replaced = template.includes(key) ? replaceIn(parts, key, value) : parts;
    if (replaced === parts) unused.push(key);
    else checkSize(name, replaced);
    parts = replaced;
  }
  if (rules.strict && unused.length > 0) throw new PythonError('ValueError', unusedParams(name, unused));
  return parts.map((part) => part.text).join('');
}

/** A text can double at every level of nesting: stop long before JS has to. */
const MAX_LENGTH = 8 * 1024 * 1024;
const MAX_PARTS = 1_000_000;

function checkSize(name: string, parts: readonly Part[]): void {
  let length = 0;
  for (const part of parts) length += part.text.length;
  if (length > MAX_LENGTH || parts.length > MAX_PARTS)
    throw new PythonError('MemoryError', textTooLong(name, MAX_LENGTH));
}

/** A stretch of the result; what is done came from a param and is not searched again. */
interface Part {
  readonly text: string;
  readonly done: boolean;
}

/** The same array when nothing was found. */
function replaceIn(parts: Part[], key: string, value: string): Part[] {
  if (!parts.some((part) => !part.done && part.text.includes(key))) return parts;
  const replaced: Part[] = [];
  for (const part of parts) {
    if (part.done) {
      replaced.push(part);
      continue;
    }
    part.text.split(key).forEach((text, index) => {
      if (index > 0) replaced.push({ text: value, done: true });
      if (text !== '') replaced.push({ text, done: false });
    });
  }
  return replaced;
}

function orderedKeys(name: string, params: ValueMap): string[] {
  const keys = [...params.keys()];
  for (const key of keys) {
    if (typeof key === 'string') continue;
    throw new PythonError('TypeError', wrongType(name, 'a text to replace', 'a text', typeName(key)));
  }
  const lengths = new Map(keys.map((key) => [key, codePointLength(key as string)]));
  return (keys as string[]).sort(
    (a, b) => (lengths.get(b) as number) - (lengths.get(a) as number) || compareCodePoints(a, b),
  );
}

function replacementText(name: string, key: string, value: Value, rules: Rules): string {
  const empty = value === null || value === '' || ((isMap(value) || isList(value)) && !truthy(value));
  if (rules.nonEmpty && empty) throw new PythonError('ValueError', emptyParam(name, key));
  if (value === null) return '';
  if (typeof value !== 'object' || value instanceof Float) return str(value);
  if (!rules.json) {
    throw new PythonError('TypeError', wrongType(name, `the value of ${key}`, 'a text or a number', typeName(value)));
  }
  return toJson(name, value);
}
