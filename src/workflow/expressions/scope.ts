import type { Value } from '../../values/value.ts';

/** What an expression sees: `$` in YAQL, `_` in Jinja, and the functions that ask the engine. */
export interface ExpressionScope {
  /** Made once, when an expression asks for it. */
  data(): Value;
  readonly functions: EngineFunctions;
}

/** The functions of Mistral's expressions that know the run; the others are pure. */
export interface EngineFunctions {
  env(): Value;
  global(name: Value): Value;
  execution(): Value;
  executions(filter: ExecutionFilter): Value;
  task(name: Value): Value;
  tasks(filter: TaskFilter): Value;
  uuid(): string;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface TaskFilter {
  readonly executionId: Value;
  readonly recursive: boolean;
  readonly state: Value;
  readonly flat: boolean;
}

export interface ExecutionFilter {
  readonly id: Value;
  readonly rootExecutionId: Value;
  readonly state: Value;
  readonly fromTime: Value;
  readonly toTime: Value;
}
