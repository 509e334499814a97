import { convertInput, type Input } from './runtime/convert-input.ts';
import { convertOutput, type Output } from './runtime/convert-output.ts';
import type { Runtime } from './runtime/objects.ts';
import type { ParameterType } from './runtime/parameter-type.ts';
import type { Call } from './runtime/specification.ts';
import { type FunctionSpec, func, method, type Parameter, param } from './runtime/specification.ts';
import {
  BOOL,
  INT,
  ITERABLE,
  MAPPING,
  NULLABLE,
  NULLABLE_BOOL,
  NULLABLE_INT,
  NULLABLE_STRING,
  SEQUENCE,
  STRING,
} from './runtime/types.ts';

export type ParameterTypeName = 'any' | 'string' | 'int' | 'bool' | 'list' | 'iterable' | 'dict';

export interface FunctionParameter {
  /** The name for keyword arguments: `tasks(state => ERROR)`. */
  readonly name: string;
  /** Default 'any'. */
  readonly type?: ParameterTypeName;
  /** Given if the argument is left out; without it the argument must be given. null makes the parameter nullable. */
  readonly default?: Input;
}

/** A function that the host adds to the language. */
export interface ExtensionFunction {
  readonly name: string;
  readonly parameters?: readonly FunctionParameter[];
  /** Whether it is called on its first argument, `a.name(b)`, rather than `name(a, b)`. Default false. */
  readonly method?: boolean;
  /**
   * Gets its arguments as plain values (iterators are run, within the limits) and returns one. What it throws is not
   * caught, except `YaqlFunctionError`.
   */
  readonly call: (...args: Output[]) => Input;
}

/** Thrown by an extension function to raise an exception inside the expression. */
export class YaqlFunctionError extends Error {
  readonly className: string;

  constructor(className: string, message: string) {
    super(message);
    this.className = className;
  }
}

const TYPES: Readonly<Record<ParameterTypeName, readonly [ParameterType, ParameterType]>> = {
  any: [NULLABLE, NULLABLE],
  string: [STRING, NULLABLE_STRING],
  int: [INT, NULLABLE_INT],
  bool: [BOOL, NULLABLE_BOOL],
  list: [SEQUENCE, NULLABLE],
  iterable: [ITERABLE, NULLABLE],
  dict: [MAPPING, NULLABLE],
};

export function extensionSpec(
  extension: ExtensionFunction,
  raise: (error: YaqlFunctionError) => Error | object,
): FunctionSpec {
  const parameters = (extension.parameters ?? []).map(toParameter);
  const payload = (call: Call, ...args: Runtime[]): Runtime => {
    try {
      return convertInput(extension.call(...args.map((arg) => convertOutput(arg, call.run))));
    } catch (error) {
      throw error instanceof YaqlFunctionError ? raise(error) : error;
    }
  };
  return (extension.method === true ? method : func)(extension.name, parameters, payload, { allocates: true });
}

function toParameter({ name, type = 'any', default: fallback }: FunctionParameter): Parameter {
  const [plain, nullable] = TYPES[type];
  return param(name, fallback === null ? nullable : plain, fallback === undefined ? undefined : convertInput(fallback));
}
