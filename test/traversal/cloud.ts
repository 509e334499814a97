import { inProcess } from '../../src/executors/in-process.ts';
import { type RunGraphOptions, run } from '../../src/executors/run.ts';
import type { HandlerMethod, HandlerResult, Handlers, TaskContext } from '../../src/run/handlers.ts';
import type { Run } from '../../src/run/run.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import type { StackState } from '../../src/state/stack-state.ts';
import { simulatedHandlers } from '../../src/testing/simulated-handlers.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';
import type { ReadyTraversal } from '../../src/traversal/prepared-traversal.ts';
import { encode } from '../../src/values/encode.ts';

/** A cloud that knows what is there: whatever is made and not deleted. Its calls take time that does not pass. */
export class Cloud {
  readonly clock: VirtualClock = virtualClock();
  /** By physical id, `name~number`. */
  readonly things: Map<string, { readonly name: string; readonly properties: string }> = new Map();
  /** Of each call that was answered: what, and of which task. */
  readonly calls: string[] = [];
  /** What was to be kept when it was made or updated. */
  readonly retained: Set<string> = new Set();
  fails: (task: string, action: string) => boolean = () => false;
  /** Whether what fails to be made is there nevertheless. */
  leavesHalf: () => boolean = () => false;
  duration: (task: string) => number = () => 0;
  readonly #simulate: HandlerMethod = simulatedHandlers({ seed: 3 })['*'];
  #number = 0;

  readonly handlers: Handlers = { '*': (context: TaskContext) => this.#call(context) };

  /** Starts a prepared traversal here. */
  start({ graph, runOptions }: ReadyTraversal, options: Partial<RunGraphOptions> = {}): Run {
    return run(graph, {
      executor: inProcess({ clock: this.clock }),
      handlers: this.handlers,
      ...runOptions,
      ...options,
    });
  }

  /** The same to its end. */
  finish(running: Run): Promise<RunResult> {
    return this.clock.drive(running.result);
  }

  /** What is there and belongs to nobody, or belongs to the stack and is not there. */
  astray({ resources }: StackState): string[] {
    const known = new Set(resources.map(({ physicalId }) => physicalId));
    const leaked = [...this.things.keys()].filter((id) => !known.has(id) && !this.retained.has(id));
    const lost = [...known].filter((id) => id?.includes('~') && !this.things.has(id));
    return [...leaked.map((id) => `leaked ${id}`), ...lost.map((id) => `lost ${id}`)];
  }

  async #call(context: TaskContext): Promise<HandlerResult | undefined> {
    const { task, action, previous } = context;
    const ms = this.duration(task.id);
    // Work that has begun does not heed the signal.
    if (ms > 0) await this.clock.sleep(ms);
    if (this.fails(task.id, action)) {
      const error = new Error(`no ${action} of ${task.id}`);
      if ((action !== 'CREATE' && action !== 'REPLACE') || !this.leavesHalf()) throw error;
      const physicalId = `${task.name}~${++this.#number}`;
      this.things.set(physicalId, { name: task.name, properties: 'half' });
      throw Object.assign(error, { physicalId });
    }
    this.calls.push(`${action} ${task.id}`);
    if (action === 'DELETE' || action === 'SNAPSHOT DELETE' || task.action === 'CLEANUP') {
      this.things.delete(previous?.physicalId ?? '');
      return undefined;
    }
    const made = (await this.#simulate(context)) as HandlerResult;
    if (task.inputs.external_id !== undefined) return made;
    const isNew = action === 'CREATE' || action === 'REPLACE';
    const physicalId = isNew ? `${task.name}~${++this.#number}` : (previous?.physicalId as string);
    if (!isNew && !this.things.has(physicalId)) throw new Error(`${action} of ${physicalId}, which is not there`);
    if (isNew || action === 'UPDATE') {
      this.things.set(physicalId, { name: task.name, properties: JSON.stringify(context.properties) });
      if (task.inputs.deletion_policy === 'Retain') this.retained.add(physicalId);
    }
    const { referenceId, attributes } = made;
    return { physicalId, ...(attributes && { attributes }), ...(isNew && referenceId && { referenceId }) };
  }
}

/** A state as a text, but for which thing of one name it is, and how it came about. */
export function essence({ source, resources }: StackState): string {
  const rows = resources.map((resource) => ({
    name: resource.name,
    type: resource.type,
    status: resource.status,
    definition: Object.entries(resource.definition).map(([key, value]) => [key, value && encode(value as never)]),
    requires: resource.requires.map(({ id }) => id.replace(/\/\/\d+$/, '')).sort(),
    masked: resource.masked,
    outputs: encode(resource.outputs),
  }));
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify([source.template.text, rows]).replaceAll(/~\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');
}
