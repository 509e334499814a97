import * as say from '../diagnostics/cli.ts';
import type { Handlers, TaskContext, TaskGraph } from '../index.ts';
import { type SimulationOptions, simulatedHandlers } from '../testing/index.ts';
import { type Arguments, readNumber } from './arguments.ts';
import { loadModule } from './load-module.ts';
import { UsageError } from './usage-error.ts';

const SIMULATION = ['seed', 'simulate-delay', 'simulate-failure'] as const;
/** What a timer can wait: about 24 days. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** What `--seed` and `--simulate-...` say. @throws UsageError for what can not be meant. */
export function readSimulation(args: Arguments): SimulationOptions {
  const given = SIMULATION.find((option) => args.has(option));
  if (given !== undefined && args.has('handlers')) throw new UsageError(say.simulationWithHandlers(given));
  const seed = readNumber(args, 'seed', 0);
  const delay = args.value('simulate-delay');
  return {
    ...(seed !== undefined && { seed }),
    ...(delay !== undefined && { delay: readDelay(delay) }),
    failures: { names: args.values('simulate-failure') },
  };
}

function readDelay(written: string): [number, number] {
  const [, min, max] = /^(\d+):(\d+)$/.exec(written) ?? [];
  const [from, to] = [Number(min), Number(max)];
  if (!(from <= to && to <= LONGEST_DELAY)) throw new UsageError(say.delayInvalid(written));
  return [from, to];
}

/** The simulated cloud, once its graph is known. @throws UsageError for a failing task that is none. */
export function simulate(graph: TaskGraph, simulation: SimulationOptions): Handlers {
  for (const id of simulation.failures?.names ?? []) {
    if (graph.indexOf(id) >= 0) continue;
    throw new UsageError(
      say.simulatedTaskUnknown(
        id,
        graph.tasks.map((task) => task.id),
      ),
    );
  }
  const [failing, calm] = [simulatedHandlers(simulation), simulatedHandlers({ ...simulation, failures: {} })];
  // What is taken back has tasks of the same names.
  const isRollback = ({ idempotencyKey, task }: TaskContext): boolean =>
    idempotencyKey.endsWith(`/rollback/${task.id}`);
  return { '*': (context) => (isRollback(context) ? calm : failing)['*'](context) };
}

/** What `--handlers` names. @throws UsageError when it has none. */
export async function loadHandlers(name: string, cwd: string): Promise<Handlers> {
  const handlers = await loadModule('handlers', name, cwd);
  if (typeof handlers !== 'object' || handlers === null) throw new UsageError(say.noHandlers(name));
  return handlers as Handlers;
}
