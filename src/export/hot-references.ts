import type { Diagnostic, Path, PathStep } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/hot.ts';
import { functionTables } from '../functions/tables.ts';
import type { Template } from '../template/template.ts';
import { isList, isMap, type Value, type ValueMap } from '../values/value.ts';
import type { LoweredComponent } from './hot-names.ts';

/** What rewriting found besides: the names of components and resources that were referred to, as written. */
export type Referred = Set<string>;

/**
 * Rewrites references to components in values as they were written: `get_resource` means the last deployment that makes
 * the component, `get_attr` the outputs of those that make it. A value without such a reference is given back itself.
 */
export class ReferenceRewriter {
  readonly #template: Template;
  readonly #lowered: ReadonlyMap<string, LoweredComponent>;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #hasYaql: boolean;

  constructor(
    template: Template,
    lowered: ReadonlyMap<string, LoweredComponent>,
    report: (diagnostic: Diagnostic) => void,
  ) {
    this.#template = template;
    this.#lowered = lowered;
    this.#report = report;
    const tables = functionTables([template.version.key, template.version.value]);
    this.#hasYaql = tables?.functions.has('yaql') === true;
  }

  rewrite(value: Value, path: Path, referred: Referred): Value {
    return this.#lowered.size === 0 ? value : this.#walk(value, [...path], referred);
  }

  #walk(value: Value, steps: PathStep[], referred: Referred): Value {
    if (isList(value)) return this.#list(value, steps, referred);
    if (!isMap(value)) return value;
    if (value.size === 1) {
      const [[key, args]] = [...value] as [[Value, Value]];
      if (key === 'get_resource') return this.#resource(value, args, [...steps, key], referred);
      if (key === 'get_attr') return this.#attribute(value, args, [...steps, key], referred);
    }
    let copy: Map<Value, Value> | undefined;
    for (const [key, item] of value) {
      const rewritten = this.#step(item, key, steps, referred);
      if (rewritten === item) continue;
      copy ??= new Map(value);
      copy.set(key, rewritten);
    }
    return copy ?? value;
  }

  #list(list: readonly Value[], steps: PathStep[], referred: Referred): readonly Value[] {
    let copy: Value[] | undefined;
    for (const [index, item] of list.entries()) {
      const rewritten = this.#step(item, index, steps, referred);
      if (rewritten === item) continue;
      copy ??= [...list];
      copy[index] = rewritten;
    }
    return copy ?? list;
  }

  #step(value: Value, step: PathStep, steps: PathStep[], referred: Referred): Value {
    if (typeof value !== 'object' || value === null) return value;
    steps.push(step);
    const rewritten = this.#walk(value, steps, referred);
    steps.pop();
    return rewritten;
  }

  #resource(call: ValueMap, name: Value, path: Path, referred: Referred): Value {
    const target = this.#target(name, path, referred);
    return target === undefined ? call : new Map([['get_resource', target.makers.at(-1) as string]]);
  }

  #attribute(call: ValueMap, args: Value, path: Path, referred: Referred): Value {
    if (!isList(args)) return call;
    const [name = null, ...rest] = args;
    const target = this.#target(name, path, referred);
    const inner = rest.map((item, index) => this.#step(item, index + 1, [...path], referred));
    if (target === undefined) return new Map([['get_attr', [name, ...inner]]]);
    if (inner.length > 0) return this.#output(target, inner, path);
    // All of them.
    const outputs = target.component.outputs.map((output): [Value, Value] => [
      output,
      this.#output(target, [output], path),
    ]);
    return new Map(outputs);
  }

  /** Of several deployments that make a component the last one that gave the output. */
  #output({ makers, component }: LoweredComponent, rest: readonly Value[], path: Path): Value {
    const sources = makers.map((maker) => new Map<Value, Value>([['get_attr', [maker, ...rest]]]));
    const last = sources.at(-1) as Value;
    if (sources.length === 1) return last;
    if (!this.#hasYaql) {
      this.#report(say.outputOfLastStep(this.#template.document, path, component.name));
      return last;
    }
    const expression = '$.data.where($ != null).last(null)';
    return new Map([
      [
        'yaql',
        new Map<Value, Value>([
          ['expression', expression],
          ['data', sources],
        ]),
      ],
    ]);
  }

  #target(name: Value, path: Path, referred: Referred): LoweredComponent | undefined {
    if (typeof name !== 'string') {
      this.#report(say.computedReference(this.#template.document, path));
      return undefined;
    }
    referred.add(name);
    return this.#lowered.get(name);
  }
}
