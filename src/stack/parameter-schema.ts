import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/parameters.ts';
import type { ParameterDialect } from '../template/dialect.ts';
import { truthy } from '../values/equality.ts';
import { str } from '../values/text.ts';
import { isMap, typeName, type Value, type ValueMap } from '../values/value.ts';
import type { Document } from '../yaml/document.ts';
import { type Constraint, readCfnConstraints, readHotConstraints } from './constraint-schema.ts';

export type ParameterType = 'string' | 'number' | 'comma_delimited_list' | 'json' | 'boolean';

/** What the template says of a parameter. Mirrors `heat.engine.parameters.Schema`. */
export interface ParameterSchema {
  readonly name: string;
  readonly type: ParameterType;
  /** The type as the template writes it: CFN has names of its own. */
  readonly writtenType: string;
  /** null: none. */
  readonly default: Value;
  readonly description: string | undefined;
  readonly label: string | undefined;
  readonly constraints: readonly Constraint[];
  readonly hidden: boolean;
  readonly immutable: boolean;
  readonly tags: readonly string[];
  /** Where it stands in the document. */
  readonly path: Path;
}

const HOT_TYPES: ReadonlyMap<string, ParameterType> = new Map(
  (['string', 'number', 'comma_delimited_list', 'json', 'boolean'] as const).map((type) => [type, type]),
);
const CFN_TYPES: ReadonlyMap<string, ParameterType> = new Map([
  ['String', 'string'],
  ['Number', 'number'],
  ['CommaDelimitedList', 'comma_delimited_list'],
  ['Json', 'json'],
  ['Boolean', 'boolean'],
]);

const HOT_KEYS = ['type', 'description', 'default', 'schema', 'constraints', 'hidden', 'label', 'immutable'];
const CFN_KEYS = [
  'Type',
  'Default',
  'NoEcho',
  'AllowedValues',
  'AllowedPattern',
  'MaxLength',
  'MinLength',
  'MaxValue',
  'MinValue',
  'Description',
  'ConstraintDescription',
  'Label',
];

/** Keys of a parameter's definition in this dialect. */
function parameterKeys(dialect: ParameterDialect): readonly string[] {
  if (dialect.format === 'cfn') return CFN_KEYS;
  return dialect.tags ? [...HOT_KEYS, 'tags'] : HOT_KEYS;
}

/**
 * Reads one definition. Undefined when it is too broken to go on with; every problem is reported.
 * Mirrors `HOTParamSchema.from_dict` and `Schema.from_dict`; all problems are Heat's InvalidSchemaError at the stage
 * `parameters` unless noted.
 */
export function readParameterSchema(
  document: Document,
  dialect: ParameterDialect,
  path: Path,
  name: string,
  definition: Value,
  report: (diagnostic: Diagnostic) => void,
): ParameterSchema | undefined {
  if (!isMap(definition)) {
    report(say.parameterNotAMap(document, path, name, typeName(definition)));
    return undefined;
  }
  const keys = parameterKeys(dialect);
  for (const key of definition.keys()) {
    if (!keys.includes(key as string)) report(say.parameterKeyUnknown(document, path, name, str(key), keys));
  }
  const hot = dialect.format === 'hot';
  const typeKey = hot ? 'type' : 'Type';
  const types = hot ? HOT_TYPES : CFN_TYPES;
  if (!definition.has(typeKey)) {
    report(say.parameterTypeMissing(document, path, name, typeKey, [...types.keys()]));
    return undefined;
  }
  const tags = definition.get('tags') ?? [];
  if (hot && definition.has('tags') && !Array.isArray(tags)) {
    report(say.parameterTagsNotAList(document, path, name));
  }
  const constraints = hot
    ? readHotConstraints(document, dialect, path, name, definition, report)
    : readCfnConstraints(document, path, definition, report);
  const writtenType = definition.get(typeKey) as Value;
  const type = typeof writtenType === 'string' ? types.get(writtenType) : undefined;
  if (type === undefined) {
    report(say.parameterTypeUnknown(document, [...path, typeKey], name, str(writtenType), [...types.keys()]));
    return undefined;
  }
  return {
    name,
    type,
    writtenType: writtenType as string,
    default: definition.get(hot ? 'default' : 'Default') ?? null,
    description: text(definition, hot ? 'description' : 'Description'),
    label: text(definition, hot ? 'label' : 'Label'),
    constraints,
    hidden: hot
      ? truthy(definition.get('hidden') ?? false)
      : str(definition.get('NoEcho') ?? 'false').toLowerCase() === 'true',
    immutable: hot && truthy(definition.get('immutable') ?? false),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    path,
  };
}

function text(definition: ValueMap, key: string): string | undefined {
  const value = definition.get(key);
  return value === undefined || value === null ? undefined : str(value);
}
