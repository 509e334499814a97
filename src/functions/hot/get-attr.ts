import { noArguments, unhashableKey, unknownAttribute, wrongCount } from '../../diagnostics/functions.ts';
import { hashable } from '../../values/equality.ts';
import { subscript } from '../../values/subscript.ts';
import { str } from '../../values/text.ts';
import { isList, isMap, typeName, type Value } from '../../values/value.ts';
import { requireList, unpack } from '../arguments.ts';
import { evaluate, evaluateItems } from '../evaluate.ts';
import {
  type Call,
  type Expression,
  expressionTruthy,
  type FunctionDefinition,
  isExpressionList,
  type ValidationContext,
} from '../expression.ts';
import { isPathStep } from '../path-step.ts';
import { PythonError } from '../python-error.ts';
import { requireResource } from '../resource-lookup.ts';
import type { Runtime } from '../runtime.ts';

interface AttributeCall {
  readonly resource: Expression;
  /** null: all attributes, where the version has that. */
  readonly attribute: Expression;
  readonly path: readonly Expression[];
}

const NO_PATH: readonly Expression[] = [];

const COMMON = {
  kind: 'get_attr',
  resource: (call: Call<AttributeCall>, runtime: Runtime): Value => evaluate(call.state.resource, runtime),
} as const;

/**
 * `get_attr: [resource, attribute, key or index, ...]` of 2013-05-23: fetches the attribute, then selects in it; a path
 * that leads nowhere gives null. Mirrors GetAttThenSelect.
 */
export const GET_ATT_THEN_SELECT: FunctionDefinition<AttributeCall> = Object.freeze<FunctionDefinition<AttributeCall>>({
  ...COMMON,
  heatClass: 'GetAttThenSelect',
  form: '[resource, attribute, key or index, ...]',
  parse: (args, name) => attributeCall(args, name),
  validate: (call, context) => validateAttribute(call, context),
  attribute: ({ state }, runtime) => [evaluate(state.attribute, runtime)],
  evaluate: (call, runtime) => fetchThenSelect(call, runtime),
});

/** `Fn::GetAtt: [resource, attribute]`. Mirrors the GetAtt of CFN, which fetches as the first `get_attr` did. */
export const FN_GET_ATT: FunctionDefinition<AttributeCall> = Object.freeze<FunctionDefinition<AttributeCall>>({
  ...GET_ATT_THEN_SELECT,
  heatClass: 'GetAtt',
  form: '[resource, attribute]',
  parse(args, name) {
    const [resource, attribute] = unpack(args, 2, name) as [Expression, Expression];
    return { resource, attribute, path: NO_PATH };
  },
});

/** `get_attr` of 2014-10-16 and 2015-04-30: leaves the selection to the resource. Mirrors GetAtt. */
export const GET_ATT: FunctionDefinition<AttributeCall> = Object.freeze<FunctionDefinition<AttributeCall>>({
  ...GET_ATT_THEN_SELECT,
  heatClass: 'GetAtt',
  attribute: ({ state }, runtime) => attributePath(state, runtime),
  evaluate(call, runtime) {
    const path = attributePath(call.state, runtime);
    return runtime.attribute(requireResource(call, runtime), path);
  },
});

/** `get_attr` since 2015-10-15: with the resource alone, a map of all its attributes. Mirrors GetAttAllAttributes. */
export const GET_ATT_ALL_ATTRIBUTES: FunctionDefinition<AttributeCall> = Object.freeze<
  FunctionDefinition<AttributeCall>
>({
  ...COMMON,
  heatClass: 'GetAttAllAttributes',
  form: '[resource], or [resource, attribute, key or index, ...]',
  parse(args, name) {
    if (!expressionTruthy(args)) throw new PythonError('ValueError', noArguments(name));
    // A text of one character is as good as a list of one.
    const alone = isExpressionList(args) || typeof args === 'string' ? [...args] : undefined;
    if (alone?.length === 1) return { resource: alone[0] as Expression, attribute: null, path: NO_PATH };
    return attributeCall(args, name);
  },
  validate(call, context) {
    if (call.state.attribute === null) requireResource(call, context.runtime);
    else validateAttribute(call, context);
  },
  attribute: ({ state }, runtime) => (state.attribute === null ? [] : attributePath(state, runtime)),
  evaluate(call, runtime) {
    if (call.state.attribute === null) return runtime.allAttributes(requireResource(call, runtime));
    const path = attributePath(call.state, runtime);
    return runtime.attribute(requireResource(call, runtime), path);
  },
});

function attributeCall(args: Expression, functionName: string): AttributeCall {
  const list = requireList(args, functionName);
  if (list.length < 2)
    throw new PythonError('ValueError', wrongCount(functionName, 'a resource and an attribute', list.length));
  const [resource, attribute] = list as [Expression, Expression];
  return { resource, attribute, path: list.length === 2 ? NO_PATH : list.slice(2) };
}

function attributePath(state: AttributeCall, runtime: Runtime): readonly Value[] {
  const path = evaluateItems(state.path, runtime);
  path.unshift(evaluate(state.attribute, runtime));
  return path;
}

function validateAttribute(call: Call<AttributeCall>, context: ValidationContext): void {
  const resource = requireResource(call, context.runtime);
  const attribute = evaluate(call.state.attribute, context.runtime);
  if (!hashable(attribute)) throw new PythonError('TypeError', unhashableKey(typeName(attribute)));
  if (context.hasAttribute(resource, attribute)) return;
  throw new PythonError('InvalidTemplateAttribute', unknownAttribute(str(resource), str(attribute)));
}

function fetchThenSelect(call: Call<AttributeCall>, runtime: Runtime): Value {
  const attribute = evaluate(call.state.attribute, runtime);
  const value = runtime.attribute(requireResource(call, runtime), [attribute]);
  return value === null ? null : selectFromAttribute(value, evaluateItems(call.state.path, runtime), runtime);
}

/** Mirrors `heat.engine.attributes.select_from_attribute`: null where the path leads nowhere. */
function selectFromAttribute(value: Value, path: readonly Value[], runtime: Runtime): Value {
  let selected = value;
  for (const key of path) {
    if (!(isMap(selected) || isList(selected) || typeof selected === 'string') || !isPathStep(key)) return null;
    if (runtime.select !== undefined) {
      selected = runtime.select(selected, key);
      continue;
    }
    const found = subscript(selected, key);
    if ('failure' in found) return null;
    selected = found.value;
  }
  return selected;
}
