import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Float, float, int } from '../../src/values/value.ts';
import {
  DateTime,
  type EvaluationOptions,
  evaluate,
  type Input,
  type Output,
  parse,
  TimeSpan,
  YaqlObject,
} from '../../src/yaql/index.ts';
import { mistralFunctions } from './yaql-mistral.ts';

/** A case as the suites write it; `about` of a suite explains the encoding of values. */
export interface YaqlCase {
  readonly id: string;
  readonly group: string;
  /** Absent: Heat's, `$` is `{data: data}`; `mistral`: `$` is the data. `plain`: the data, no limits, no extensions. */
  readonly engine?: string;
  /** YAQL's own limits, where they are not the engine's: items, bytes. */
  readonly limits?: readonly [number, number];
  readonly expression: string;
  readonly data: unknown;
  readonly expected?: unknown;
  readonly error?: { readonly phase: string; readonly type: string; readonly message?: string };
  /** Lists in the result have no order that could be relied on. */
  readonly unordered?: boolean;
}

export interface YaqlCaseResult {
  readonly id: string;
  readonly ok: boolean;
  /** What was expected and what came; empty where they are the same. */
  readonly detail: string;
}

export interface YaqlConformance {
  readonly passed: number;
  readonly failed: number;
  readonly cases: readonly YaqlCaseResult[];
}

const HOT_LIMITS: EvaluationOptions = { limitIterators: 200, memoryQuota: 10000 };
// Where Python never answers, the suite says so with a class of its own.
const ENDLESS: ReadonlySet<string> = new Set(
  ['StepLimitExceededException', 'MemoryQuotaExceededException', 'CollectionTooLargeException'].map(
    (type) => `evaluate ${type}`,
  ),
);

/** Runs every case of a directory with a `cases.json`; expressions are parsed and evaluated as a host would. */
export function runYaqlConformance(directory: string): YaqlConformance {
  const suite = JSON.parse(readFileSync(join(directory, 'cases.json'), 'utf8')) as { cases: YaqlCase[] };
  return summarise(suite.cases.map(runCase));
}

export function summarise(cases: readonly YaqlCaseResult[]): YaqlConformance {
  const passed = cases.filter(({ ok }) => ok).length;
  return { passed, failed: cases.length - passed, cases };
}

export function runCase(one: YaqlCase): YaqlCaseResult {
  const expected = showExpected(one);
  const actual = evaluateCase(one);
  const ok = actual === expected || (one.error?.type === 'DoesNotEnd' && ENDLESS.has(actual));
  return { id: one.id, ok, detail: ok ? '' : `${one.expression}\n  expected ${expected}\n  got      ${actual}` };
}

/** What is expected, as text that can be compared with that of `evaluateCase`. */
export function showExpected(one: YaqlCase): string {
  return one.error === undefined ? show(canonical(one.expected), one) : `${one.error.phase} ${one.error.type}`;
}

/** What our YAQL makes of a case. */
export function evaluateCase(one: YaqlCase, clock: () => number = Date.now): string {
  const parsed = parse(one.expression);
  if (!parsed.ok) return `parse ${parsed.error.className}`;
  const result = evaluate(parsed.expression, dataOf(one), optionsOf(one, clock));
  if (!result.ok) return `evaluate ${result.error.className}`;
  return show(canonicalOutput(result.value), one);
}

function dataOf(one: YaqlCase): Input {
  const data = decodeYaql(one.data);
  return one.engine === undefined ? new Map([['data', data]]) : data;
}

function optionsOf(one: YaqlCase, clock: () => number): EvaluationOptions {
  const host: EvaluationOptions = { clock, random: () => Math.random(), localOffset: 0 };
  if (one.limits !== undefined) return { ...host, limitIterators: one.limits[0], memoryQuota: one.limits[1] };
  if (one.engine === undefined) return { ...host, ...HOT_LIMITS };
  return one.engine === 'mistral' ? { ...host, functions: mistralFunctions(dataOf(one)) } : host;
}

/** A value of a suite as a value of the library. */
export function decodeYaql(json: unknown): Input {
  if (json === null || typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') return json;
  if (Array.isArray(json)) return json.map(decodeYaql);
  const entries = Object.entries(json as object);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [tag, content] = only;
    if (tag === '$float') return float(floatOf(String(content)));
    if (tag === '$int') return int(BigInt(String(content)));
    if (tag === '$set') return new Set((content as unknown[]).map(decodeYaql));
    if (tag === '$dict')
      return new Map((content as [unknown, unknown][]).map(([k, v]) => [decodeYaql(k), decodeYaql(v)]));
    if (tag === '$timespan') return new TimeSpan(BigInt(content as number));
  }
  return new Map(entries.map(([key, value]) => [key, decodeYaql(value)]));
}

function floatOf(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  return text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

/** A form in which equal values are equal JSON; floats and integers stay apart. */
function canonical(json: unknown): unknown {
  if (typeof json === 'number') return Number.isInteger(json) ? json : { float: String(json) };
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return { list: json.map(canonical) };
  const entries = Object.entries(json);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [tag, content] = only;
    if (tag === '$float') return { float: String(floatOf(String(content))) + (String(content) === '-0.0' ? '-' : '') };
    if (tag === '$int') return { int: String(content) };
    if (tag === '$set') return { set: sorted((content as unknown[]).map(canonical)) };
    if (tag === '$datetime') return { datetime: content };
    if (tag === '$timespan') return { timespan: BigInt(content as number | string).toString() };
    if (tag === '$object') return { object: String(content) };
    if (tag === '$dict') return dict((content as [unknown, unknown][]).map(([k, v]) => [canonical(k), canonical(v)]));
  }
  return dict(entries.map(([key, value]) => [key, canonical(value)]));
}

export function canonicalOutput(value: Output): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { int: value.toString() };
  if (typeof value === 'number') return Number.isInteger(value) ? value : { float: String(value) };
  if (value instanceof Float) return { float: String(value.value) + (Object.is(value.value, -0) ? '-' : '') };
  if (Array.isArray(value)) return { list: value.map(canonicalOutput) };
  if (value instanceof Map)
    return dict(Array.from(value as ReadonlyMap<Output, Output>, ([k, v]) => [canonicalOutput(k), canonicalOutput(v)]));
  if (value instanceof Set) return { set: sorted(Array.from(value as ReadonlySet<Output>, canonicalOutput)) };
  if (value instanceof DateTime) return { datetime: value.iso('T') };
  if (value instanceof TimeSpan) return { timespan: value.microseconds.toString() };
  return { object: value instanceof YaqlObject ? value.typeName : 'bytes' };
}

function dict(entries: [unknown, unknown][]): unknown {
  return { dict: sorted(entries) };
}

function sorted(items: unknown[]): unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

function show(value: unknown, { unordered }: YaqlCase): string {
  const list = value as { list?: unknown[] } | null;
  return JSON.stringify(unordered && list?.list !== undefined ? { list: sorted(list.list) } : value);
}
