import { readFileSync } from 'node:fs';
import { evaluate } from '../../src/functions/evaluate.ts';
import type { Expression, FunctionTables, ValidationContext } from '../../src/functions/expression.ts';
import { type FunctionProblem, type ParseContext, parseCondition } from '../../src/functions/parse.ts';
import { PythonError } from '../../src/functions/python-error.ts';
import type { Runtime } from '../../src/functions/runtime.ts';
import { functionTables } from '../../src/functions/tables.ts';
import { decode, type Json } from '../../src/values/encode.ts';
import { str } from '../../src/values/text.ts';
import { isMap, type Value, type ValueMap } from '../../src/values/value.ts';

/** The stack of fixtures/functions/stacks.json: resources that read `ref-NAME` and `attr-NAME-PATH`. */
export interface FakeStack {
  readonly tables: FunctionTables;
  readonly runtime: Runtime;
  readonly validation: ValidationContext;
  /** A context whose problems land in the list. */
  context(problems: FunctionProblem[]): ParseContext;
}

interface StackFacts {
  readonly template: Json;
  readonly files: Readonly<Record<string, string>>;
  readonly parameters: Json;
}

const FACTS = readFixture<Readonly<Record<string, StackFacts>>>('stacks.json');
const ATTRIBUTES: readonly Value[] = ['A', 'show'];

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/functions/${name}`, import.meta.url), 'utf8')) as T;
}

export function fakeStack(version: readonly [string, string]): FakeStack {
  const facts = FACTS[version.join('/')] as StackFacts;
  const document = decode(facts.template) as ValueMap;
  const parameters = decode(facts.parameters) as ValueMap;
  const files = new Map(Object.entries(facts.files));
  const tables = functionTables(version) as FunctionTables;
  const section = (...names: readonly string[]): ValueMap => {
    const found = names.map((name) => document.get(name)).find((value) => value !== undefined);
    return found !== undefined && isMap(found) ? found : new Map();
  };
  const declared = section('resources', 'Resources');
  const enabled = new Set([...declared.keys()].filter((name) => name !== 'disabled'));

  const runtime: Runtime = {
    parameter(name) {
      const value = parameters.get(name);
      if (value === undefined) throw new PythonError('UserParameterMissing', str(name));
      return value;
    },
    hasResource: (name) => enabled.has(name),
    reference: (name) => `ref-${str(name)}`,
    attribute: (name, path) => ['attr', name, ...path].map(str).join('-'),
    allAttributes: (name) => new Map([['all', `attr-${str(name)}-all`]]),
    file: (key) => files.get(key),
    mappings: () => section('Mappings'),
    availabilityZones: () => ['nova'],
    facade() {
      throw new PythonError('AttributeError', 'no parent');
    },
    condition: (name) => isEnabled(name),
    yaql() {
      throw new PythonError('NotImplementedError', 'yaql');
    },
    yaqlCheck() {},
    // The stand-ins of the first version of get_attr can be selected from.
    ...(version[1] === '2013-05-23' ? { select: (value: Value, key: Value) => `${str(value)}-${str(key)}` } : {}),
  };
  const context = (problems: FunctionProblem[]): ParseContext => ({
    tables,
    runtime,
    declaresResource: (name) => declared.has(name),
    isEnabled,
    report: (problem) => problems.push(problem),
  });

  const conditions = new Map<Value, Expression>();
  for (const [name, definition] of section('conditions', 'Conditions')) {
    conditions.set(name, parseCondition(definition, context([]), []));
  }
  const resolving = new Set<Value>();
  function isEnabled(name: Value): boolean {
    if (name === null || typeof name === 'boolean') return name ?? true;
    const condition = conditions.get(name);
    if (condition === undefined) throw new PythonError('ValueError', 'unknown');
    if (resolving.has(name)) throw new PythonError('StackValidationFailed', 'circular');
    resolving.add(name);
    try {
      const value = evaluate(condition, runtime);
      if (typeof value !== 'boolean') throw new PythonError('StackValidationFailed', 'no boolean');
      return value;
    } finally {
      resolving.delete(name);
    }
  }

  const validation = { runtime, hasAttribute: (_name: Value, attribute: Value) => ATTRIBUTES.includes(attribute) };
  return { tables, runtime, validation, context };
}
