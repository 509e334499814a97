import type { PropertySchema, PropertyType } from '../catalog/catalog.ts';
import { readTemplate } from '../template/template.ts';
import { loadDocument } from '../yaml/document.ts';
import { type ParameterSchema, type ParameterType, readParameterSchema } from './parameter-schema.ts';
import type { Stack } from './stack.ts';

/** What a provider template looks like from outside: its parameters are properties. */
export interface ProviderType {
  readonly properties: ReadonlyMap<string, PropertySchema>;
  readonly translations: readonly never[];
}

const PROPERTY_TYPES: Readonly<Record<ParameterType, PropertyType>> = {
  string: 'String',
  number: 'Number',
  comma_delimited_list: 'List',
  json: 'Map',
  boolean: 'Boolean',
};

/**
 * The type that the template in `file` makes; undefined when it can not be read as a template. Mirrors
 * `Schema.from_parameter` and `generate_class_from_template`.
 */
export function providerType(stack: Stack, file: string): ProviderType | undefined {
  const source = stack.files.get(file) ?? stack.environment.files.get(file);
  const loaded = source && loadDocument(source);
  const read = loaded?.ok ? readTemplate(loaded.document) : undefined;
  if (!read?.ok) return undefined;
  const { document, dialect, parameters } = read.template;
  const properties = new Map<string, PropertySchema>();
  for (const [key, definition] of parameters) {
    if (typeof key !== 'string') continue;
    const path = [dialect.sections.parameters, key];
    const schema = readParameterSchema(document, dialect.parameterDialect, path, key, definition, () => {});
    if (schema !== undefined) properties.set(key, propertyOf(schema, stack));
  }
  return { properties, translations: [] };
}

function propertyOf({ name, type, default: written }: ParameterSchema, stack: Stack): PropertySchema {
  const fallback = stack.environment.parameterDefaults.get(name) ?? written;
  return {
    type: PROPERTY_TYPES[type],
    required: fallback === null,
    updateAllowed: true,
    // An immutable parameter refuses changes inside, not here.
    immutable: false,
    ...(fallback === null ? {} : { default: fallback }),
    // Judged inside, where the parameter is.
    constraints: [],
    implemented: true,
    allowConversion: type === 'json' || type === 'comma_delimited_list',
    support: [],
  };
}
