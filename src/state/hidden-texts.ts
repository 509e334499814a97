import { Float, isMap, type Value } from '../values/value.ts';

/**
 * What must not be shown: the texts and numbers in the values of hidden parameters. True, false, null and keys of maps
 * are no secrets.
 */
export class HiddenTexts {
  readonly #texts = new Set<string>();

  constructor(values: Iterable<Value>) {
    for (const value of values) forEachScalar(value, (text) => this.#texts.add(text));
    this.#texts.delete('');
  }

  /** Whether a hidden text is in the value: in a text, or as a number. */
  isIn(value: Value): boolean {
    if (this.#texts.size === 0) return false;
    let found = false;
    forEachScalar(value, (text) => {
      if (found || this.#texts.has(text)) found = true;
      else for (const hidden of this.#texts) found ||= text.includes(hidden);
    });
    return found;
  }
}

function forEachScalar(value: Value, visit: (text: string) => void): void {
  const pending: Value[] = [value];
  while (pending.length > 0) {
    const one = pending.pop() as Value;
    if (one === null || typeof one === 'boolean' || one instanceof Uint8Array) continue;
    if (one instanceof Float) visit(String(one.value));
    else if (typeof one !== 'object') visit(String(one));
    // One by one: a call with many arguments overflows the stack.
    else for (const item of isMap(one) ? one.values() : (one as Iterable<Value>)) pending.push(item);
  }
}
