import { str } from '../../../values/text.ts';
import { float, type Value, type ValueMap } from '../../../values/value.ts';
import { negate } from '../../../yaql/numbers/arithmetic.ts';
import type { FilterHost } from './filter.ts';
import { FILTERS } from './filters.ts';
import { GLOBALS } from './globals.ts';
import { methodOf } from './methods.ts';
import type { MemberNode, Node } from './nodes.ts';
import { binary, numeric, truthy } from './operators.ts';
import { item, slice } from './subscript.ts';
import { TESTS } from './tests.ts';
import {
  type CallArguments,
  Callable,
  data,
  integer,
  iterate,
  type JinjaValue,
  LoopState,
  Namespace,
  TemplateError,
  Undefined,
} from './values.ts';
import type { Variables } from './variables.ts';

const MOST_STEPS = 1_000_000;
const NO_ARGUMENTS: CallArguments = { positional: [], named: new Map() };
const LITERALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** Evaluates the expressions of templates: names are looked up in maps only, and the steps are counted. */
export class ExpressionEvaluator implements FilterHost {
  readonly #functions: ReadonlyMap<string, JinjaValue>;
  #steps = 0;

  constructor(functions: ReadonlyMap<string, JinjaValue>) {
    this.#functions = functions;
  }

  /** @throws TemplateError */
  evaluate(node: Node, variables: Variables): JinjaValue {
    this.step();
    switch (node.type) {
      case 'IntegerLiteral':
        return node.value;
      case 'FloatLiteral':
        return float(node.value);
      case 'StringLiteral':
        return node.value;
      case 'ArrayLiteral':
      case 'TupleLiteral':
        return node.value.map((item) => data(this.evaluate(item, variables)));
      case 'ObjectLiteral':
        return new Map(
          Array.from(node.value, ([k, v]) => [data(this.evaluate(k, variables)), data(this.evaluate(v, variables))]),
        );
      case 'Identifier':
        return this.#name(node.value, variables);
      case 'MemberExpression':
        return this.#member(node, variables);
      case 'CallExpression': {
        const callee = this.evaluate(node.callee, variables);
        if (callee instanceof Undefined) data(callee);
        if (!(callee instanceof Callable)) throw new TemplateError('This cannot be called');
        return callee.call(this.#arguments(node.args, variables));
      }
      case 'FilterExpression': {
        const operand = this.evaluate(node.operand, variables);
        return this.filtered(operand, node.filter, variables);
      }
      case 'TestExpression':
        return this.test(node.test.value, this.evaluate(node.operand, variables), NO_ARGUMENTS) !== node.negate;
      case 'UnaryExpression': {
        const value = this.evaluate(node.argument, variables);
        if (node.operator.value === 'not') return !truthy(value);
        const number = numeric(data(value));
        if (number === undefined) throw new TemplateError('The sign wants a number');
        return node.operator.value === '-' ? negate(number) : number;
      }
      case 'BinaryExpression':
        return this.#binary(node.operator.value, node.left, node.right, variables);
      case 'Ternary':
        return this.evaluate(
          truthy(this.evaluate(node.condition, variables)) ? node.trueExpr : node.falseExpr,
          variables,
        );
      case 'SelectExpression':
        // Outside a for: an `if` without `else`.
        return truthy(this.evaluate(node.test, variables))
          ? this.evaluate(node.lhs, variables)
          : new Undefined('The value without else');
      default:
        throw new TemplateError('The expression is not known');
    }
  }

  #name(name: string, variables: Variables): JinjaValue {
    const literal = LITERALS.get(name);
    if (literal !== undefined) return literal;
    return firstOf(variables.get(name), this.#functions.get(name), name);
  }

  #binary(operator: string, left: Node, right: Node, variables: Variables): JinjaValue {
    const first = this.evaluate(left, variables);
    if (operator === 'and') return truthy(first) ? this.evaluate(right, variables) : first;
    if (operator === 'or') return truthy(first) ? first : this.evaluate(right, variables);
    return binary(operator, first, this.evaluate(right, variables));
  }

  #member(node: MemberNode, variables: Variables): JinjaValue {
    const owner = this.evaluate(node.object, variables);
    if (owner instanceof LoopState || owner instanceof Namespace) {
      const name = node.property.type === 'Identifier' ? node.property.value : '';
      return firstOf(owner.attributes.get(name), undefined, name);
    }
    const object = data(owner);
    if (node.computed && node.property.type === 'SliceExpression') return this.#slice(object, node.property, variables);
    if (node.computed) {
      const key = data(this.evaluate(node.property, variables));
      return firstOf(item(object, key), typeof key === 'string' ? methodOf(object, key) : undefined, str(key));
    }
    const name = node.property.type === 'Identifier' ? node.property.value : (node.property as { value: number }).value;
    if (typeof name === 'number') return firstOf(item(object, name), undefined, String(name));
    // A method comes before an entry of the same name, as getattr does.
    return firstOf(methodOf(object, name), item(object, name), name);
  }

  #slice(object: Value, node: Extract<Node, { type: 'SliceExpression' }>, variables: Variables): Value {
    const [start, stop, step] = [node.start, node.stop, node.step].map((part) => {
      const value = part === undefined ? null : data(this.evaluate(part, variables));
      return value === null ? undefined : integer(value, 'A slice');
    });
    return slice(object, start, stop, step);
  }

  #arguments(nodes: readonly Node[], variables: Variables): CallArguments {
    const positional: JinjaValue[] = [];
    const named = new Map<string, JinjaValue>();
    for (const node of nodes) {
      if (node.type === 'KeywordArgumentExpression') named.set(node.key.value, this.evaluate(node.value, variables));
      else if (node.type === 'SpreadExpression') positional.push(...iterate(this.evaluate(node.argument, variables)));
      else if (node.type === 'KeywordSpreadExpression') {
        const map = data(this.evaluate(node.argument, variables));
        if (!(map instanceof Map)) throw new TemplateError('** wants a map');
        for (const [key, value] of map as ValueMap) named.set(str(key), value);
      } else positional.push(this.evaluate(node, variables));
    }
    return { positional, named };
  }

  /** The value behind a bar. @throws TemplateError */
  filtered(operand: JinjaValue, filter: Node, variables: Variables): JinjaValue {
    if (filter.type === 'Identifier') return this.filter(filter.value, operand, NO_ARGUMENTS);
    if (filter.type !== 'CallExpression' || filter.callee.type !== 'Identifier')
      throw new TemplateError('This is no filter');
    const args = this.#arguments(filter.args, variables);
    const { value } = filter.callee;
    // See test-arguments.ts.
    if (value.startsWith('is not ')) return !this.test(value.slice(7), operand, args);
    return value.startsWith('is ') ? this.test(value.slice(3), operand, args) : this.filter(value, operand, args);
  }

  filter(name: string, value: JinjaValue, args: CallArguments): JinjaValue {
    this.step();
    const filter = FILTERS.get(name);
    if (filter !== undefined) return filter(value, args, this);
    // Mistral's functions are filters too; what stands before the bar is their context.
    const shared = this.#functions.get(name);
    if (shared instanceof Callable && !GLOBALS.has(name)) return shared.call(args);
    throw new TemplateError(`There is no filter '${name}'`);
  }

  test(name: string, value: JinjaValue, args: CallArguments): boolean {
    this.step();
    const test = TESTS.get(name);
    if (test === undefined) throw new TemplateError(`There is no test '${name}'`);
    return test(value, args);
  }

  /** Counts one step, so that every evaluation ends. @throws TemplateError */
  step(): void {
    if (++this.#steps > MOST_STEPS) throw new TemplateError('The template takes too many steps');
  }
}

/** None is a value: only what is not there at all is undefined. */
function firstOf(first: JinjaValue | undefined, second: JinjaValue | undefined, name: string): JinjaValue {
  if (first !== undefined) return first;
  return second !== undefined ? second : new Undefined(`'${name}'`);
}
