import { at, type Diagnostic, type Locator, type Path, refusal } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages about parameters: their definitions, their values, their groups. */

const invalidSchema = refusal('InvalidSchemaError', 'parameters');

export function parameterNotAMap(locator: Locator, path: Path, name: string, found: string): Diagnostic {
  const expected = "a map with at least the parameter's type";
  return invalidSchema(
    locator,
    path,
    'PARAMETER_NOT_A_MAP',
    `The definition of parameter '${name}' is a ${found}.`,
    expected,
  );
}

export function parameterKeyUnknown(
  locator: Locator,
  path: Path,
  name: string,
  key: string,
  keys: readonly string[],
): Diagnostic {
  const message = `Parameter '${name}' has the key '${key}', which this template version does not know.`;
  return invalidSchema(locator, [...path, key], 'PARAMETER_KEY_UNKNOWN', message, `one of ${keys.join(', ')}`, {
    ...at(locator, [...path, key], 'key'),
    ...didYouMean(key, keys),
  });
}

export function parameterTypeMissing(
  locator: Locator,
  path: Path,
  name: string,
  key: string,
  types: readonly string[],
): Diagnostic {
  const message = `Parameter '${name}' has no type.`;
  return invalidSchema(
    locator,
    path,
    'PARAMETER_TYPE_MISSING',
    message,
    `the key '${key}': one of ${types.join(', ')}`,
  );
}

export function parameterTypeUnknown(
  locator: Locator,
  path: Path,
  name: string,
  type: string,
  types: readonly string[],
): Diagnostic {
  const message = `Parameter '${name}' is of type '${type}', which is none.`;
  const hint = SIMILAR_TYPES.get(type.toLowerCase());
  const use = hint === undefined ? undefined : types.find((known) => known.toLowerCase() === hint);
  return invalidSchema(locator, path, 'PARAMETER_TYPE_UNKNOWN', message, `one of ${types.join(', ')}`, {
    ...(use === undefined ? didYouMean(type, types) : { hint: `Use '${use}'.` }),
  });
}

/** Names that people take from other languages. */
const SIMILAR_TYPES: ReadonlyMap<string, string> = new Map([
  ['integer', 'number'],
  ['int', 'number'],
  ['float', 'number'],
  ['str', 'string'],
  ['text', 'string'],
  ['list', 'comma_delimited_list'],
  ['array', 'comma_delimited_list'],
  ['map', 'json'],
  ['dict', 'json'],
  ['object', 'json'],
  ['bool', 'boolean'],
]);

export function parameterTagsNotAList(locator: Locator, path: Path, name: string): Diagnostic {
  return invalidSchema(
    locator,
    [...path, 'tags'],
    'PARAMETER_TAGS_NOT_A_LIST',
    `The tags of parameter '${name}' are no list.`,
    'a list of texts',
  );
}

export function constraintsNotAList(locator: Locator, path: Path, name: string, found: string): Diagnostic {
  const message = `The constraints of parameter '${name}' are a ${found}.`;
  return invalidSchema(locator, path, 'CONSTRAINTS_NOT_A_LIST', message, 'a list with one map for each constraint', {
    hint: "Put '- ' before each constraint.",
  });
}

export function constraintNotAMap(
  locator: Locator,
  path: Path,
  what: string,
  found: string,
  keys: readonly string[],
): Diagnostic {
  const named = what === 'constraint' ? 'A constraint' : `The ${what} constraint`;
  return invalidSchema(
    locator,
    path,
    'CONSTRAINT_NOT_A_MAP',
    `${named} is a ${found}.`,
    `a map with keys of ${keys.join(', ')}`,
  );
}

export function constraintKeyUnknown(
  locator: Locator,
  path: Path,
  what: string,
  key: string,
  keys: readonly string[],
): Diagnostic {
  const named = what === 'constraint' ? 'A constraint' : `The ${what} constraint`;
  return invalidSchema(
    locator,
    [...path, key],
    'CONSTRAINT_KEY_UNKNOWN',
    `${named} has the key '${key}', which is none.`,
    `one of ${keys.join(', ')}`,
    {
      ...at(locator, [...path, key], 'key'),
      ...didYouMean(key, keys),
    },
  );
}

export function constraintEmpty(locator: Locator, path: Path, modulo: boolean): Diagnostic {
  const kinds = [
    'length',
    'range',
    ...(modulo ? ['modulo'] : []),
    'allowed_values',
    'allowed_pattern',
    'custom_constraint',
  ];
  return invalidSchema(
    locator,
    path,
    'CONSTRAINT_EMPTY',
    'A constraint says nothing that this template version knows.',
    `one of ${kinds.join(', ')}`,
    modulo ? {} : { hint: "'modulo' is known since heat_template_version 2017-02-24." },
  );
}

export function constraintWithoutBounds(locator: Locator, path: Path, kind: string): Diagnostic {
  return invalidSchema(
    locator,
    path,
    'CONSTRAINT_WITHOUT_BOUNDS',
    `The ${kind} constraint has neither min nor max.`,
    'min, max, or both',
  );
}

export function lengthNotIntegral(locator: Locator, path: Path): Diagnostic {
  return invalidSchema(
    locator,
    path,
    'LENGTH_NOT_INTEGRAL',
    'The bounds of a length are no whole numbers.',
    'whole numbers',
  );
}

export function boundNotANumber(locator: Locator, path: Path, key: string, value: string, isText: boolean): Diagnostic {
  return invalidSchema(locator, path, 'BOUND_NOT_A_NUMBER', `'${key}' is '${value}'.`, 'a number', {
    heat: isText ? 'ValueError' : 'TypeError',
  });
}

export function moduloInvalid(locator: Locator, path: Path, expected: string): Diagnostic {
  return invalidSchema(
    locator,
    path,
    'MODULO_INVALID',
    'The modulo constraint can not be kept by any number.',
    expected,
  );
}

export function allowedValuesNotAList(locator: Locator, path: Path, found: string): Diagnostic {
  return invalidSchema(
    locator,
    path,
    'ALLOWED_VALUES_NOT_A_LIST',
    `The allowed values are a ${found}.`,
    'a list of values',
  );
}

export function allowedPatternNotText(locator: Locator, path: Path, found: string): Diagnostic {
  return invalidSchema(
    locator,
    path,
    'ALLOWED_PATTERN_NOT_TEXT',
    `The allowed pattern is a ${found}.`,
    'a regular expression, as text',
  );
}

export function allowedPatternInvalid(locator: Locator, path: Path, pattern: string, problem: string): Diagnostic {
  const message = `'${pattern}' is no regular expression: ${problem}.`;
  return invalidSchema(locator, path, 'ALLOWED_PATTERN_INVALID', message, "a regular expression in Python's syntax", {
    heat: 'error',
  });
}

/** Heat validates constraints against types after it has read the parameters. */
export function constraintNotForType(
  locator: Locator,
  path: Path,
  kind: string,
  name: string,
  type: string,
): Diagnostic {
  const message = `Parameter '${name}' is a ${type}: a ${kind} constraint means nothing to it.`;
  return invalidSchema(locator, path, 'CONSTRAINT_NOT_FOR_TYPE', message, 'a constraint that fits the type');
}

export function defaultInvalid(
  locator: Locator,
  path: Path,
  name: string,
  problem: string,
  expected: string,
): Diagnostic {
  const message = `The default of parameter '${name}' breaks its own constraints: ${problem}.`;
  return invalidSchema(locator, path, 'PARAMETER_DEFAULT_INVALID', message, expected);
}

export function valueInvalid(
  locator: Locator,
  path: Path,
  name: string,
  problem: string,
  expected: string,
): Diagnostic {
  return {
    code: 'PARAMETER_VALUE_INVALID',
    severity: 'error',
    message: `The value of parameter '${name}' is refused: ${problem}.`,
    ...at(locator, path),
    expected,
    heat: 'StackValidationFailed',
    stage: 'parameters',
  };
}

export function parameterMissing(locator: Locator, path: Path, name: string): Diagnostic {
  return {
    code: 'PARAMETER_MISSING',
    severity: 'error',
    message: `Parameter '${name}' has neither a value nor a default.`,
    ...at(locator, path, 'key'),
    expected: 'a value',
    hint: `Give one: --param ${name}=..., or in an environment, or a default here.`,
    heat: 'UserParameterMissing',
    stage: 'parameters',
  };
}

export function parameterUnknown(locator: Locator, path: Path, name: string, names: readonly string[]): Diagnostic {
  return {
    code: 'PARAMETER_UNKNOWN',
    severity: 'error',
    message: `A value is given for parameter '${name}', which the template does not define.`,
    ...at(locator, path),
    expected: names.length === 0 ? 'no parameters' : `one of ${names.slice(0, 20).join(', ')}`,
    ...didYouMean(name, names),
    heat: 'UnknownUserParameter',
    stage: 'parameters',
  };
}

function groupProblem(locator: Locator, path: Path, code: string, message: string, expected: string): Diagnostic {
  return {
    code,
    severity: 'error',
    message,
    ...at(locator, path),
    expected,
    heat: 'StackValidationFailed',
    stage: 'parameter_groups',
  };
}

export function groupsNotAList(locator: Locator, path: Path, found: string): Diagnostic {
  return groupProblem(
    locator,
    path,
    'PARAMETER_GROUPS_NOT_A_LIST',
    `The parameter groups are a ${found}.`,
    'a list of groups',
  );
}

export function groupNotAMap(locator: Locator, path: Path, found: string): Diagnostic {
  const problem = groupProblem(
    locator,
    path,
    'PARAMETER_GROUP_NOT_A_MAP',
    `A parameter group is a ${found}.`,
    'a map with parameters',
  );
  return { ...problem, heat: 'AttributeError' };
}

export function groupWithoutParameters(locator: Locator, path: Path, found: string): Diagnostic {
  const message =
    found === 'NoneType' ? 'A parameter group has no parameters.' : `The parameters of a group are a ${found}.`;
  return groupProblem(locator, path, 'PARAMETER_GROUP_WITHOUT_PARAMETERS', message, "a list under 'parameters'");
}

export function groupedTwice(locator: Locator, path: Path, name: string): Diagnostic {
  const message = `Parameter '${name}' belongs to more than one group.`;
  return groupProblem(locator, path, 'PARAMETER_GROUPED_TWICE', message, 'each parameter in one group at most');
}

export function groupedUnknown(locator: Locator, path: Path, name: string, names: readonly string[]): Diagnostic {
  const message = `A group names the parameter '${name}', which the template does not define.`;
  const problem = groupProblem(locator, path, 'PARAMETER_GROUPED_UNKNOWN', message, 'the name of a parameter');
  return { ...problem, ...didYouMean(name, names) };
}

export function parameterNameNotText(locator: Locator, path: Path, name: string): Diagnostic {
  return {
    code: 'NAME_NOT_TEXT',
    severity: 'error',
    message: `The parameter '${name}' is not named by text.`,
    ...at(locator, path, 'key'),
    expected: 'text',
    hint: `YAML reads it as another type; write it in quotes: '${name}'.`,
    heat: 'TypeError',
    stage: 'parameter_groups',
  };
}
