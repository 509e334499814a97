import { HEAT_CATALOG } from '../catalog/catalog.ts';
import type { Catalog, ResourceType } from '../catalog/resource-type.ts';
import type { Task } from '../graph/task.ts';
import type { HandlerMethod, HandlerResult, TaskContext } from '../run/handlers.ts';
import { SeededRandom } from './seeded-random.ts';
import { simulateAttributes } from './simulated-attributes.ts';

export interface SimulationOptions {
  /** Another seed, another cloud. Default 1. */
  readonly seed?: number | string;
  /** How long each attempt takes in ms: between two limits by seed, or as a function says. Default `[0, 0]`. */
  readonly delay?: readonly [min: number, max: number] | ((task: Task, attempt: number) => number);
  readonly failures?: SimulatedFailures;
  /** What attributes types have. Default: Heat's types. */
  readonly catalog?: Catalog;
  /** Waits; rejects with the signal's reason when that is aborted. Default: by setTimeout. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface SimulatedFailures {
  /** Of all tasks, the part that fails, by seed: 0 to 1. */
  readonly rate?: number;
  /** Ids of tasks that fail. */
  readonly names?: Iterable<string>;
  /** How many attempts at each such task fail before one succeeds. Default: all. */
  readonly attempts?: number;
}

/**
 * Handlers that do nothing, for every type and action: they take their time, fail where they are told to, and give ids
 * and attributes such as a cloud would. For the same seed and the same task everything is the same, always.
 */
export function simulatedHandlers(options: SimulationOptions = {}): { readonly '*': HandlerMethod } {
  const { seed = 1, delay = [0, 0], failures = {}, catalog = HEAT_CATALOG, sleep = wait } = options;
  const { rate = 0, names = [], attempts = Number.POSITIVE_INFINITY } = failures;
  const failing = new Set(names);
  const delayOf = (task: Task, attempt: number): number => {
    if (typeof delay === 'function') return delay(task, attempt);
    const [min, max] = delay;
    return min + new SeededRandom(`${seed}/delay/${task.id}/${attempt}`).fraction() * (max - min);
  };
  const fails = (task: Task, attempt: number): boolean => {
    if (attempt > attempts) return false;
    return failing.has(task.id) || new SeededRandom(`${seed}/failure/${task.id}`).fraction() < rate;
  };
  return {
    async '*'(context) {
      const { task, attempt } = context;
      const ms = delayOf(task, attempt);
      if (ms > 0) await sleep(ms, context.signal);
      if (fails(task, attempt)) throw new Error(`simulated failure of '${task.id}', attempt ${attempt}`);
      return context.action === 'DELETE'
        ? undefined
        : simulateResult(context, `${seed}/${task.id}`, catalog.get(task.type));
    },
  };
}

function simulateResult(context: TaskContext, key: string, type: ResourceType | undefined): HandlerResult {
  const { name } = context.task;
  // What is there already keeps its id.
  const before = context.previous?.physicalId;
  const isNew = context.action === 'CREATE' || context.action === 'REPLACE';
  // A replacement is another thing.
  const idKey = context.action === 'REPLACE' ? `${key}/instead of ${before}` : key;
  const physicalId = (isNew ? undefined : before) ?? new SeededRandom(idKey).uuid();
  const attributes = simulateAttributes(key, name, type, context.referencedAttributes, context.properties);
  const referenceId = referenceOf(type, name, physicalId);
  return { physicalId, attributes, ...(referenceId !== undefined && { referenceId }) };
}

function referenceOf(type: ResourceType | undefined, name: string, physicalId: string): string | undefined {
  switch (type?.reference) {
    case 'name':
      return name;
    case 'physical_name':
      return `stack-${name}-${physicalId.slice(0, 12).replace('-', '')}`;
    case 'own':
      return `https://cloud.example/${encodeURIComponent(type.name)}/${physicalId}`;
    default:
      return undefined;
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
