import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve as resolvePath } from 'node:path';
import { buildGraph } from '../../src/compile/build-graph.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { evaluate, evaluateOrOmit } from '../../src/functions/evaluate.ts';
import { Call, type Expression, OMIT } from '../../src/functions/expression.ts';
import { PythonError } from '../../src/functions/python-error.ts';
import type { Runtime } from '../../src/functions/runtime.ts';
import { onCycles } from '../../src/graph/cycles.ts';
import { levels, order } from '../../src/graph/order.ts';
import { type BindOptions, bindStack } from '../../src/stack/bind-stack.ts';
import type { Stack } from '../../src/stack/stack.ts';
import { readTemplate } from '../../src/template/template.ts';
import { compareCodePoints } from '../../src/values/dump-json.ts';
import { decode, type Json } from '../../src/values/encode.ts';
import { str } from '../../src/values/text.ts';
import { isMap, type Value, type ValueMap } from '../../src/values/value.ts';
import { loadDocument } from '../../src/yaml/document.ts';
import type { SourceText } from '../../src/yaml/source.ts';
import { type Case, mapAt } from './case.ts';

/** What we make of a case, in the oracle's words. */
export async function examine(one: Case): Promise<Map<string, Value>> {
  const out = new Map<string, Value>();
  const source = { name: one.template, text: readText(one.template) };
  const loaded = loadDocument(source);
  if (!loaded.ok) return withErrors(out, loaded.diagnostics);
  out.set('template', loaded.document.value);
  const read = readTemplate(loaded.document);
  if (!read.ok) return withErrors(out, [...loaded.diagnostics, ...read.diagnostics]);
  const { version } = read.template;
  out.set(
    'version',
    new Map([
      ['key', version.key],
      ['value', version.value],
      ['class', version.heatClass],
    ]),
  );
  const { ok: _, stack, diagnostics } = bindStack(read.template, bindOptions(one));
  const problems = [...read.diagnostics, ...diagnostics];
  addStack(out, stack, problems, one);
  if (firstError(problems, ['template', 'parameters', 'environment'])) return withErrors(out, problems);
  const built = buildGraph(stack);
  problems.push(...built.diagnostics);
  const failed = built.diagnostics.find(({ code, onValidation }) => code !== 'CIRCULAR_DEPENDENCY' && !onValidation);
  const unknownOnly = firstErrors(diagnostics, 'resources').every(({ code }) => code === 'RESOURCE_TYPE_UNKNOWN');
  if (failed === undefined && unknownOnly) addGraph(out, built.graph);
  return withErrors(out, problems);
}

/** All that a case is bound with. */
export function bindOptions(one: Case): BindOptions {
  return {
    parameters: parametersOf(one),
    environments: one.environments.map((name) => ({ name, text: readText(name) })),
    resolve: resolver(one),
    projectId: 'test_tenant_id',
  };
}

function readText(path: string): string {
  return readFileSync(path).toString('utf8');
}

/** As python-heatclient reads files: where one is missing, the oracle goes on without any. */
function resolver(one: Case): (reference: string, from: string) => SourceText | undefined {
  const stage = mapAt(one.expected, 'files_error')?.get('stage');
  return (reference, from) => {
    const fromTemplate = !one.environments.includes(from);
    if (stage === 'environment' || (stage === 'files' && fromTemplate)) return undefined;
    const path = resolvePath(dirname(from), reference.replace(/^file:\/\//, ''));
    if (!existsSync(path) || !statSync(path).isFile()) return undefined;
    return { name: path, text: readText(path) };
  };
}

/** What the oracle was given, and what it made up for the rest. */
function parametersOf({ parameters, expected }: Case): Map<string, unknown> {
  const given = new Map<string, unknown>(parameters);
  const used = mapAt(expected, 'parameters_used');
  const names = expected.get('parameters_synthesised');
  for (const name of Array.isArray(names) ? names : []) {
    const value = used?.get(name);
    if (value !== undefined) given.set(name as string, decodeValue(value));
  }
  return given;
}

function withErrors(out: Map<string, Value>, diagnostics: readonly Diagnostic[]): Map<string, Value> {
  const STAGES = ['parse', 'environment', 'template', 'parameters', 'resources', 'dependencies'];
  const build = diagnostics.filter(({ severity, onValidation }) => severity === 'error' && onValidation !== true);
  // Heat reads the definitions of parameters between the version and the resources.
  const ranked = build
    .filter(({ stage }) => stage !== undefined && STAGES.includes(stage))
    .map((diagnostic, index) => ({ diagnostic, rank: rankOf(diagnostic, STAGES), index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  // The oracle goes on with stand-ins for unknown types; what it finds then takes the place of its first complaint.
  const dependency = ranked.find(({ diagnostic }) => diagnostic.stage === 'dependencies')?.diagnostic;
  const early = ranked[0]?.diagnostic;
  const first = early?.code === 'RESOURCE_TYPE_UNKNOWN' && dependency !== undefined ? dependency : early;
  if (first !== undefined)
    out.set(
      'error',
      new Map([
        ['stage', first.stage as string],
        ['type', first.heat ?? null],
      ]),
    );
  const VALIDATION = [
    'template',
    'parameters',
    'parameter_groups',
    'conditions',
    'outputs',
    'dependencies',
    'validate',
  ];
  const later = diagnostics
    .filter(({ severity, onValidation, code }) => {
      return severity === 'error' && (onValidation === true || code === 'CIRCULAR_DEPENDENCY');
    })
    .map((diagnostic, index) => ({ diagnostic, rank: VALIDATION.indexOf(diagnostic.stage as string), index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)[0]?.diagnostic;
  if (later !== undefined) {
    out.set(
      'validate_error',
      new Map([
        ['stage', later.stage as string],
        ['type', later.heat ?? null],
      ]),
    );
  }
  return out;
}

function rankOf({ stage, code }: Diagnostic, stages: readonly string[]): number {
  if (stage === 'template' && code.startsWith('TEMPLATE_VERSION')) return stages.indexOf('environment') + 0.5;
  if (stage === 'parameters') return stages.indexOf('template') - 0.25;
  return stages.indexOf(stage as string);
}

function firstErrors(diagnostics: readonly Diagnostic[], stage: string): readonly Diagnostic[] {
  return diagnostics.filter((one) => one.severity === 'error' && one.onValidation !== true && one.stage === stage);
}

function firstError(diagnostics: readonly Diagnostic[], stages: readonly string[]): boolean {
  return stages.some((stage) => firstErrors(diagnostics, stage).length > 0);
}

function addGraph(out: Map<string, Value>, graph: ReturnType<typeof buildGraph>['graph']): void {
  const id = (index: number): string => graph.tasks[index]?.id as string;
  const pairs = (keep: (kinds: readonly string[]) => boolean): Value =>
    [...graph.edges()]
      .filter(({ reasons }) => keep(reasons.map(({ kind }) => kind)))
      .map(({ requirer, required }) => [id(requirer), id(required)]);
  out.set(
    'edges',
    pairs(() => true),
  );
  out.set(
    'edges_explicit',
    pairs((kinds) => kinds.some((kind) => kind !== 'implicit')),
  );
  out.set(
    'edges_implicit',
    pairs((kinds) => kinds.every((kind) => kind === 'implicit')),
  );
  if (order(graph).ok) {
    out.set(
      'levels',
      levels(graph).map((level) => level.map(id).sort(compareCodePoints)),
    );
  } else {
    out.set('cycle', onCycles(graph).map(id));
  }
}

function addStack(out: Map<string, Value>, stack: Stack, diagnostics: readonly Diagnostic[], one: Case): void {
  // The oracle reads all outputs or none.
  const brokenOutputs = diagnostics.find(({ stage, severity }) => stage === 'outputs' && severity === 'error');
  const runtime = fakeRuntime(stack);
  out.set('parameters_used', parametersUsed(stack));
  out.set('resources', resourceEntries(stack, one));
  const conditions = new Map<Value, Value>();
  for (const name of stack.conditions.names())
    conditions.set(
      name,
      orError(() => stack.conditions.isEnabled(name)),
    );
  if (conditions.size > 0) out.set('conditions', conditions);
  const resolved = new Map<Value, Value>();
  for (const { name, properties, metadata } of stack.resources) {
    const entry = new Map<Value, Value>([['properties', section(properties ?? new Map(), runtime)]]);
    if (metadata !== undefined) entry.set('metadata', section(metadata, runtime));
    resolved.set(name, entry);
  }
  out.set('resolved', resolved);
  const outputs = new Map<Value, Value>();
  for (const { name, value, enabled, hasCondition } of stack.outputs.values()) {
    const entry = new Map<Value, Value>();
    if (hasCondition) entry.set('condition', enabled);
    entry.set(
      'value',
      orError(() => evaluate(value, runtime)),
    );
    outputs.set(name, entry);
  }
  out.set('outputs', brokenOutputs === undefined ? outputs : failure(brokenOutputs.heat as string));
}

function parametersUsed({ parameters }: Stack): Value {
  const used = new Map<Value, Value>();
  for (const [name, { coerced, schema }] of parameters.declared) {
    if (coerced === undefined) used.set(name, failure('UserParameterMissing'));
    else if (coerced.ok) used.set(name, coerced.value);
    else used.set(name, failure(schema.type === 'number' ? coerced.heat : 'ValueError'));
  }
  return used;
}

function resourceEntries(stack: Stack, one: Case): Value {
  const entries = new Map<Value, Value>();
  const keys = stack.template.dialect.resourceKeys;
  const enabled = new Map(stack.resources.map((resource) => [resource.name, resource]));
  for (const [name, source] of stack.template.resources) {
    const resource = enabled.get(name as string);
    const raw = isMap(source) ? source : new Map<Value, Value>();
    const entry = new Map<Value, Value>([
      ['type', asShown(raw.get(keys.type) ?? null, one)],
      ['enabled', resource !== undefined],
    ]);
    const depends = raw.get(keys.dependsOn) ?? null;
    if (typeof depends === 'string') entry.set('depends_on', [depends]);
    else if (Array.isArray(depends) && depends.length > 0) entry.set('depends_on', depends);
    if (keys.condition !== undefined && raw.has(keys.condition)) {
      const expr = raw.get(keys.condition) as Value;
      entry.set(
        'condition',
        new Map<Value, Value>([
          ['expr', expr],
          ['result', resource !== undefined],
        ]),
      );
    }
    if (resource !== undefined) {
      entry.set('deletion_policy', resource.deletionPolicy);
      const { updatePolicy, externalId } = resource;
      if (updatePolicy !== undefined)
        entry.set(
          'update_policy',
          orError(() => evaluate(updatePolicy, stack.runtime)),
        );
      if (externalId !== undefined)
        entry.set(
          'external_id',
          orError(() => evaluate(externalId, stack.runtime)),
        );
    }
    entries.set(name, entry);
  }
  return entries;
}

/** The oracle shows the names of files relative to the template. */
function asShown(type: Value, { template, expected }: Case): Value {
  // Where a file was missing, python-heatclient stopped before it put full names in.
  if (mapAt(expected, 'files_error')?.get('stage') === 'files') return type;
  if (typeof type !== 'string' || !/\.(yaml|template)$/.test(type)) return type;
  return relative(dirname(template), resolvePath(dirname(template), type));
}

function section(expression: Expression, runtime: Runtime): Value {
  if (expression instanceof Call || !(expression instanceof Map)) return orError(() => evaluate(expression, runtime));
  const result = new Map<Value, Value>();
  for (const [key, value] of expression as ReadonlyMap<Value, Expression>) {
    const shown = orErrorOrOmit(() => evaluateOrOmit(value, runtime));
    if (shown !== OMIT) result.set(key, shown);
  }
  return result;
}

function orErrorOrOmit(work: () => Value | typeof OMIT): Value | typeof OMIT {
  try {
    return work();
  } catch (error) {
    if (error instanceof PythonError) return failure(error.type);
    throw error;
  }
}

function orError(work: () => Value): Value {
  const value = orErrorOrOmit(work);
  return value === OMIT ? null : value;
}

function failure(type: string): Value {
  return new Map([['$error', new Map([['type', type]])]]);
}

/** The oracle's made-up live resources. */
function fakeRuntime(stack: Stack): Runtime {
  const selectable = stack.template.version.heatClass === 'HOTemplate20130523';
  return {
    ...stack.runtime,
    // The oracle shows the names of files relative to the template.
    file: (key) =>
      String(stack.runtime.file(key) ?? '').replaceAll(`${dirname(stack.template.document.source.name)}/`, '') ||
      stack.runtime.file(key),
    reference: (name) => `ref-${str(name)}`,
    attribute: (name, path) => `attr-${[name, ...path].map(str).join('-')}`,
    allAttributes: (name) => new Map([['all', `attr-${str(name)}-all`]]),
    ...(selectable ? { select: (value: Value, key: Value) => `${str(value)}-${str(key)}` } : {}),
  };
}

/** The expectation's tagged form, read so that keys keep their order. */
export function decodeValue(value: Value): Value {
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isMap(value)) return value;
  const [entry] = value;
  if (value.size === 1 && entry !== undefined) {
    const [key, content] = entry;
    if (key === '$map') {
      return new Map((content as [Value, Value][]).map(([k, v]) => [decodeValue(k), decodeValue(v)]));
    }
    if (key === '$set') return new Set((content as Value[]).map(decodeValue));
    if (key === '$float' || key === '$int' || key === '$binary') return decode({ [key]: content as Json });
  }
  return new Map(Array.from(value as ValueMap, ([k, v]) => [k, decodeValue(v)]));
}
