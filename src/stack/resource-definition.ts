import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import { functionRefused } from '../diagnostics/functions.ts';
import * as say from '../diagnostics/stack.ts';
import { evaluate } from '../functions/evaluate.ts';
import { Call, type Expression, OMIT } from '../functions/expression.ts';
import { expressionParser, type ParseContext, type ParseExpression, parseCondition } from '../functions/parse.ts';
import { classOfParseError, PythonError } from '../functions/python-error.ts';
import { type DeletionPolicy, type Dialect, resourceKeyNames } from '../template/dialect.ts';
import type { Template } from '../template/template.ts';
import { findVersion, versionValues } from '../template/versions.ts';
import { str } from '../values/text.ts';
import { isList, isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import type { ResolvedType } from './resource-registry.ts';

/**
 * A resource as the template defines it, its functions found but not resolved.
 * Mirrors `heat.engine.rsrc_defn.ResourceDefinition`.
 */
export interface ResourceDefinition {
  readonly name: string;
  readonly type: string;
  /** `[section, name]`. */
  readonly path: Path;
  /** As written. */
  readonly source: ValueMap;
  /** A map, a call that gives one, or undefined. */
  readonly properties: Expression | undefined;
  readonly metadata: Expression | undefined;
  readonly dependsOn: readonly string[];
  /** `Retain` for a resource with an external id. */
  readonly deletionPolicy: DeletionPolicy;
  readonly updatePolicy: Expression | undefined;
  readonly description: string;
  readonly externalId: Expression | undefined;
  readonly condition: Expression | undefined;
  /** What the type stands for; undefined: not known, or the resource is not enabled. */
  readonly resolvedType: ResolvedType | undefined;
}

/** Reads definitions of one template. Mirrors `CommonTemplate._rsrc_defn_args`; stage `template`. */
export class ResourceDefinitionReader {
  readonly #template: Template;
  readonly #context: ParseContext;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #keys: readonly string[];
  readonly #parse: ParseExpression;

  constructor(template: Template, context: ParseContext, report: (diagnostic: Diagnostic) => void) {
    this.#template = template;
    this.#context = context;
    this.#report = report;
    this.#keys = resourceKeyNames(template.dialect);
    this.#parse = expressionParser(context);
  }

  /** Undefined when the definition is refused as a whole; every problem in it is reported. */
  read(key: Value, source: Value): ResourceDefinition | undefined {
    const { document, dialect } = this.#template;
    const { resourceKeys: keys } = dialect;
    const path = [dialect.sections.resources, key];
    if (typeof key !== 'string') {
      this.#report(say.resourceNameNotText(document, path, str(key)));
      return undefined;
    }
    if (!isMap(source)) {
      this.#report(say.resourceNotAMap(document, path, key, typeName(source), keys.type));
      return undefined;
    }
    if (dialect.strictResourceKeys) this.#checkKeys(key, source, path);
    const type = this.#type(key, source, path);
    const properties = this.#mapField(key, source, path, keys.properties);
    const metadata = this.#mapField(key, source, path, keys.metadata);
    const dependsOn = this.#dependsOn(key, source, path);
    const deletionPolicy = this.#deletionPolicy(key, source, path);
    const updatePolicy = this.#mapField(key, source, path, keys.updatePolicy);
    const description = this.#description(key, source, path);
    const externalId = this.#externalId(key, source, path);
    const condition = this.#condition(key, source, path);
    if (type === undefined) return undefined;
    return {
      name: key,
      type,
      path,
      source,
      properties,
      metadata,
      dependsOn,
      deletionPolicy: externalId === undefined ? deletionPolicy : 'Retain',
      updatePolicy,
      description,
      externalId,
      condition,
      resolvedType: undefined,
    };
  }

  #checkKeys(name: string, source: ValueMap, path: Path): void {
    for (const key of source.keys()) {
      if (this.#keys.includes(key as string)) continue;
      const since = keySince(this.#template.version.key, key);
      this.#report(say.resourceKeyUnknown(this.#template.document, [...path, key], name, str(key), this.#keys, since));
    }
  }

  #type(name: string, source: ValueMap, path: Path): string | undefined {
    const key = this.#template.dialect.resourceKeys.type;
    const type = source.get(key);
    if (typeof type === 'string') return type;
    if (type === undefined) this.#report(say.resourceTypeMissing(this.#template.document, path, name, key));
    else this.#refuseField(name, [...path, key], key, type, 'the name of a resource type, as text');
    return undefined;
  }

  #mapField(name: string, source: ValueMap, path: Path, key: string): Expression | undefined {
    const value = source.get(key);
    if (value === undefined) return undefined;
    const parsed = this.#parse(value, path, key);
    if (parsed instanceof Map || parsed instanceof Call) return parsed;
    this.#refuseField(name, [...path, key], key, value, 'a map, or a function that gives one');
    return undefined;
  }

  #dependsOn(name: string, source: ValueMap, path: Path): readonly string[] {
    const key = this.#template.dialect.resourceKeys.dependsOn;
    const value = source.get(key);
    if (value === undefined) return NONE;
    if (typeof value === 'string') return [value];
    if (!isList(value)) {
      this.#refuseField(name, [...path, key], key, value, 'the name of a resource, or a list of names');
      return NONE;
    }
    if (isTextList(value)) return value;
    value.forEach((item, index) => {
      if (typeof item !== 'string')
        this.#refuseField(name, [...path, key, index], key, item, 'the name of a resource, as text');
    });
    return value.filter((item) => typeof item === 'string');
  }

  #deletionPolicy(name: string, source: ValueMap, path: Path): DeletionPolicy {
    const { document, dialect } = this.#template;
    const key = dialect.resourceKeys.deletionPolicy;
    const value = source.get(key);
    if (value === undefined) return 'Delete';
    const at = [...path, key];
    const known = [...dialect.deletionPolicies.keys()];
    const parsed = this.#parse(value, path, key);
    if (typeof parsed !== 'string' && !(parsed instanceof Call)) {
      this.#refuseField(name, at, key, value, `one of ${known.join(', ')}`);
      return 'Delete';
    }
    const policy = this.#resolve(parsed, at);
    if (policy === undefined || policy === null) return 'Delete';
    const found = typeof policy === 'string' ? dialect.deletionPolicies.get(policy) : undefined;
    if (found === undefined) this.#report(say.deletionPolicyUnknown(document, at, str(policy), known));
    return found ?? 'Delete';
  }

  #description(name: string, source: ValueMap, path: Path): string {
    const key = this.#template.dialect.resourceKeys.description;
    const value = source.get(key) ?? '';
    if (typeof value === 'string' && source.get(key) !== null) return value;
    this.#refuseField(name, [...path, key], key, source.get(key) as Value, 'text');
    return '';
  }

  #externalId(name: string, source: ValueMap, path: Path): Expression | undefined {
    const key = this.#template.dialect.resourceKeys.externalId;
    const value = key === undefined ? undefined : source.get(key);
    if (key === undefined || value === undefined) return undefined;
    const at = [...path, key];
    const parsed = this.#parse(value, path, key);
    if (typeof parsed === 'string' || parsed instanceof Call) return parsed;
    this.#refuseField(name, at, key, value, 'the id of an existing resource, as text');
    return undefined;
  }

  #condition(name: string, source: ValueMap, path: Path): Expression | undefined {
    const key = this.#template.dialect.resourceKeys.condition;
    const value = key === undefined ? undefined : source.get(key);
    if (key === undefined || value === undefined) return undefined;
    const at = [...path, key];
    const parsed = parseCondition(value, this.#context, at);
    if (typeof parsed === 'string' || typeof parsed === 'boolean' || parsed instanceof Call) return parsed;
    this.#refuseField(name, at, key, value, 'the name of a condition, a boolean, or a condition function');
    return undefined;
  }

  /** Undefined: it failed, and is reported. */
  #resolve(expression: Expression, path: Path): Value | undefined {
    if (expression === OMIT) return null;
    try {
      return evaluate(expression, this.#context.runtime);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      const functionName = expression instanceof Call ? expression.name : '';
      const problem = { path, functionName, error, expected: 'a value', heat: classOfParseError(error) };
      this.#report(functionRefused(this.#template.document, problem, 'template'));
      return undefined;
    }
  }

  #refuseField(name: string, path: Path, key: string, value: Value, expected: string): void {
    this.#report(say.resourceFieldType(this.#template.document, path, name, key, typeName(value), expected));
  }
}

const NONE: readonly string[] = [];

function isTextList(list: readonly Value[]): list is readonly string[] {
  for (const item of list) if (typeof item !== 'string') return false;
  return true;
}

/** The first version in which a resource may have this key; undefined where no version knows it. */
function keySince(versionKey: string, key: Value): string | undefined {
  return versionValues(versionKey).find((value) => {
    const dialect: Dialect | undefined = findVersion(versionKey, value)?.dialect;
    return dialect !== undefined && resourceKeyNames(dialect).includes(key as string);
  });
}
