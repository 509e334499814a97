import { lookup } from '../../../values/equality.ts';
import { str } from '../../../values/text.ts';
import { float, isList, type Value, type ValueMap } from '../../../values/value.ts';
import { negate } from '../../../yaql/numbers/arithmetic.ts';
import { FILTERS, type FilterHost } from './filters.ts';
import { methodOf } from './methods.ts';
import type { MemberNode, NameNode, Node } from './nodes.ts';
import { binary, numeric, truthy } from './operators.ts';
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
import { Variables } from './variables.ts';

const MOST_STEPS = 1_000_000;
const LONGEST_OUTPUT = 10_000_000;
const NO_ARGUMENTS: CallArguments = { positional: [], named: new Map() };
const LITERALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** Ends a round of a loop: Jinja's `break` and `continue` (which Mistral's environment does not have). */
const UNKNOWN_STATEMENT = 'The statement is not known';

/**
 * Evaluates templates over our values: no object of the host is ever in a template's hands, names are looked up in maps
 * only, and every evaluation ends (steps and sizes are bounded).
 */
export class Interpreter implements FilterHost {
  readonly #functions: ReadonlyMap<string, JinjaValue>;
  #steps = 0;

  constructor(functions: ReadonlyMap<string, JinjaValue>) {
    this.#functions = functions;
  }

  /** @throws TemplateError */
  render(body: readonly Node[], variables: Variables): string {
    let out = '';
    for (const node of body) {
      out += this.#statement(node, variables);
      if (out.length > LONGEST_OUTPUT) throw new TemplateError('The output is too long');
    }
    return out;
  }

  #statement(node: Node, variables: Variables): string {
    this.#step();
    switch (node.type) {
      case 'Comment':
        return '';
      case 'If':
        return this.render(truthy(this.evaluate(node.test, variables)) ? node.body : node.alternate, variables);
      case 'For':
        return this.#for(node, variables);
      case 'Set': {
        const value =
          node.value === null ? this.render(node.body, new Variables(variables)) : this.evaluate(node.value, variables);
        this.#assign(node.assignee, value, variables);
        return '';
      }
      case 'Macro':
        variables.set(node.name.value, this.#macro(node, variables));
        return '';
      case 'FilterStatement':
        return str(data(this.#filtered(this.render(node.body, new Variables(variables)), node.filter, variables)));
      case 'Break':
      case 'Continue':
      case 'CallStatement':
        throw new TemplateError(UNKNOWN_STATEMENT);
      default:
        return str(data(this.evaluate(node, variables)));
    }
  }

  #for(node: Extract<Node, { type: 'For' }>, outer: Variables): string {
    const select = node.iterable.type === 'SelectExpression' ? node.iterable : undefined;
    let items = iterate(this.evaluate(select?.lhs ?? node.iterable, outer));
    if (select !== undefined) {
      items = items.filter((item) => {
        const variables = new Variables(outer);
        this.#assign(node.loopvar, item, variables);
        return truthy(this.evaluate(select.test, variables));
      });
    }
    if (items.length === 0) return this.render(node.defaultBlock, new Variables(outer));
    let out = '';
    for (let i = 0; i < items.length; i++) {
      const variables = new Variables(outer);
      this.#assign(node.loopvar, items[i] as Value, variables);
      variables.set('loop', loopState(items, i));
      out += this.render(node.body, variables);
      if (out.length > LONGEST_OUTPUT) throw new TemplateError('The output is too long');
    }
    return out;
  }

  #assign(target: Node, value: JinjaValue, variables: Variables): void {
    if (target.type === 'Identifier') {
      variables.set(target.value, value);
    } else if (target.type === 'TupleLiteral') {
      const items = iterate(value);
      if (items.length !== target.value.length) throw new TemplateError('The number of values and names differs');
      for (const [i, part] of target.value.entries()) this.#assign(part, items[i] as Value, variables);
    } else if (target.type === 'MemberExpression' && !target.computed && target.property.type === 'Identifier') {
      const owner = this.evaluate(target.object, variables);
      if (!(owner instanceof Namespace)) throw new TemplateError('Only a namespace can be changed');
      owner.attributes.set(target.property.value, value);
    } else {
      throw new TemplateError('This cannot be set');
    }
  }

  #macro(node: Extract<Node, { type: 'Macro' }>, outer: Variables): Callable {
    return new Callable(({ positional, named }) => {
      const variables = new Variables(outer);
      for (const [i, parameter] of node.args.entries()) {
        const name = parameter.type === 'KeywordArgumentExpression' ? parameter.key : (parameter as NameNode);
        const fallback = parameter.type === 'KeywordArgumentExpression' ? parameter.value : undefined;
        const given = positional[i] !== undefined ? positional[i] : named.get(name.value);
        if (given !== undefined) variables.set(name.value, given);
        else
          variables.set(
            name.value,
            fallback === undefined ? new Undefined(`'${name.value}'`) : this.evaluate(fallback, outer),
          );
      }
      return this.render(node.body, variables);
    });
  }

  /** @throws TemplateError */
  evaluate(node: Node, variables: Variables): JinjaValue {
    this.#step();
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
        return this.#filtered(operand, node.filter, variables);
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
        throw new TemplateError(UNKNOWN_STATEMENT);
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
    const bound = (part: Node | undefined): number | undefined => {
      const value = part === undefined ? null : data(this.evaluate(part, variables));
      return value === null ? undefined : integer(value, 'A slice');
    };
    const items = iterate(object);
    const step = bound(node.step) ?? 1;
    if (step === 0) throw new TemplateError('The step of a slice is 0');
    const limit = (value: number | undefined, fallback: number): number => {
      if (value === undefined) return fallback;
      const at = value < 0 ? value + items.length : value;
      return step > 0 ? Math.min(Math.max(at, 0), items.length) : Math.min(Math.max(at, -1), items.length - 1);
    };
    const picked: Value[] = [];
    const stop = limit(bound(node.stop), step > 0 ? items.length : -1);
    for (let i = limit(bound(node.start), step > 0 ? 0 : items.length - 1); step > 0 ? i < stop : i > stop; i += step) {
      picked.push(items[i] as Value);
    }
    return typeof object === 'string' ? picked.join('') : picked;
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

  #filtered(operand: JinjaValue, filter: Node, variables: Variables): JinjaValue {
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
    this.#step();
    const filter = FILTERS.get(name);
    if (filter !== undefined) return filter(value, args, this);
    // Mistral's functions are filters too; what stands before the bar is their context.
    const shared = this.#functions.get(name);
    if (shared instanceof Callable && !GLOBALS.has(name)) return shared.call(args);
    throw new TemplateError(`There is no filter '${name}'`);
  }

  test(name: string, value: JinjaValue, args: CallArguments): boolean {
    this.#step();
    const test = TESTS.get(name);
    if (test === undefined) throw new TemplateError(`There is no test '${name}'`);
    return test(value, args);
  }

  #step(): void {
    if (++this.#steps > MOST_STEPS) throw new TemplateError('The template takes too many steps');
  }
}

/** None is a value: only what is not there at all is undefined. */
function firstOf(first: JinjaValue | undefined, second: JinjaValue | undefined, name: string): JinjaValue {
  if (first !== undefined) return first;
  return second !== undefined ? second : new Undefined(`'${name}'`);
}

function item(object: Value, key: Value): Value | undefined {
  if (object instanceof Map) return lookup(object as ValueMap, key);
  if (typeof key !== 'number' || !Number.isInteger(key)) return undefined;
  if (isList(object)) return object.at(key);
  return typeof object === 'string' ? Array.from(object).at(key) : undefined;
}

function loopState(items: readonly Value[], i: number): LoopState {
  const last = items.length - 1;
  return new LoopState(
    new Map<string, JinjaValue>([
      ['index', i + 1],
      ['index0', i],
      ['revindex', last - i + 1],
      ['revindex0', last - i],
      ['first', i === 0],
      ['last', i === last],
      ['length', items.length],
      ['previtem', i > 0 ? (items[i - 1] as Value) : new Undefined('The item before the first')],
      ['nextitem', i < last ? (items[i + 1] as Value) : new Undefined('The item after the last')],
      ['cycle', new Callable(({ positional }) => positional[i % positional.length] ?? null)],
    ]),
  );
}

/** Jinja's own functions, as far as they give data. */
export const GLOBALS: ReadonlyMap<string, JinjaValue> = new Map<string, JinjaValue>([
  ['range', new Callable(({ positional }) => range(positional.map((value) => integer(value, 'range'))))],
  [
    'dict',
    new Callable(
      ({ positional, named }) =>
        new Map([...iteratePairs(positional[0]), ...Array.from(named, ([k, v]) => [k, data(v)] as const)]),
    ),
  ],
  [
    'namespace',
    new Callable(({ named }) => {
      const made = new Namespace();
      for (const [name, value] of named) made.attributes.set(name, value);
      return made;
    }),
  ],
]);

function iteratePairs(value: JinjaValue | undefined): (readonly [Value, Value])[] {
  if (value === undefined) return [];
  const given = data(value);
  if (given instanceof Map) return [...(given as ValueMap)];
  return iterate(given).map((pair) => {
    const [key, item] = iterate(pair);
    if (key === undefined || item === undefined) throw new TemplateError('dict wants pairs');
    return [key, item] as const;
  });
}

/** Jinja's sandbox allows 100,000 numbers. */
function range(numbers: readonly number[]): Value {
  const [start, stop, step] =
    numbers.length < 2 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  if (step === 0) throw new TemplateError('The step of range is 0');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > 100_000) throw new TemplateError('The range is too long');
  return Array.from({ length: count }, (_, i) => start + i * step);
}
