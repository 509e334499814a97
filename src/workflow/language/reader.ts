import { at, type Diagnostic, type Locator, type Path } from '../../diagnostics/diagnostic.ts';
import { expressionsMixed, expressionWrong, keyNotText } from '../../diagnostics/workflow.ts';
import { repr } from '../../values/text.ts';
import { isList, type Value, type ValueMap } from '../../values/value.ts';
import { expressionProblem } from '../expressions/evaluate.ts';

type Problem = Omit<Diagnostic, 'place' | 'path'>;

/** Collects what is wrong with a document while it is read, each with its place. */
export class Reader {
  readonly diagnostics: Diagnostic[] = [];
  readonly locator: Locator;

  constructor(locator: Locator) {
    this.locator = locator;
  }

  report(problem: Problem, path: Path, part: 'key' | 'value' = 'value'): void {
    this.diagnostics.push({ ...problem, ...at(this.locator, path, part) });
  }

  /** How many errors there are: to see whether a part was refused. */
  get errors(): number {
    return this.diagnostics.filter(({ severity }) => severity === 'error').length;
  }

  /** Checks the expressions of a text, or of the texts directly in a list or map, as `validate_expr` does. */
  checkExpressions(value: Value | undefined, path: Path): void {
    if (typeof value === 'string') this.#checkText(value, path);
    else if (isList(value)) for (const [i, item] of value.entries()) this.#checkIfText(item, [...path, i]);
    else if (value instanceof Map) for (const [key, item] of value as ValueMap) this.#checkIfText(item, [...path, key]);
  }

  #checkIfText(value: Value, path: Path): void {
    if (typeof value === 'string') this.#checkText(value, path);
  }

  #checkText(text: string, path: Path): void {
    const problem = expressionProblem(text);
    if (problem === undefined) return;
    const { language, why } = problem;
    this.report(language === 'both' ? expressionsMixed() : expressionWrong(language, text, why), path);
  }

  /** Whether every key is text; Mistral fails on any other. */
  checkKeys(map: ValueMap, owner: string, path: Path): boolean {
    let fine = true;
    for (const key of map.keys()) {
      if (typeof key === 'string') continue;
      this.report(keyNotText(owner, repr(key)), [...path, key], 'key');
      fine = false;
    }
    return fine;
  }
}

export function textMap(value: Value | undefined): ReadonlyMap<string, Value> {
  return (value instanceof Map ? value : new Map()) as ReadonlyMap<string, Value>;
}

/** A text, or the texts of a list. */
export function texts(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}
