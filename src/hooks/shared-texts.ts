import type { Scope } from '../graph/task.ts';
import type { SourceText } from '../yaml/source.ts';

/**
 * The texts of workflows, once for each scope that has hooks: among its files, under keys that no template can have for
 * a file of its own (`hook:<name>`).
 */
export class SharedTexts {
  readonly #scopes: ReadonlyMap<string, Scope>;
  readonly #added = new Map<string, Map<string, string>>();

  constructor(scopes: ReadonlyMap<string, Scope>) {
    this.#scopes = scopes;
  }

  /** The key of a text in the files of a scope. */
  key(scope: string, { name, text }: SourceText): string {
    const files = this.#scopes.get(scope)?.files;
    let added = this.#added.get(scope);
    if (added === undefined) {
      added = new Map();
      this.#added.set(scope, added);
    }
    let key = `hook:${name}`;
    for (let number = 2; ; number++) {
      const known = added.get(key) ?? files?.get(key);
      if (known === undefined || known === text) break;
      key = `hook:${name}#${number}`;
    }
    added.set(key, text);
    return key;
  }

  /** The scope with its texts. */
  complete(scope: Scope): Scope {
    const added = this.#added.get(scope.path);
    return added === undefined ? scope : { ...scope, files: new Map([...scope.files, ...added]) };
  }
}
