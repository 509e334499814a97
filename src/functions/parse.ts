import type { Path, PathStep } from '../diagnostics/diagnostic.ts';
import { Float, type Value } from '../values/value.ts';
import { evaluate } from './evaluate.ts';
import {
  Call,
  type Expression,
  expressionList,
  expressionMap,
  type FunctionContext,
  type FunctionDefinition,
  type FunctionTable,
  type FunctionTables,
  type MacroConditions,
  OMIT,
} from './expression.ts';
import { classOfParseError, PythonError } from './python-error.ts';

export interface ParseContext extends FunctionContext {
  readonly tables: FunctionTables;
  /** Whether a condition holds, for macros. @throws PythonError as `Conditions.is_enabled` does. */
  isEnabled(condition: Value): boolean;
  /** A function refused its arguments. Parsing goes on; evaluated, such a call is null. */
  report(problem: FunctionProblem): void;
}

/** A function refused its arguments, or failed. */
export interface FunctionProblem {
  /** Of the arguments: ends with the name of the function. */
  readonly path: Path;
  readonly functionName: string;
  readonly error: PythonError;
  /** The exception class with which Heat refuses the template. */
  readonly heat: string;
  /** The form of the arguments that the function takes. */
  readonly expected: string;
}

/** Finds the calls in a snippet that stands at `path`; with `key`, a step further. */
export type ParseExpression = (snippet: Value, path: Path, key?: string) => Expression;

/** Finds the calls in snippets, one after the other. Mirrors `template.parse`. */
export function expressionParser(context: ParseContext): ParseExpression {
  const parser = new Parser(context.tables.functions, context);
  return (snippet, path, key) => parser.parseAt(snippet, path, key);
}

/** Finds the calls in `snippet`, which stands at `path`. Mirrors `template.parse`. */
export function parseExpression(snippet: Value, context: ParseContext, path: Path): Expression {
  return new Parser(context.tables.functions, context).parseAt(snippet, path);
}

/** The same with the functions that conditions may use. Mirrors `Template.parse_condition`. */
export function parseCondition(snippet: Value, context: ParseContext, path: Path): Expression {
  return new Parser(context.tables.conditions, context).parseAt(snippet, path);
}

/** Stands in for a function that refused its arguments. */
const REFUSED: FunctionDefinition = Object.freeze({ heatClass: 'Function', form: '', evaluate: () => null });

class Parser {
  readonly #table: FunctionTable;
  readonly #context: ParseContext;
  #base: Path = [];
  /** From `#base` on. One stack for all parsing, copied only for a report; an array that shrinks is made anew. */
  readonly #steps: PathStep[] = [];
  #depth = 0;

  constructor(table: FunctionTable, context: ParseContext) {
    this.#table = table;
    this.#context = context;
  }

  parseAt(snippet: Value, path: Path, key?: string): Expression {
    this.#base = path;
    this.#depth = 0;
    if (key !== undefined) this.#push(key);
    return this.#parse(snippet);
  }

  #push(step: PathStep): void {
    this.#steps[this.#depth++] = step;
  }

  #path(): Path {
    return this.#base.concat(this.#steps.slice(0, this.#depth));
  }

  #parse(snippet: Value): Expression {
    if (typeof snippet !== 'object' || snippet === null) return snippet;
    if (snippet instanceof Map) return this.#parseMap(snippet);
    if (Array.isArray(snippet)) return this.#parseList(snippet);
    if (snippet instanceof Float) return snippet;
    // Heat reads whatever can be iterated as a list: a set, the numbers of bytes.
    return this.#parseList([...(snippet as Iterable<Value>)]);
  }

  #parseMap(map: ReadonlyMap<Value, Value>): Expression {
    const single = map.size === 1;
    let copy: Map<Value, Expression> | undefined;
    // Not over entries: they would be the greater part of what parsing allocates.
    for (const key of map.keys()) {
      const value = map.get(key) as Value;
      const definition = single && typeof key === 'string' ? this.#table.get(key) : undefined;
      if (definition !== undefined) return this.#parseCall(key as string, definition, value);
      if (typeof value !== 'object' || value === null) continue;
      this.#push(key);
      const parsed = this.#parse(value);
      this.#depth--;
      if (parsed === value) continue;
      copy ??= copyOf(map);
      copy.set(key, parsed);
    }
    return copy === undefined ? map : expressionMap(copy);
  }

  #parseList(list: readonly Value[]): Expression {
    let copy: Expression[] | undefined;
    for (let index = 0; index < list.length; index++) {
      const value = list[index] as Value;
      if (typeof value !== 'object' || value === null) continue;
      this.#push(index);
      const parsed = this.#parse(value);
      this.#depth--;
      if (parsed === value) continue;
      copy ??= list.slice();
      copy[index] = parsed;
    }
    return copy === undefined ? list : expressionList(copy);
  }

  #parseCall(name: string, definition: FunctionDefinition, args: Value): Call {
    this.#push(name);
    const call =
      definition.macro === undefined ? this.#function(name, definition, args) : this.#macro(name, definition, args);
    this.#depth--;
    return call;
  }

  #function(name: string, definition: FunctionDefinition, snippet: Value): Call {
    const args = this.#parse(snippet);
    try {
      const chosen = definition.specialise?.(args, this.#context) ?? definition;
      return new Call(name, chosen, args, chosen.parse?.(args, name, this.#context));
    } catch (error) {
      return this.#refuse(name, definition, args, error);
    }
  }

  #macro(name: string, definition: FunctionDefinition, args: Value): Call {
    try {
      const choice = (definition.macro as NonNullable<FunctionDefinition['macro']>)(args, name, this.#conditions());
      if (choice === OMIT) return new Call<unknown>(name, definition, OMIT, undefined);
      this.#push(choice.branch);
      const branch = this.#parse((args as readonly Value[])[choice.branch] as Value);
      this.#depth--;
      return new Call<unknown>(name, definition, branch, undefined, choice.branch);
    } catch (error) {
      return this.#refuse(name, definition, args, error);
    }
  }

  #conditions(): MacroConditions {
    return {
      holds: (condition, index) => {
        const parsed = parseCondition(condition, this.#context, [...this.#path(), index]);
        const value = evaluate(parsed, this.#context.runtime);
        return typeof value === 'boolean' ? value : this.#context.isEnabled(value);
      },
    };
  }

  #refuse(functionName: string, definition: FunctionDefinition, args: Expression, error: unknown): Call {
    if (!(error instanceof PythonError)) throw error;
    const heat = classOfParseError(error);
    this.#context.report({
      path: this.#path(),
      functionName,
      error,
      heat,
      expected: definition.form,
    });
    return new Call<unknown>(functionName, REFUSED, args, undefined);
  }
}

/** A loop, because `new Map(map)` takes five times as long. */
function copyOf(map: ReadonlyMap<Value, Value>): Map<Value, Expression> {
  const copy = new Map<Value, Expression>();
  for (const key of map.keys()) copy.set(key, map.get(key) as Value);
  return copy;
}
