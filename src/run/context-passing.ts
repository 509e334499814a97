import type { Place } from '../diagnostics/diagnostic.ts';
import { evaluate } from '../functions/evaluate.ts';
import type { FunctionTables } from '../functions/expression.ts';
import { type FunctionProblem, parseExpression } from '../functions/parse.ts';
import { PythonError } from '../functions/python-error.ts';
import type { Runtime } from '../functions/runtime.ts';
import type { GraphOutput, Scope, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { type HookCall, hookCallOf, INSTEAD, isHookTask, OWN_TASK } from '../hooks/hook-task.ts';
import { isMap, type Value, type ValueMap } from '../values/value.ts';
import type { TaskFailure } from './failure.ts';
import { hookInputs } from './hook-inputs.ts';
import { HookInstances } from './hook-instances.ts';
import { hookPath, pathOf, recordedPath } from './recorded-path.ts';
import { type AttributePath, ReferencedAttributes } from './referenced-attributes.ts';
import { joinResults, type TaskResult } from './result.ts';
import { AttributeMissing, type HostValues, type Known, ScopeRuntime } from './scope-runtime.ts';

export interface ContextPassingOptions extends HostValues {
  /** The functions of a version. */
  readonly tables: (version: readonly [key: string, value: string]) => FunctionTables | undefined;
  /** The result of a task that completed; undefined for every other. */
  readonly result: (task: number) => TaskResult | undefined;
  /** Why a task failed: hooks that run on failure are told. Default: nobody knows. */
  readonly failure?: (task: number) => TaskFailure | undefined;
  /** What earlier runs recorded, by the path of the thing: `name`, `scope/name`. */
  readonly previous?: ReadonlyMap<string, TaskResult>;
}

/** Why inputs or an output have no value. */
export class Unresolved extends Error {
  /** Where the function stands, as far as the graph tells. */
  readonly place: Place | undefined;
  /** The exception class of Heat. */
  readonly heat: string;

  constructor(message: string, heat: string, place: Place | undefined) {
    super(message);
    this.heat = heat;
    this.place = place;
  }
}

export type Inputs = ReadonlyMap<string, Value>;

// These act on what is there; what it was made from may be gone by then.
const NEEDS_NO_INPUTS: ReadonlySet<string> = new Set(['DELETE', 'CHECK', 'SUSPEND', 'RESUME', 'SNAPSHOT']);
const GONE: ReadonlySet<string> = new Set(['DELETE', 'CLEANUP']);
const NO_INPUTS: Inputs = new Map();
const MANY = 8;

/** Resolves the inputs of a task once it is ready: from its scope and the results of what it requires. */
export class ContextPassing {
  readonly #graph: TaskGraph;
  readonly #options: ContextPassingOptions;
  #referenced: ReferencedAttributes | undefined;
  #hooks: HookInstances | undefined;

  constructor(graph: TaskGraph, options: ContextPassingOptions) {
    this.#graph = graph;
    this.#options = options;
  }

  /**
   * The inputs with every function evaluated. Those without functions are the ones of the graph, not copied. An input
   * that cannot be resolved is left out for an action on what is there already, such as DELETE.
   *
   * @throws Unresolved
   */
  inputs(index: number): Inputs {
    const task = this.#graph.tasks[index] as Task;
    if (isHookTask(task)) return this.#hookInputs(index, hookCallOf(task) as HookCall);
    const keys = Object.keys(task.inputs);
    if (keys.length === 0) return NO_INPUTS;
    const inputs = new Map<string, Value>();
    for (const key of keys) {
      const input = task.inputs[key] as Value;
      if (typeof input !== 'object' || input === null) {
        inputs.set(key, input);
        continue;
      }
      try {
        if (key === INSTEAD) {
          inputs.set(key, this.#hookInputs(index, hookCallOf(task) as HookCall, propertiesOf(inputs)));
          continue;
        }
        inputs.set(key, this.#resolve(input, task.scope, this.#visibleFrom(index), [key]));
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
        if (NEEDS_NO_INPUTS.has(task.action)) continue;
        throw new Unresolved(error.message, error.type, this.#placeOf(index, error));
      }
    }
    return inputs;
  }

  /** The attributes of a task's thing that others refer to. The first call walks the whole graph. */
  referencedAttributes(task: Task): readonly AttributePath[] {
    this.#referenced ??= new ReferencedAttributes(this.#graph, this.#options.tables, this.#options);
    return this.#referenced.of(task.scope, task.name);
  }

  /** The value of an output. @throws Unresolved */
  output(output: GraphOutput): Value {
    try {
      return this.#resolve(output.value, output.scope, output.requires, ['outputs', output.name]);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      throw new Unresolved(error.message, error.type, undefined);
    }
  }

  /** What the workflow of a hook is given; with `properties` it does the work of the task itself. */
  #hookInputs(index: number, call: HookCall, properties?: Value): Inputs & ValueMap {
    const task = this.#graph.tasks[index] as Task;
    const ofIndex = properties === undefined ? this.#graph.indexOf(call.of ?? '') : index;
    const of = call.of === undefined ? undefined : this.#graph.tasks[ofIndex];
    const result = of === undefined ? undefined : this.#resultFor(ofIndex, of);
    const own = of === undefined || result === undefined ? undefined : { name: of.name, type: of.type, result };
    let input: Value;
    try {
      input = this.#resolve(call.input, task.scope, this.#visibleFrom(index), ['input'], own);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      throw new Unresolved(error.message, error.type, this.#placeOf(index, error));
    }
    const known = of === undefined ? undefined : { task: of, result, properties };
    const failures = task.policy?.runsOn === 'failure' ? this.#failuresBefore(index) : [];
    return hookInputs(call, this.#graph.scopes.get(task.scope), input, known, failures);
  }

  /** Of what is taken away, what it was; of what is still to be done, what it is by now. */
  #resultFor(index: number, task: Task): TaskResult | undefined {
    const result = this.#resultOf(index);
    const recorded = result === undefined || GONE.has(task.action) ? this.#recordedOf(task) : undefined;
    return recorded ?? result;
  }

  #failuresBefore(index: number): TaskFailure[] {
    const failures: TaskFailure[] = [];
    for (const required of [...this.#graph.requires(index)].sort((a, b) => a - b)) {
      const failure = this.#options.result(required) === undefined ? this.#options.failure?.(required) : undefined;
      if (failure !== undefined) failures.push(failure);
    }
    return failures;
  }

  /** What an earlier run recorded of a task's thing; of those of one name that are there at once each has an id. */
  #recordedOf({ scope, name, inputs }: Task): TaskResult | undefined {
    const { previous } = this.#options;
    const id = inputs.existing;
    const existing = typeof id === 'string' ? previous?.get(recordedPath(scope, id)) : undefined;
    return existing ?? previous?.get(pathOf(scope, name));
  }

  #resolve(value: Value, scopePath: string, requires: ArrayLike<number>, path: readonly string[], own?: Known): Value {
    const scope = this.#graph.scopes.get(scopePath);
    const tables = scope === undefined ? undefined : this.#options.tables(scope.version);
    // A graph made by hand may have no scopes, or a version of its own: then there are no functions.
    if (scope === undefined || tables === undefined) return value;
    const find = this.#finder(scope, requires, own);
    const runtime = new ScopeRuntime(scope, find, this.#options);
    const problems: FunctionProblem[] = [];
    const context = {
      tables,
      runtime: runtime satisfies Runtime,
      declaresResource: (name: Value) => runtime.hasResource(name) || !isParameter(scope, name),
      isEnabled: (name: Value) => runtime.condition(name),
      report: (problem: FunctionProblem) => void problems.push(problem),
    };
    const expression = parseExpression(value, context, path);
    const [problem] = problems;
    if (problem !== undefined) throw problem.error;
    return expression === value ? value : evaluate(expression, runtime);
  }

  /** What a task requires; a later step of a component sees what the steps before it required as well. */
  #visibleFrom(index: number): ArrayLike<number> {
    const requires = this.#graph.requires(index);
    let before = this.#stepBefore(index);
    if (before === undefined) return requires;
    const all = [...requires];
    for (; before !== undefined; before = this.#stepBefore(before)) all.push(...this.#graph.requires(before));
    return all;
  }

  /** The step of the same component that a step comes after; undefined: it is the first, or no step at all. */
  #stepBefore(index: number): number | undefined {
    const { scope, name, inputs } = this.#graph.tasks[index] as Task;
    if (inputs.step === undefined) return undefined;
    return this.#graph.requires(index).find((required) => {
      const other = this.#graph.tasks[required] as Task;
      return other.name === name && other.scope === scope && other.inputs.step !== undefined;
    });
  }

  /** A component gives what all its steps gave, the later before the earlier. */
  #resultOf(index: number): TaskResult | undefined {
    let result = this.#options.result(index);
    let before = result === undefined ? undefined : this.#stepBefore(index);
    for (; before !== undefined; before = this.#stepBefore(before)) {
      const earlier = this.#options.result(before);
      if (earlier !== undefined && result !== undefined) result = joinResults(earlier, result);
    }
    return result;
  }

  /** @param own what `$task` stands for. */
  #finder(scope: Scope, requires: ArrayLike<number>, own?: Known): (name: string) => Known | undefined {
    let byName: Map<string, Known> | undefined;
    const search = (name: string): Known | undefined => {
      if (requires.length <= MANY) return this.#knownAmong(scope, requires, (task) => task.name === name);
      if (byName === undefined) {
        byName = new Map();
        const names = byName;
        this.#knownAmong(scope, requires, (task, result) => {
          if (!names.has(task.name)) names.set(task.name, { name: task.name, type: task.type, result });
          return false;
        });
      }
      return byName.get(name);
    };
    return (name) => {
      if (name === OWN_TASK && own !== undefined) return own;
      return search(name) ?? this.#hook(scope, requires, name, own?.name) ?? this.#recorded(scope, name);
    };
  }

  /** The first required thing of the scope that `wanted` takes; what is taken away cannot be referred to. */
  #knownAmong(
    scope: Scope,
    requires: ArrayLike<number>,
    wanted: (task: Task, result: TaskResult) => boolean,
  ): Known | undefined {
    for (let i = 0; i < requires.length; i++) {
      const index = requires[i] as number;
      const task = this.#graph.tasks[index] as Task;
      if (task.scope !== scope.path || task.action === 'DELETE' || isHookTask(task)) continue;
      const result = this.#resultOf(index);
      if (result !== undefined && wanted(task, result)) return { name: task.name, type: task.type, result };
    }
    return undefined;
  }

  /** What a hook gave: its outputs, or of one with several places a map of those, by task. */
  #hook(scope: Scope, requires: ArrayLike<number>, name: string, own: string | undefined): Known | undefined {
    this.#hooks ??= new HookInstances(this.#graph);
    const recorded = this.#options.previous?.get(hookPath(scope.path, name));
    return this.#hooks.known(scope.path, name, requires, this.#options.result, own, recorded);
  }

  #recorded(scope: Scope, name: string): Known | undefined {
    const result = this.#options.previous?.get(pathOf(scope.path, name));
    return result === undefined ? undefined : { name, type: '', result };
  }

  /** Where the edge that brought the attribute was written. */
  #placeOf(index: number, error: PythonError): Place | undefined {
    const task = this.#graph.tasks[index] as Task;
    if (error instanceof AttributeMissing) {
      for (const required of this.#graph.requires(index)) {
        if (this.#graph.tasks[required]?.name !== error.resource) continue;
        const reason = this.#graph.reasons(index, required).find((r) => r.kind === 'get_attr' && r.place !== undefined);
        if (reason !== undefined) return reason.place;
      }
    }
    return task.place;
  }
}

function isParameter(scope: Scope, name: Value): boolean {
  return typeof name === 'string' && scope.parameters.has(name);
}

/** The properties among inputs: always a map. */
export function propertiesOf(inputs: Inputs | undefined): Value {
  const properties = inputs?.get('properties');
  return properties !== undefined && isMap(properties) ? properties : new Map();
}
