import { Constant, Expression, MappingExpression } from '../language/expression.ts';
import { Raised } from '../raised.ts';
import { allocate, spend } from './budget.ts';
import { Context } from './context.ts';
import { NO_VALUE, type Runtime } from './objects.ts';
import type { RawArgument } from './parameter-type.ts';
import { checkQuota } from './quota.ts';
import { NO_RECEIVER, type Receiver } from './receiver.ts';
import { reprOf } from './repr.ts';
import type { Run } from './run.ts';
import { sizeOf } from './size.ts';
import type { FunctionSpec, Parameter } from './specification.ts';
import { isSpecialization } from './types.ts';

type Keywords = Map<string, RawArgument>;
const NO_KEYWORDS: ReadonlyMap<string, RawArgument> = new Map();
const NONE: ReadonlyMap<string, Runtime> = new Map();

/** An overload that the arguments could fit, with the parameters of the keyword arguments. */
interface Mapping {
  readonly spec: FunctionSpec;
  readonly keywords: ReadonlyMap<string, Parameter> | undefined;
}

/** The parameter of a positional argument. */
function parameterAt(spec: FunctionSpec, index: number): Parameter | undefined {
  return index < spec.parameters.length ? spec.parameters[index] : spec.rest;
}

/**
 * Calls the overload of `name` that fits the arguments, as Python YAQL's runner chooses it: overloads that could fit the
 * expressions are found first, then the arguments are evaluated, then the values decide.
 *
 * @throws NoFunctionRegisteredException, NoMatchingFunctionException, AmbiguousFunctionException and the same of methods
 */
export function callFunction(
  run: Run,
  name: string,
  context: Context,
  given: readonly RawArgument[],
  receiver: Receiver = NO_RECEIVER,
  givenKeywords: ReadonlyMap<string, RawArgument> = NO_KEYWORDS,
): Runtime {
  spend(1);
  const levels = overloads(run, name, context, receiver !== NO_RECEIVER);
  if (levels.length === 0) throw notRegistered(name, receiver);
  const chosen = choose(run, name, levels, context, given, receiver, givenKeywords);
  const result = invoke(run, chosen, context);
  checkQuota(run, result);
  if (chosen.spec.allocates) allocate(sizeOf(result));
  return result;
}

function overloads(run: Run, name: string, context: Context, methods: boolean): readonly (readonly FunctionSpec[])[] {
  const plain = name.endsWith('_') ? name.replace(/_+$/, '') : name;
  const standard = ((methods ? run.methods : run.functions).get(plain) ?? []) as readonly (readonly FunctionSpec[])[];
  if (!run.defined.has(plain)) return standard;
  const levels: (readonly FunctionSpec[])[] = [];
  for (let level: Context | undefined = context; level !== undefined; level = level.parent) {
    const found = (level.functions(plain) as readonly FunctionSpec[] | undefined)?.filter((spec) =>
      methods ? spec.isMethod : spec.isFunction,
    );
    if (found !== undefined && found.length > 0) levels.push(found);
  }
  return [...levels, ...standard];
}

interface Chosen {
  readonly spec: FunctionSpec;
  readonly args: readonly RawArgument[];
  readonly keywords: ReadonlyMap<string, RawArgument>;
}

function choose(
  run: Run,
  name: string,
  levels: readonly (readonly FunctionSpec[])[],
  context: Context,
  given: readonly RawArgument[],
  receiver: Receiver,
  givenKeywords: ReadonlyMap<string, RawArgument>,
): Chosen {
  let args = receiver === NO_RECEIVER ? given : [receiver, ...given];
  let keywords = givenKeywords;
  let noKeywords: boolean | undefined;
  let lazy: string | undefined;
  let lazyMapping: Mapping | undefined;
  const candidates: Mapping[][] = [];
  for (const level of levels) {
    const fitting: Mapping[] = [];
    for (const spec of level) {
      if (noKeywords === undefined) {
        noKeywords = spec.noKeywords;
        [args, keywords] = translate(noKeywords, args, keywords);
      } else if (noKeywords !== spec.noKeywords) {
        throw ambiguous(name, receiver);
      }
      const mapping = mapArguments(spec, args, keywords, run);
      if (mapping === undefined) continue;
      const lazyHere = lazyArguments(mapping, args.length);
      if (lazy === undefined) {
        lazy = lazyHere;
        lazyMapping = mapping;
      } else if (lazy !== lazyHere) {
        throw ambiguous(name, receiver);
      }
      fitting.push(mapping);
    }
    if (fitting.length > 0) candidates.push(fitting);
  }
  if (lazyMapping === undefined) throw notFitting(name, receiver);
  const values = evaluateArguments(args, lazyMapping, context, run);
  const keywordValues = evaluateKeywords(keywords, lazyMapping, context, run);
  for (const level of candidates) {
    let winner: Mapping | undefined;
    for (const mapping of level) {
      if (!fits(mapping.spec, values, keywordValues, run)) continue;
      if (winner !== undefined) {
        if (specializes(winner, mapping, args.length)) continue;
        if (!specializes(mapping, winner, args.length)) throw ambiguous(name, receiver);
      }
      winner = mapping;
    }
    if (winner !== undefined) return { spec: winner.spec, args: values, keywords: keywordValues };
  }
  throw notFitting(name, receiver);
}

/** Takes `name => value` arguments as keyword arguments. */
function translate(
  noKeywords: boolean,
  args: readonly RawArgument[],
  keywords: ReadonlyMap<string, RawArgument>,
): [readonly RawArgument[], ReadonlyMap<string, RawArgument>] {
  if (noKeywords) {
    for (const name of keywords.keys()) throw new Raised('ArgumentException', `${name} cannot be given by name`);
    return [args, keywords];
  }
  if (!args.some((arg) => arg instanceof MappingExpression)) return [args, keywords];
  const positional: RawArgument[] = [];
  const named: Keywords = new Map();
  for (const arg of args) {
    if (!(arg instanceof MappingExpression)) {
      positional.push(arg);
    } else if (arg.source instanceof Constant && arg.source.keyword) {
      named.set(arg.source.value as string, arg.destination);
    } else {
      throw new Raised('MappingTranslationException', 'the name of an argument must be a word', arg.position);
    }
  }
  for (const [name, value] of keywords) {
    if (named.has(name)) throw new Raised('MappingTranslationException', `the argument ${name} is given twice`);
    named.set(name, value);
  }
  return [positional, named];
}

function mapArguments(
  spec: FunctionSpec,
  args: readonly RawArgument[],
  keywords: ReadonlyMap<string, RawArgument>,
  run: Run,
): Mapping | undefined {
  const { parameters, rest, restKeyword } = spec;
  if (args.length > parameters.length && rest === undefined) return undefined;
  let named: Map<string, Parameter> | undefined;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as Parameter;
    const isNamed = keywords.size > 0 && keywords.has(parameter.name);
    const isGiven = i < args.length && args[i] !== NO_VALUE;
    if (isGiven) {
      if (isNamed) return undefined;
    } else if (isNamed) {
      // An empty place and a name for the same parameter.
      if (i < args.length) return undefined;
      named ??= new Map();
      named.set(parameter.name, parameter);
    } else if (parameter.default === undefined) {
      return undefined;
    }
  }
  for (const [name, value] of keywords) {
    if (named?.has(name)) continue;
    if (restKeyword === undefined || !restKeyword.type.check(value, run)) return undefined;
    named ??= new Map();
    named.set(name, restKeyword);
  }
  for (let i = 0; i < args.length; i++) {
    const parameter = parameterAt(spec, i) as Parameter;
    const value = args[i] === NO_VALUE ? (parameter.default ?? NO_VALUE) : (args[i] as RawArgument);
    if (!parameter.type.check(value, run)) return undefined;
  }
  return { spec, keywords: named };
}

/** Which arguments stay unevaluated, as a text that can be compared. */
function lazyArguments({ spec, keywords }: Mapping, count: number): string {
  if (!spec.hasLazy) return '';
  let result = '';
  for (let i = 0; i < count; i++) if (parameterAt(spec, i)?.type.lazy === true) result += `${i},`;
  if (keywords === undefined) return result;
  const names = Array.from(keywords).filter(([, parameter]) => parameter.type.lazy);
  return (
    result +
    names
      .map(([name]) => name)
      .sort()
      .join()
  );
}

function evaluateArguments(
  args: readonly RawArgument[],
  { spec }: Mapping,
  context: Context,
  run: Run,
): readonly RawArgument[] {
  let values: RawArgument[] | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as RawArgument;
    if (!(arg instanceof Expression) || arg instanceof Constant || parameterAt(spec, i)?.type.lazy === true) continue;
    values ??= args.slice();
    values[i] = run.evaluate(arg, NO_RECEIVER, context, run);
  }
  return values ?? args;
}

function evaluateKeywords(
  keywords: ReadonlyMap<string, RawArgument>,
  mapping: Mapping,
  context: Context,
  run: Run,
): ReadonlyMap<string, RawArgument> {
  if (keywords.size === 0) return keywords;
  const values: Keywords = new Map();
  for (const [name, arg] of keywords) {
    const lazy = mapping.keywords?.get(name)?.type.lazy === true;
    const stays = !(arg instanceof Expression) || arg instanceof Constant || lazy;
    values.set(name, stays ? arg : run.evaluate(arg, NO_RECEIVER, context, run));
  }
  return values;
}

/** Whether the values are of the right types. */
function fits(
  spec: FunctionSpec,
  values: readonly RawArgument[],
  keywords: ReadonlyMap<string, RawArgument>,
  run: Run,
): boolean {
  const { parameters } = spec;
  let used = 0;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as Parameter;
    let value: RawArgument | undefined;
    if (i < values.length && values[i] !== NO_VALUE) {
      if (keywords.size > 0 && keywords.has(parameter.name)) return false;
      value = values[i];
    } else if (keywords.size > 0 && keywords.has(parameter.name)) {
      value = keywords.get(parameter.name);
      used++;
    } else {
      value = parameter.default;
    }
    if (value === undefined || !parameter.type.check(value, run)) return false;
  }
  for (let i = parameters.length; i < values.length; i++) {
    if (spec.rest === undefined || !spec.rest.type.check(values[i] as RawArgument, run)) return false;
  }
  if (used === keywords.size) return true;
  return spec.restKeyword !== undefined;
}

function specializes(a: Mapping, b: Mapping, count: number): boolean {
  let result = false;
  const decide = (x: Parameter, y: Parameter): boolean => {
    if (isSpecialization(y.type, x.type)) return false;
    if (isSpecialization(x.type, y.type)) result = true;
    return true;
  };
  for (let i = 0; i < count; i++) {
    const [x, y] = [parameterAt(a.spec, i), parameterAt(b.spec, i)];
    if (x !== undefined && y !== undefined && !decide(x, y)) return false;
  }
  for (const [name, x] of a.keywords ?? []) {
    const y = b.keywords?.get(name);
    if (y !== undefined && !decide(x, y)) return false;
  }
  return result;
}

function invoke(run: Run, { spec, args, keywords }: Chosen, outer: Context): Runtime {
  const context = new Context(outer);
  const converted: Runtime[] = [];
  const { parameters, rest, restKeyword } = spec;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as Parameter;
    const given = i < args.length && args[i] !== NO_VALUE ? args[i] : keywords.get(parameter.name);
    const value = given === undefined ? (parameter.default as Runtime) : given;
    converted.push(parameter.type.convert(value, context, run, parameter.name));
  }
  for (let i = parameters.length; i < args.length; i++) {
    const { type, name } = rest as Parameter;
    converted.push(type.convert(args[i] as RawArgument, context, run, name));
  }
  let named: Map<string, Runtime> | undefined;
  if (restKeyword !== undefined) {
    named = new Map();
    for (const [name, value] of keywords) {
      if (!parameters.some((parameter) => parameter.name === name)) {
        named.set(name, restKeyword.type.convert(value, context, run, name));
      }
    }
  }
  return spec.payload({ run, context, keywords: named ?? NONE }, ...converted);
}

function notRegistered(name: string, receiver: Receiver): Raised {
  if (receiver === NO_RECEIVER) return new Raised('NoFunctionRegisteredException', `there is no function ${name}`);
  return new Raised('NoMethodRegisteredException', `there is no method ${name} for ${shown(receiver)}`);
}

function notFitting(name: string, receiver: Receiver): Raised {
  if (receiver === NO_RECEIVER) {
    return new Raised('NoMatchingFunctionException', `no function ${name} takes these arguments`);
  }
  return new Raised('NoMatchingMethodException', `no method ${name} of ${shown(receiver)} takes these arguments`);
}

function ambiguous(name: string, receiver: Receiver): Raised {
  if (receiver === NO_RECEIVER) return new Raised('AmbiguousFunctionException', `several functions ${name} fit`);
  return new Raised('AmbiguousMethodException', `several methods ${name} of ${shown(receiver)} fit`);
}

function shown(value: Runtime): string {
  try {
    const text = reprOf(value);
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
  } catch {
    return 'a value';
  }
}
