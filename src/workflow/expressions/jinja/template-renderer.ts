import { str } from '../../../values/text.ts';
import type { Value } from '../../../values/value.ts';
import { ExpressionEvaluator } from './expression-evaluator.ts';
import { loopState } from './loop-state.ts';
import type { NameNode, Node } from './nodes.ts';
import { truthy } from './operators.ts';
import { Callable, data, iterate, type JinjaValue, Namespace, TemplateError, Undefined } from './values.ts';
import { Variables } from './variables.ts';

const LONGEST_OUTPUT = 10_000_000;

/**
 * Renders templates over our values: no object of the host is ever in a template's hands, names are looked up in maps
 * only, and every evaluation ends (steps and sizes are bounded).
 */
export class TemplateRenderer {
  readonly #expressions: ExpressionEvaluator;

  constructor(functions: ReadonlyMap<string, JinjaValue>) {
    this.#expressions = new ExpressionEvaluator(functions);
  }

  #evaluate(node: Node, variables: Variables): JinjaValue {
    return this.#expressions.evaluate(node, variables);
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
    this.#expressions.step();
    switch (node.type) {
      case 'Comment':
        return '';
      case 'If':
        return this.render(truthy(this.#evaluate(node.test, variables)) ? node.body : node.alternate, variables);
      case 'For':
        return this.#for(node, variables);
      case 'Set': {
        const value =
          node.value === null
            ? this.render(node.body, new Variables(variables))
            : this.#evaluate(node.value, variables);
        this.#assign(node.assignee, value, variables);
        return '';
      }
      case 'Macro':
        variables.set(node.name.value, this.#macro(node, variables));
        return '';
      case 'FilterStatement':
        return str(
          data(this.#expressions.filtered(this.render(node.body, new Variables(variables)), node.filter, variables)),
        );
      case 'Break':
      case 'Continue':
      case 'CallStatement':
        // Mistral's environment does not have them either.
        throw new TemplateError('The statement is not known');
      default:
        return str(data(this.#evaluate(node, variables)));
    }
  }

  #for(node: Extract<Node, { type: 'For' }>, outer: Variables): string {
    const select = node.iterable.type === 'SelectExpression' ? node.iterable : undefined;
    let items = iterate(this.#evaluate(select?.lhs ?? node.iterable, outer));
    if (select !== undefined) {
      items = items.filter((item) => {
        const variables = new Variables(outer);
        this.#assign(node.loopvar, item, variables);
        return truthy(this.#evaluate(select.test, variables));
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
      const owner = this.#evaluate(target.object, variables);
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
            fallback === undefined ? new Undefined(`'${name.value}'`) : this.#evaluate(fallback, outer),
          );
      }
      return this.render(node.body, variables);
    });
  }
}
