import { type CompiledPattern, compilePattern, type PatternMatch } from '../../regex/index.ts';
import { characterByName } from '../language/character-names.ts';
import { toSize } from '../numbers/arithmetic.ts';
import { LimitPassed, Raised, typeError, valueError } from '../raised.ts';
import { allocate, spend, stepsLeft } from '../runtime/budget.ts';
import { Context } from '../runtime/context.ts';
import { Dict } from '../runtime/dict.ts';
import type { Lambda } from '../runtime/lambda.ts';
import { List, type Runtime } from '../runtime/objects.ts';
import { Pattern } from '../runtime/pattern-object.ts';
import { NO_RECEIVER } from '../runtime/receiver.ts';
import type { Run } from '../runtime/run.ts';
import type { Call } from '../runtime/specification.ts';
import { type FunctionSpec, func, method, type Parameter, type Payload, param } from '../runtime/specification.ts';
import { typeNameOf } from '../runtime/type-name.ts';
import { CONTEXT_LAMBDA, INT, NULLABLE, NULLABLE_BOOL, PATTERN, STRING } from '../runtime/types.ts';
import { lazily } from './filters.ts';

// One step of an evaluation is worth that many of the matcher's, which are far smaller.
const MATCHER_STEPS = 4;

/** Runs the matcher on what is left of the evaluation's steps. */
function search<T>(work: (budget: { steps: number }) => T): T {
  const granted = Math.min(stepsLeft() * MATCHER_STEPS, 50_000_000);
  const budget = { steps: granted };
  const result = work(budget);
  spend(Math.ceil((granted - budget.steps) / MATCHER_STEPS));
  if (budget.steps < 0) {
    throw new LimitPassed('StepLimitExceededException', 'a regular expression takes too many steps');
  }
  return result;
}

interface Flags {
  readonly ignoreCase?: boolean;
  readonly multiLine?: boolean;
  readonly dotAll?: boolean;
}

function compile(run: Run, source: string, flags: Flags = {}): Pattern {
  const key = `${flags.ignoreCase ? 'i' : ''}${flags.multiLine ? 'm' : ''}${flags.dotAll ? 's' : ''}/${source}`;
  const known = run.patterns.get(key);
  if (known !== undefined) return known as Pattern;
  spend(1 + source.length / 8);
  const compiled = compilePattern(source, flags, characterByName);
  if (!compiled.ok)
    throw new Raised(compiled.error.className, `${compiled.error.message} at offset ${compiled.error.position}`);
  const pattern = new Pattern(compiled.pattern);
  run.patterns.set(key, pattern);
  return pattern;
}

function found(pattern: CompiledPattern, text: string): boolean {
  return search((budget) => pattern.search(text, budget)) !== undefined;
}

function record(match: PatternMatch, group: number): Dict {
  return new Dict(false, [
    ['value', match.group(group) ?? null],
    ['start', match.start(group)],
    ['end', match.end(group)],
  ]);
}

/** Makes the groups of a match variables: `$1` the whole match, `$2` the first group. */
function publish(context: Context, match: PatternMatch): void {
  for (let group = 0; group <= match.groupCount; group++) context.set(`$${group + 1}`, record(match, group));
  for (const text of match.namedGroups.values()) {
    // Python YAQL takes the text of a named group apart where its name and text were meant, which works only for a
    // group that matched two characters, and then looks for a group of the second one's name.
    if (text === undefined) throw typeError('cannot unpack a group that did not match');
    const [name, value, ...rest] = Array.from(text);
    if (name === undefined || value === undefined || rest.length > 0) {
      throw valueError('a named group cannot be published: YAQL can only number them');
    }
    const group = match.groupIndex(value);
    if (group === undefined) throw new Raised('IndexError', `there is no group ${value}`);
    const { start, end } = { start: match.start(group), end: match.end(group) };
    context.set(
      `$${name}`,
      new Dict(false, [
        ['value', value],
        ['start', start],
        ['end', end],
      ]),
    );
  }
}

function selected(call: Call, match: PatternMatch, selector: Lambda | null): Runtime {
  if (selector === null) return match.group(0) ?? null;
  const context = new Context(call.context);
  publish(context, match);
  return selector.callIn(context, NO_RECEIVER, []);
}

function* searchAll(call: Call, pattern: Pattern, text: string, selector: Lambda | null): Generator<Runtime> {
  const scanner = pattern.compiled.scanner(text);
  for (;;) {
    const match = search((budget) => scanner.next(budget));
    if (match === undefined) return;
    yield selected(call, match, selector);
  }
}

function split(_call: Call, pattern: Pattern, text: string, limit: number | bigint): Runtime {
  const parts = search((budget) => pattern.compiled.split(text, toSize(limit), budget));
  allocate(64 * parts.length);
  return new List(parts.map((part) => part ?? null));
}

function substitute(
  pattern: CompiledPattern,
  text: string,
  replacement: (match: PatternMatch) => string,
  count: number | bigint,
): string {
  const scanner = pattern.scanner(text);
  const pieces: string[] = [];
  let end = 0;
  for (let done = 0; count <= 0 || done < count; done++) {
    const match = search((budget) => scanner.next(budget));
    if (match === undefined) break;
    pieces.push(scanner.slice(end, match.start(0)), replacement(match));
    allocate(64 + 2 * (pieces.at(-1) as string).length);
    end = match.end(0);
  }
  pieces.push(scanner.slice(end));
  return pieces.join('');
}

function replace(_call: Call, pattern: Pattern, text: string, replacement: string, count: number | bigint): Runtime {
  const template = pattern.compiled.template(replacement);
  if (!template.ok) throw new Raised(template.error.className, template.error.message);
  // Python reads a negative count as one that is already reached.
  if (count < 0) return text;
  return substitute(pattern.compiled, text, template.expand, count);
}

function replaceBy(call: Call, pattern: Pattern, text: string, lambda: Lambda, count: number | bigint): Runtime {
  if (count < 0) return text;
  const make = (match: PatternMatch): string => {
    // Python publishes the match in the function's own context, not in a new one for each match.
    publish(call.context, match);
    const result = lambda.callIn(new Context(call.context), NO_RECEIVER, []);
    if (typeof result !== 'string') {
      if (result === null) return '';
      throw typeError(`a replacement must be text, not ${typeNameOf(result)}`);
    }
    return result;
  };
  return substitute(pattern.compiled, text, make, count);
}

function escaped(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&');
}

const REGEXP = param('regexp', PATTERN);
const TEXT = param('string', STRING);
const SELECTOR = param('selector', CONTEXT_LAMBDA, null);
const LIMIT = param('maxSplit', INT, 0);
const COUNT = param('count', INT, 0);
const FLAG = (name: string) => param(name, NULLABLE_BOOL, false);

function matching(symbol: string, wanted: boolean): FunctionSpec[] {
  return [
    func(
      `#operator_${symbol}`,
      [TEXT, REGEXP],
      (_call, text: string, pattern: Pattern) => found(pattern.compiled, text) === wanted,
    ),
    func(`#operator_${symbol}`, [TEXT, param('pattern', STRING)], ({ run }, text: string, source: string) => {
      return found(compile(run, source).compiled, text) === wanted;
    }),
  ];
}

/** The same with the text first. */
function textFirst(name: string, third: readonly Parameter[], payload: Payload): FunctionSpec {
  return method(name, [TEXT, REGEXP, ...third], (call, text: string, pattern: Pattern, ...rest: Runtime[]) =>
    payload(call, pattern, text, ...rest),
  );
}

export const REGULAR_EXPRESSIONS: readonly FunctionSpec[] = [
  func(
    'regex',
    [param('pattern', STRING), FLAG('ignoreCase'), FLAG('multiLine'), FLAG('dotAll')],
    ({ run }, source: string, ignoreCase: boolean | null, multiLine: boolean | null, dotAll: boolean | null) =>
      compile(run, source, { ignoreCase: ignoreCase === true, multiLine: multiLine === true, dotAll: dotAll === true }),
  ),
  method('matches', [REGEXP, TEXT], (_call, pattern: Pattern, text: string) => found(pattern.compiled, text)),
  method('matches', [TEXT, param('regexp', STRING)], ({ run }, text: string, source: string) =>
    found(compile(run, source).compiled, text),
  ),
  ...matching('=~', true),
  ...matching('!~', false),
  method('search', [REGEXP, TEXT, SELECTOR], (call, pattern: Pattern, text: string, selector: Lambda | null) => {
    const match = search((budget) => pattern.compiled.search(text, budget));
    return match === undefined ? null : selected(call, match, selector);
  }),
  method('searchAll', [REGEXP, TEXT, SELECTOR], (call, pattern: Pattern, text: string, selector: Lambda | null) =>
    lazily(searchAll(call, pattern, text, selector)),
  ),
  method('split', [REGEXP, TEXT, LIMIT], split),
  textFirst('split', [LIMIT], split),
  method('replace', [REGEXP, TEXT, param('repl', STRING), COUNT], replace),
  textFirst('replace', [param('repl', STRING), COUNT], replace),
  method('replaceBy', [REGEXP, TEXT, param('repl', CONTEXT_LAMBDA), COUNT], replaceBy),
  method(
    'replaceBy',
    [TEXT, REGEXP, param('repl', CONTEXT_LAMBDA), COUNT],
    (call, text: string, pattern: Pattern, lambda: Lambda, count: number) =>
      replaceBy(call, pattern, text, lambda, count),
  ),
  func('escapeRegex', [TEXT], (_call, text: string) => escaped(text), { allocates: true }),
  func('isRegex', [param('value', NULLABLE)], (_call, value: Runtime) => value instanceof Pattern),
];
