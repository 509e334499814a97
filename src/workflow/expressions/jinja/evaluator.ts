import type { Value } from '../../../values/value.ts';
import { Raised } from '../../../yaql/raised.ts';
import { firstJinjaExpression } from '../../language/text-patterns.ts';
import { ExpressionError } from '../expression-error.ts';
import { BadArgument, EXPRESSION_FUNCTIONS, type ExpressionFunction } from '../functions.ts';
import { isSet } from '../is-set.ts';
import type { EngineFunctions, ExpressionScope } from '../scope.ts';
import { ExpressionEvaluator } from './expression-evaluator.ts';
import { GLOBALS } from './globals.ts';
import { type ParsedTemplate, parseTemplate } from './parse.ts';
import { TemplateRenderer } from './template-renderer.ts';
import { type CallArguments, Callable, data, type JinjaValue, TemplateError } from './values.ts';
import { Variables } from './variables.ts';

/** Evaluates Jinja as Mistral does: a lone `{{ }}` keeps its type, anything else gives text. */
export class JinjaEvaluator {
  readonly #parsed = new Map<string, ParsedTemplate>();

  /** @throws ExpressionError */
  evaluateText(text: string, scope: ExpressionScope): Value {
    const first = firstJinjaExpression(text);
    if (first === undefined) throw new ExpressionError(text, 'There is a block but no {{ expression }}');
    try {
      return first === text ? this.#lone(text, scope) : this.#render(text, scope);
    } catch (error) {
      if (error instanceof TemplateError || error instanceof BadArgument || error instanceof Raised)
        throw new ExpressionError(text, error.message);
      if (error instanceof RangeError) throw new ExpressionError(text, 'The template is nested too deeply');
      throw error;
    }
  }

  #lone(text: string, scope: ExpressionScope): Value {
    // Between spaces, `-` at either end is a sign and not white space control.
    const [node, ...more] = this.#parse(`{{ ${text.slice(2, -2)} }}`);
    if (node === undefined || more.length > 0) throw new TemplateError('This is no expression');
    const value = data(new ExpressionEvaluator(functionsOf(scope.functions)).evaluate(node, variablesOf(scope)));
    return isSet(value) ? Array.from(value) : value;
  }

  #render(text: string, scope: ExpressionScope): string {
    return new TemplateRenderer(functionsOf(scope.functions)).render(this.#parse(text), variablesOf(scope));
  }

  #parse(text: string): (ParsedTemplate & { ok: true })['body'] {
    let parsed = this.#parsed.get(text);
    if (parsed === undefined) {
      parsed = parseTemplate(text);
      if (this.#parsed.size > 10_000) this.#parsed.clear();
      this.#parsed.set(text, parsed);
    }
    if (!parsed.ok) throw new TemplateError(parsed.why);
    return parsed.body;
  }
}

function variablesOf(scope: ExpressionScope): Variables {
  const variables = new Variables();
  const values = scope.data();
  variables.set('_', values);
  for (const name of ['__env', '__execution', '__task_execution'])
    variables.set(name, values instanceof Map ? (values.get(name) ?? null) : null);
  return variables;
}

const FUNCTIONS = new WeakMap<object, ReadonlyMap<string, JinjaValue>>();

function functionsOf(engine: EngineFunctions): ReadonlyMap<string, JinjaValue> {
  const known = FUNCTIONS.get(engine);
  if (known !== undefined) return known;
  const own = EXPRESSION_FUNCTIONS.map((shared): [string, JinjaValue] => [
    shared.name,
    new Callable((args) => shared.call(engine, ...bind(shared, args))),
  ]);
  const made = new Map<string, JinjaValue>([...GLOBALS, ...own]);
  FUNCTIONS.set(engine, made);
  return made;
}

function bind({ name, parameters }: ExpressionFunction, { positional, named }: CallArguments): Value[] {
  if (positional.length > parameters.length) throw new TemplateError(`${name} takes ${parameters.length} arguments`);
  for (const key of named.keys()) {
    if (!parameters.some((parameter) => parameter.name === key)) throw new TemplateError(`${name} has no '${key}'`);
  }
  return parameters.map((parameter, i) => {
    const placed = positional[i] === undefined ? named.get(parameter.name) : positional[i];
    const given = placed === undefined ? parameter.fallback : placed;
    if (given === undefined) throw new TemplateError(`${name} wants '${parameter.name}'`);
    return data(given);
  });
}
