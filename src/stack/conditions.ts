import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/stack.ts';
import { evaluate } from '../functions/evaluate.ts';
import { Call, type Expression } from '../functions/expression.ts';
import { type ParseContext, parseCondition } from '../functions/parse.ts';
import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { Template } from '../template/template.ts';
import { repr, str } from '../values/text.ts';
import { isMap, typeName, type Value } from '../values/value.ts';

type Result = boolean | PythonError | 'in progress';

/** How many conditions may be resolved inside one another before they are resolved one by one. */
const MAX_NESTING = 50;

/** Says that `condition` is to be resolved first, outside of what asks for it. Never leaves this file. */
class TooDeep extends Error {
  readonly condition: string;

  constructor(condition: string) {
    super();
    this.condition = condition;
  }
}

/**
 * The conditions of a stack, each resolved once, when first asked for. Mirrors `heat.engine.conditions.Conditions`, save
 * that a chain of any length is no danger to the call stack.
 */
export class Conditions {
  readonly #definitions: ReadonlyMap<string, Expression>;
  readonly #runtime: Runtime;
  readonly #results = new Map<string, Result>();
  #nesting = 0;
  /** What waits for the condition that is resolved now, outermost first. */
  #pending: Set<string> = new Set();

  constructor(definitions: ReadonlyMap<string, Expression>, runtime: Runtime) {
    this.#definitions = definitions;
    this.#runtime = runtime;
  }

  names(): readonly string[] {
    return [...this.#definitions.keys()];
  }

  /**
   * Whether a condition, given by name or as a boolean, holds; null stands for no condition and always does.
   *
   * @throws PythonError ValueError for an unknown name; StackValidationFailed for a circle and for a condition that is
   * not boolean; what its functions raise.
   */
  isEnabled(name: Value): boolean {
    if (name === null) return true;
    if (typeof name === 'boolean') return name;
    if (typeof name !== 'string' || !this.#definitions.has(name)) {
      throw new PythonError('ValueError', `there is no condition ${repr(name)}`);
    }
    const known = this.#results.get(name);
    if (known === 'in progress' || this.#pending.has(name)) throw circle(name);
    if (known instanceof PythonError) throw known;
    if (known !== undefined) return known;
    if (this.#nesting > 0) return this.#resolve(name);
    return this.#resolveOneByOne(name);
  }

  /** Resolves what is too deep inside first, from a list of what is to do instead of the call stack. */
  #resolveOneByOne(name: string): boolean {
    const waiting = [name];
    try {
      for (;;) {
        const next = waiting.at(-1) as string;
        this.#pending.delete(next);
        try {
          const result = this.#resolve(next);
          if (waiting.length === 1) return result;
          waiting.pop();
        } catch (error) {
          if (error instanceof TooDeep) {
            this.#pending.add(next);
            waiting.push(error.condition);
          } else {
            if (waiting.length === 1 || !(error instanceof PythonError)) throw error;
            waiting.pop();
          }
        }
      }
    } finally {
      this.#pending = new Set();
    }
  }

  #resolve(name: string): boolean {
    if (this.#nesting >= MAX_NESTING) throw new TooDeep(name);
    this.#results.set(name, 'in progress');
    this.#nesting++;
    try {
      const value = evaluate(this.#definitions.get(name) as Expression, this.#runtime);
      if (typeof value !== 'boolean') {
        throw new PythonError('StackValidationFailed', `the condition '${name}' is ${repr(value)}, not true or false`);
      }
      this.#results.set(name, value);
      return value;
    } catch (error) {
      if (error instanceof PythonError) this.#results.set(name, error);
      else this.#results.delete(name);
      throw error;
    } finally {
      this.#nesting--;
    }
  }
}

function circle(name: string): PythonError {
  return new PythonError('StackValidationFailed', `the condition '${name}' is defined by itself, in a circle`);
}

/** Parses the conditions section; definitions that are broken count as true, so that the rest can be judged. */
export function readConditionDefinitions(
  template: Template,
  context: ParseContext,
  report: (diagnostic: Diagnostic) => void,
): Map<string, Expression> {
  const { document, conditions } = template;
  const section = template.dialect.sections.conditions ?? '';
  const definitions = new Map<string, Expression>();
  if (!isMap(conditions)) {
    report(say.conditionsNotAMap(document, [section], typeName(conditions)));
    return definitions;
  }
  for (const [key, snippet] of conditions) {
    const path = [section, key];
    if (typeof key !== 'string') {
      report(say.conditionNameNotText(document, path, str(key)));
      continue;
    }
    let broken = false;
    const parsed = parseCondition(
      snippet,
      {
        ...context,
        report: (problem) => {
          broken = true;
          context.report(problem);
        },
      },
      path,
    );
    definitions.set(key, broken ? true : parsed);
  }
  return definitions;
}

/** Heat's validation: every definition is a boolean or a function. Mirrors `Conditions.validate`. */
export function validateConditionDefinitions(
  template: Template,
  definitions: ReadonlyMap<string, Expression>,
  report: (diagnostic: Diagnostic) => void,
): void {
  const section = template.dialect.sections.conditions ?? '';
  for (const [name, definition] of definitions) {
    if (typeof definition === 'boolean' || definition instanceof Call) continue;
    const message = `The condition '${name}' is neither a boolean nor a function.`;
    const diagnostic = say.conditionFailed(template.document, [section, name], message, 'StackValidationFailed');
    report({ ...diagnostic, stage: 'conditions' });
  }
}
