import { type Runtime, YaqlObject } from './objects.ts';

/** A function in a context, which only who calls it looks into. */
export interface Registered {
  readonly name: string;
}

/** Variables and functions that an expression sees; what is not here is looked for in the parent. */
export class Context extends YaqlObject {
  readonly typeName: string = 'Context';
  readonly parent: Context | undefined;
  #data: Map<string, Runtime> | undefined;
  #functions: Map<string, Registered[]> | undefined;

  constructor(parent?: Context) {
    super();
    this.parent = parent;
  }

  /** `name` with its `$`; null when there is none. */
  get(name: string): Runtime {
    let context: Context | undefined = this;
    do {
      const value = context.#data?.get(name);
      if (value !== undefined) return value;
      context = context.parent;
    } while (context !== undefined);
    return null;
  }

  set(name: string, value: Runtime): void {
    this.#data ??= new Map();
    this.#data.set(name, value);
  }

  register(spec: Registered): void {
    this.#functions ??= new Map();
    const overloads = this.#functions.get(spec.name);
    if (overloads === undefined) this.#functions.set(spec.name, [spec]);
    else overloads.push(spec);
  }

  functions(name: string): readonly Registered[] | undefined {
    return this.#functions?.get(name);
  }
}

/** The name under which a variable is kept: `$` is `$1`. */
export function variableName(name: string): string {
  const full = name.startsWith('$') ? name : `$${name}`;
  return full === '$' ? '$1' : full;
}
