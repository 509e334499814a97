import type { JinjaValue } from './values.ts';

/** The names of a block of a template; what it does not set is looked up around it. */
export class Variables {
  readonly #own: Map<string, JinjaValue> = new Map();
  readonly #outer: Variables | undefined;

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  get(name: string): JinjaValue | undefined {
    const own = this.#own.get(name);
    return own !== undefined ? own : this.#outer?.get(name);
  }

  set(name: string, value: JinjaValue): void {
    this.#own.set(name, value);
  }
}
