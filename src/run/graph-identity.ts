import { scope as scopeCodec } from '../graph/json-format.ts';
import { valueRecord as inputsCodec } from '../graph/json-values.ts';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';

/**
 * A short text that is the same for graphs that do the same, however they are made: tasks with their inputs, edges,
 * parameters. Places, policies (but `runsOn`), reasons of edges, outputs and the values of hidden parameters are not in
 * it: a run may be resumed with another timeout, and nobody learns a password from it. No cryptography: it tells
 * mistakes, not attacks.
 */
export function graphIdentity(graph: TaskGraph): string {
  const hash = new Hash();
  for (let index = 0; index < graph.size; index++) {
    addTask(hash, graph.tasks[index] as Task);
    const requires = graph.requires(index);
    for (let i = 0; i < requires.length; i++) hash.number(requires[i] as number);
  }
  for (const scope of graph.scopes.values()) {
    const hidden = new Set(scope.hidden);
    const parameters = new Map([...scope.parameters].filter(([name]) => !hidden.has(name)));
    hash.add(JSON.stringify(scopeCodec.write({ ...scope, parameters })));
  }
  return hash.digest();
}

/** Field by field: to write tasks as JSON first would take longer than all that a journal does with them. */
function addTask(hash: Hash, { id, action, name, type, scope, inputs, policy }: Task): void {
  hash.add(id);
  hash.add(action);
  hash.add(name);
  hash.add(type);
  hash.add(scope);
  hash.add(Object.keys(inputs).length === 0 ? '' : JSON.stringify(inputsCodec.write(inputs)));
  // The only policy that decides what is done, and not how.
  hash.add(policy?.runsOn ?? '');
}

/** Two lanes of MurmurHash3's mixing, over pairs of UTF-16 units. */
class Hash {
  #a = 0x9e3779b9;
  #b = 0x85ebca6b;
  #length = 0;

  add(text: string): void {
    // The unit behind the last one of an odd number is NaN, which counts as zero here.
    for (let i = 0; i < text.length; i += 2) this.number(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
    // So that two texts are never taken for one.
    this.number(text.length);
  }

  number(value: number): void {
    let mixed = Math.imul(value, 0xcc9e2d51);
    mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    const a = this.#a ^ mixed;
    this.#a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    const b = this.#b ^ Math.imul(value ^ this.#a, 0xab0e9789);
    this.#b = (Math.imul((b << 17) | (b >>> 15), 9) + 0x38b34ae5) | 0;
    this.#length++;
  }

  digest(): string {
    return [finish(this.#a ^ this.#length), finish(this.#b)].map((n) => n.toString(16).padStart(8, '0')).join('');
  }
}

function finish(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
