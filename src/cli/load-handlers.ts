import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as say from '../diagnostics/cli.ts';
import type { Handlers, TaskGraph } from '../index.ts';
import { type SimulationOptions, simulatedHandlers } from '../testing/index.ts';
import { type Arguments, readNumber } from './arguments.ts';
import { absolutePath } from './read-file.ts';
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
  return simulatedHandlers(simulation);
}

/** The default export of a module: a file as seen from `cwd`, or a package that is installed there. */
export async function loadHandlers(name: string, cwd: string): Promise<Handlers> {
  let loaded: Record<string, unknown>;
  try {
    loaded = await import(moduleUrl(name, cwd));
  } catch (error) {
    throw new UsageError(say.handlersUnloadable(name, error instanceof Error ? error.message : String(error)));
  }
  const handlers = loaded.default ?? loaded.handlers;
  if (typeof handlers !== 'object' || handlers === null) throw new UsageError(say.noHandlers(name));
  return handlers as Handlers;
}

function moduleUrl(name: string, cwd: string): string {
  const path = absolutePath(name, cwd);
  if (existsSync(path)) return pathToFileURL(path).href;
  return pathToFileURL(createRequire(join(cwd, 'handlers.js')).resolve(name)).href;
}
