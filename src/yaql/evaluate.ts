import type { YaqlError, YaqlExpression } from './expression.ts';
import { type ExtensionFunction, extensionSpec } from './functions.ts';
import { type Library, makeLibrary } from './library/index.ts';
import { errorOf } from './parse.ts';
import { Raised } from './raised.ts';
import { within } from './runtime/budget.ts';
import { Context, variableName } from './runtime/context.ts';
import { convertInput, type Input } from './runtime/convert-input.ts';
import { convertOutput, type Output } from './runtime/convert-output.ts';
import { evaluateNode } from './runtime/evaluate-node.ts';
import { NO_VALUE } from './runtime/objects.ts';
import { checkQuota } from './runtime/quota.ts';
import { NO_RECEIVER } from './runtime/receiver.ts';
import type { EngineOptions, Host, Run } from './runtime/run.ts';
import type { FunctionSpec } from './runtime/specification.ts';

/** Bounds of our own: Python YAQL has none of them, and can be made to run for ever. */
export interface EvaluationLimits {
  /** Calls, items and comparisons. Default 1,000,000: about a second. */
  readonly maxSteps?: number;
  /** Bytes that may be allocated over the whole evaluation, freed or not. Default 256 MiB. */
  readonly maxMemory?: number;
  /** Calls within calls. Default 160, about what Python's own limit on recursion allows. */
  readonly maxDepth?: number;
  /** Asked every thousand steps; true stops the evaluation. For a deadline, or an AbortSignal's `aborted`. */
  readonly interrupted?: () => boolean;
}

export interface EvaluationOptions extends EngineOptions, EvaluationLimits, Host {
  /** More functions; they come before those of the standard library. */
  readonly functions?: readonly ExtensionFunction[];
  /** More variables, by name without `$`. */
  readonly variables?: ReadonlyMap<string, Input>;
}

export type EvaluationResult =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly error: YaqlError };

const libraries = new Map<boolean, Library>();

// The tables never change once made; most programs need only one of the two.
function libraryFor(delegates: boolean): Library {
  let library = libraries.get(delegates);
  if (library === undefined) {
    library = makeLibrary(delegates);
    libraries.set(delegates, library);
  }
  return library;
}

const extensions = new WeakMap<readonly ExtensionFunction[], readonly FunctionSpec[]>();

// A host that evaluates a thousand expressions passes the same functions each time.
function specsOf(functions: readonly ExtensionFunction[]): readonly FunctionSpec[] {
  let specs = extensions.get(functions);
  if (specs === undefined) {
    specs = functions.map((each) => extensionSpec(each, ({ className, message }) => new Raised(className, message)));
    extensions.set(functions, specs);
  }
  return specs;
}

/**
 * Evaluates an expression with `data` as `$`. Never throws, except what an extension function throws, and always ends.
 *
 * Besides the classes of Python's exceptions there are of our own `StepLimitExceededException`,
 * `EvaluationInterruptedException` and `HostServiceMissingException`.
 */
export function evaluate(expression: YaqlExpression, data: Input, options: EvaluationOptions = {}): EvaluationResult {
  const { functions = [], variables, maxSteps = 1_000_000, maxMemory = 256 * 1024 * 1024 } = options;
  const library = libraryFor(expression.delegates);
  const run: Run = {
    evaluate: evaluateNode,
    limitIterators: options.limitIterators ?? -1,
    memoryQuota: options.memoryQuota ?? -1,
    iterableDicts: options.iterableDicts === true,
    convertSetsToLists: options.convertSetsToLists === true,
    convertTuplesToLists: options.convertTuplesToLists !== false,
    host: options,
    functions: library.functions,
    methods: library.methods,
    defined: new Set(functions.map(({ name }) => name)),
    patterns: new Map(),
    depth: 0,
    maxDepth: options.maxDepth ?? 160,
  };
  const budget = { steps: maxSteps, bytes: maxMemory, interrupted: options.interrupted ?? (() => false) };
  try {
    return within(budget, () => {
      const context = new Context();
      for (const spec of specsOf(functions)) context.register(spec);
      for (const [name, value] of variables ?? []) context.set(variableName(name), convertInput(value));
      const inner = new Context(context);
      inner.set('$1', convertInput(data));
      const result = evaluateNode(expression.root, NO_RECEIVER, inner, run);
      // An omitted argument that became the result: Python finds no finalizer that takes it.
      if (result === NO_VALUE) throw new Raised('NoMatchingFunctionException', 'the expression has no value');
      checkQuota(run, result);
      return { ok: true, value: convertOutput(result, run) };
    });
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}
