import { BASE64 } from './cfn/base64.ts';
import { FIND_IN_MAP } from './cfn/find-in-map.ts';
import { GET_AZS } from './cfn/get-azs.ts';
import { MEMBER_LIST_TO_MAP } from './cfn/member-list-to-map.ts';
import { PARAM_REF, REF } from './cfn/ref.ts';
import { SELECT } from './cfn/select.ts';
import { SPLIT } from './cfn/split.ts';
import type { FunctionDefinition, FunctionTables } from './expression.ts';
import { AND, OR } from './hot/and-or.ts';
import { CONTAINS } from './hot/contains.ts';
import { DIGEST } from './hot/digest.ts';
import { EQUALS } from './hot/equals.ts';
import { FILTER } from './hot/filter.ts';
import { FN_GET_ATT, GET_ATT, GET_ATT_ALL_ATTRIBUTES, GET_ATT_THEN_SELECT } from './hot/get-attr.ts';
import { GET_FILE } from './hot/get-file.ts';
import { GET_PARAM } from './hot/get-param.ts';
import { GET_RESOURCE } from './hot/get-resource.ts';
import { IF, IF_NULLABLE } from './hot/if.ts';
import { INVALID } from './hot/invalid.ts';
import { LIST_CONCAT, LIST_CONCAT_UNIQUE } from './hot/list-concat.ts';
import { JOIN, JOIN_MULTIPLE } from './hot/list-join.ts';
import { MAKE_URL } from './hot/make-url.ts';
import { MAP_MERGE } from './hot/map-merge.ts';
import { MAP_REPLACE } from './hot/map-replace.ts';
import { FN_NOT, NOT } from './hot/not.ts';
import { REMOVED } from './hot/removed.ts';
import { REPEAT, REPEAT_WITH_MAP, REPEAT_WITH_NESTED_LOOP } from './hot/repeat.ts';
import { FN_RESOURCE_FACADE, RESOURCE_FACADE } from './hot/resource-facade.ts';
import { FN_REPLACE, REPLACE, REPLACE_JSON, REPLACE_JSON_STRICT, REPLACE_JSON_VERY_STRICT } from './hot/str-replace.ts';
import { STR_SPLIT } from './hot/str-split.ts';
import { YAQL } from './hot/yaql.ts';

type Functions = Readonly<Record<string, FunctionDefinition>>;

// Names of functions are ours, not a user's: an object is safe to write them down.
const HOT_2013_05_23: Functions = {
  'Fn::GetAZs': GET_AZS,
  get_param: GET_PARAM,
  get_resource: GET_RESOURCE,
  Ref: REF,
  get_attr: GET_ATT_THEN_SELECT,
  'Fn::Select': SELECT,
  'Fn::Join': JOIN,
  list_join: JOIN,
  'Fn::Split': SPLIT,
  str_replace: REPLACE,
  'Fn::Replace': FN_REPLACE,
  'Fn::Base64': BASE64,
  'Fn::MemberListToMap': MEMBER_LIST_TO_MAP,
  resource_facade: RESOURCE_FACADE,
  'Fn::ResourceFacade': FN_RESOURCE_FACADE,
  get_file: GET_FILE,
};

const HOT_2014_10_16: Functions = {
  ...HOT_2013_05_23,
  get_attr: GET_ATT,
  'Fn::GetAZs': REMOVED,
  'Fn::Join': REMOVED,
  'Fn::Split': REMOVED,
  'Fn::Replace': REMOVED,
  'Fn::Base64': REMOVED,
  'Fn::MemberListToMap': REMOVED,
  'Fn::ResourceFacade': REMOVED,
  Ref: REMOVED,
};

const HOT_2015_04_30: Functions = { ...HOT_2014_10_16, repeat: REPEAT, digest: DIGEST };

const HOT_2015_10_15: Functions = {
  ...HOT_2015_04_30,
  get_attr: GET_ATT_ALL_ATTRIBUTES,
  list_join: JOIN_MULTIPLE,
  str_replace: REPLACE_JSON,
  str_split: STR_SPLIT,
  'Fn::Select': REMOVED,
};

const HOT_2016_04_08: Functions = { ...HOT_2015_10_15, map_merge: MAP_MERGE };

const HOT_2016_10_14: Functions = {
  ...HOT_2016_04_08,
  repeat: REPEAT_WITH_MAP,
  yaql: YAQL,
  map_replace: MAP_REPLACE,
  if: IF,
};

const HOT_2017_02_24: Functions = { ...HOT_2016_10_14, filter: FILTER, str_replace_strict: REPLACE_JSON_STRICT };

const HOT_2017_09_01: Functions = {
  ...HOT_2017_02_24,
  repeat: REPEAT_WITH_NESTED_LOOP,
  make_url: MAKE_URL,
  list_concat: LIST_CONCAT,
  list_concat_unique: LIST_CONCAT_UNIQUE,
  str_replace_vstrict: REPLACE_JSON_VERY_STRICT,
  contains: CONTAINS,
};

const HOT_2021_04_16: Functions = { ...HOT_2017_09_01, if: IF_NULLABLE };

const CFN_2012: Functions = {
  'Fn::FindInMap': FIND_IN_MAP,
  'Fn::GetAZs': GET_AZS,
  Ref: REF,
  'Fn::GetAtt': FN_GET_ATT,
  'Fn::Select': SELECT,
  'Fn::Join': JOIN,
  'Fn::Split': SPLIT,
  'Fn::Replace': FN_REPLACE,
  'Fn::Base64': BASE64,
  'Fn::MemberListToMap': MEMBER_LIST_TO_MAP,
  'Fn::ResourceFacade': FN_RESOURCE_FACADE,
};

const CFN_2010: Functions = { ...CFN_2012, 'Fn::If': IF };

const CONDITIONS_2016_10_14: Functions = { get_param: GET_PARAM, equals: EQUALS, not: NOT, and: AND, or: OR };
const CONDITIONS_2017_09_01: Functions = { ...CONDITIONS_2016_10_14, yaql: YAQL, contains: CONTAINS };

const CONDITIONS_CFN: Functions = {
  'Fn::Equals': EQUALS,
  Ref: PARAM_REF,
  'Fn::FindInMap': FIND_IN_MAP,
  'Fn::Not': FN_NOT,
  'Fn::And': AND,
  'Fn::Or': OR,
};

/** HOT from 2016-10-14: a removed function stays a removed one in conditions (HOTemplate20161014.__init__). */
function hotTables(functions: Functions, conditions: Functions): FunctionTables {
  return makeTables(functions, conditions, (definition) => (definition === REMOVED ? REMOVED : INVALID));
}

/** Everything else: what conditions do not have is invalid in them (Template.__init__). */
function strictTables(functions: Functions, conditions: Functions = {}): FunctionTables {
  return makeTables(functions, conditions, () => INVALID);
}

function makeTables(
  functions: Functions,
  conditions: Functions,
  elsewhere: (definition: FunctionDefinition) => FunctionDefinition,
): FunctionTables {
  const table = new Map(Object.entries(functions));
  const inConditions = new Map(Array.from(table, ([name, definition]) => [name, elsewhere(definition)]));
  for (const [name, definition] of Object.entries(conditions)) inConditions.set(name, definition);
  return Object.freeze({ functions: table, conditions: inConditions });
}

const FROM_2017_09_01: FunctionTables = hotTables(HOT_2017_09_01, CONDITIONS_2017_09_01);

// Heat's entry points `heat.templates`.
const VERSIONS: ReadonlyMap<string, ReadonlyMap<string, FunctionTables>> = new Map([
  [
    'heat_template_version',
    withAliases([
      [['2013-05-23'], strictTables(HOT_2013_05_23)],
      [['2014-10-16'], strictTables(HOT_2014_10_16)],
      [['2015-04-30'], strictTables(HOT_2015_04_30)],
      [['2015-10-15'], strictTables(HOT_2015_10_15)],
      [['2016-04-08'], strictTables(HOT_2016_04_08)],
      [['2016-10-14', 'newton'], hotTables(HOT_2016_10_14, CONDITIONS_2016_10_14)],
      [['2017-02-24', 'ocata'], hotTables(HOT_2017_02_24, CONDITIONS_2016_10_14)],
      [['2017-09-01', 'pike', '2018-03-02', 'queens', '2018-08-31', 'rocky'], FROM_2017_09_01],
      [['2021-04-16', 'wallaby'], hotTables(HOT_2021_04_16, CONDITIONS_2017_09_01)],
    ]),
  ],
  ['AWSTemplateFormatVersion', withAliases([[['2010-09-09'], strictTables(CFN_2010, CONDITIONS_CFN)]])],
  ['HeatTemplateFormatVersion', withAliases([[['2012-12-12'], strictTables(CFN_2012)]])],
]);

function withAliases(
  versions: readonly (readonly [names: readonly string[], tables: FunctionTables])[],
): ReadonlyMap<string, FunctionTables> {
  return new Map(versions.flatMap(([names, tables]) => names.map((name) => [name, tables] as const)));
}

/**
 * The functions of a version, `['heat_template_version', '2018-08-31']` or by its release's name (`rocky`); undefined
 * for a version that Heat does not know.
 */
export function functionTables([key, value]: readonly [key: string, value: string]): FunctionTables | undefined {
  return VERSIONS.get(key)?.get(value);
}
