// Generates src/workflow/language/validators.generated.ts: ajv's standalone code for the JSON Schemas of Mistral's
// language (mistral/lang/types.py and mistral/lang/v2/*.py of 15.0.0). Run it after a change to the schemas below.
//
// Made at build time because compiling takes ajv 150 ms at every import. `minLength`, `maxLength` and `uniqueItems` are
// left out: with them the generated module has a `require` of ajv in it. Lengths are patterns here; repeated items are
// looked for by hand (language/repeated-items.ts).
import { writeFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';

// Python's regular expressions in JavaScript's: \w is any letter or digit, `.` any character but \n, and $ also stands
// before a last \n.
const WORD = '[\\p{L}\\p{N}_]';
const ANY_CHARACTER = '[^\\n]';
const WORD_KEY = `^${WORD}+\\n?$`;

/** Parts that are used in many places: one function each. */
const PARTS = {};
function part(name, schema) {
  PARTS[name] = schema;
  return { $ref: name };
}

const NONEMPTY_STRING = { type: 'string', pattern: '^[\\s\\S]' };
const STRING_LIST = part('StringList', { type: 'array', items: NONEMPTY_STRING, minItems: 1 });
const POSITIVE_INTEGER = { type: 'integer', minimum: 0 };
const EXPRESSION = part('Expression', {
  type: 'string',
  oneOf: [{ pattern: `^\\{\\{${ANY_CHARACTER}*?\\}\\}\\s*$` }, { pattern: `^<%${ANY_CHARACTER}*?%>\\s*$` }],
});
const EXPRESSION_OR_POSITIVE_INTEGER = part('ExpressionOrInteger', { oneOf: [EXPRESSION, POSITIVE_INTEGER] });
const EXPRESSION_OR_BOOLEAN = part('ExpressionOrBoolean', { oneOf: [EXPRESSION, { type: 'boolean' }] });
const NONEMPTY_DICT = { type: 'object', minProperties: 1 };
const STRING_OR_ONE_KEY_DICT_LIST = part('Inputs', {
  type: 'array',
  items: { oneOf: [NONEMPTY_STRING, { type: 'object', minProperties: 1, maxProperties: 1 }] },
  minItems: 1,
});
const VERSION = part('Version', { anyOf: [NONEMPTY_STRING, { type: 'number', minimum: 0 }] });
const WORKFLOW_TYPE = { enum: ['reverse', 'direct'] };
const REQUIRES = { oneOf: [NONEMPTY_STRING, STRING_LIST] };

const META = { name: NONEMPTY_STRING, version: VERSION, description: NONEMPTY_STRING, tags: STRING_LIST };

const RETRY = part('RetryPolicy', {
  oneOf: [
    {
      type: 'object',
      properties: {
        count: EXPRESSION_OR_POSITIVE_INTEGER,
        'break-on': EXPRESSION,
        'continue-on': EXPRESSION,
        delay: EXPRESSION_OR_POSITIVE_INTEGER,
      },
      required: ['delay', 'count'],
      additionalProperties: false,
    },
    NONEMPTY_STRING,
  ],
});

const PUBLISH = part('Publish', {
  type: 'object',
  properties: { branch: NONEMPTY_DICT, global: NONEMPTY_DICT, atomic: NONEMPTY_DICT, ...META },
  additionalProperties: false,
});

const NEXT_TASK_PATTERNS = [
  '^\\S+\\n?$',
  `^${WORD}+ ${WORD}+=${ANY_CHARACTER}*\\n?$`,
  `^${WORD}+\\(${WORD}+=${ANY_CHARACTER}*\\)\\n?$`,
];
const NEXT_TASK = part('NextTask', { type: 'string', oneOf: NEXT_TASK_PATTERNS.map((pattern) => ({ pattern })) });
const TASK_WITH_EXPRESSION = part('TaskWithExpression', {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  patternProperties: Object.fromEntries(NEXT_TASK_PATTERNS.map((pattern) => [pattern, EXPRESSION])),
});
const LIST_OF_TASKS = part('ListOfTasks', {
  type: 'array',
  items: { oneOf: [NEXT_TASK, TASK_WITH_EXPRESSION] },
  minItems: 1,
});
const ADVANCED_PUBLISHING = {
  type: 'object',
  minProperties: 1,
  properties: { publish: PUBLISH, next: { oneOf: [NEXT_TASK, TASK_WITH_EXPRESSION, LIST_OF_TASKS] } },
  additionalProperties: false,
};
const ON_CLAUSE = part('OnClause', { oneOf: [NEXT_TASK, TASK_WITH_EXPRESSION, LIST_OF_TASKS, ADVANCED_PUBLISHING] });

const POLICIES = {
  retry: RETRY,
  'wait-before': EXPRESSION_OR_POSITIVE_INTEGER,
  'wait-after': EXPRESSION_OR_POSITIVE_INTEGER,
  timeout: EXPRESSION_OR_POSITIVE_INTEGER,
  'pause-before': EXPRESSION_OR_BOOLEAN,
  concurrency: EXPRESSION_OR_POSITIVE_INTEGER,
  'fail-on': EXPRESSION_OR_BOOLEAN,
};
const ON_CLAUSES = { 'on-complete': ON_CLAUSE, 'on-success': ON_CLAUSE, 'on-error': ON_CLAUSE };

const task = (more) => ({
  type: 'object',
  properties: {
    ...META,
    type: WORKFLOW_TYPE,
    action: NONEMPTY_STRING,
    workflow: NONEMPTY_STRING,
    input: { oneOf: [NONEMPTY_DICT, NONEMPTY_STRING] },
    'with-items': { oneOf: [NONEMPTY_STRING, STRING_LIST] },
    publish: NONEMPTY_DICT,
    'publish-on-error': NONEMPTY_DICT,
    ...POLICIES,
    target: NONEMPTY_STRING,
    'keep-result': EXPRESSION_OR_BOOLEAN,
    'safe-rerun': EXPRESSION_OR_BOOLEAN,
    ...more,
  },
  additionalProperties: false,
  not: { required: ['action', 'workflow'] },
});

const VERSION_2 = { enum: ['2.0', 2] };
const WORKBOOK_SECTION = {
  type: 'object',
  minProperties: 1,
  patternProperties: {
    '^version$': VERSION_2,
    [`^(?!version$)(?:${WORD}|-)+\\n?$`]: { not: { type: 'null' } },
  },
  additionalProperties: false,
};

const SCHEMAS = {
  WorkflowList: {
    type: 'object',
    properties: { version: VERSION },
    additionalProperties: NONEMPTY_DICT,
    required: ['version'],
  },
  Workflow: {
    type: 'object',
    properties: {
      type: WORKFLOW_TYPE,
      'task-defaults': NONEMPTY_DICT,
      input: STRING_OR_ONE_KEY_DICT_LIST,
      output: NONEMPTY_DICT,
      'output-on-error': NONEMPTY_DICT,
      vars: NONEMPTY_DICT,
      tags: STRING_LIST,
      tasks: { type: 'object', minProperties: 1, patternProperties: { [WORD_KEY]: NONEMPTY_DICT } },
    },
    required: ['tasks'],
  },
  DirectTask: task({ join: { oneOf: [{ enum: ['all', 'one'] }, POSITIVE_INTEGER] }, ...ON_CLAUSES }),
  ReverseTask: task({ requires: REQUIRES }),
  TaskDefaults: {
    type: 'object',
    properties: { ...META, ...POLICIES, ...ON_CLAUSES, 'safe-rerun': EXPRESSION_OR_BOOLEAN, requires: REQUIRES },
    additionalProperties: false,
  },
  Retry: { allOf: [RETRY] },
  Action: {
    type: 'object',
    properties: {
      ...META,
      base: NONEMPTY_STRING,
      'base-input': NONEMPTY_DICT,
      input: STRING_OR_ONE_KEY_DICT_LIST,
      output: {},
    },
    required: ['base'],
    additionalProperties: false,
  },
  Workbook: {
    type: 'object',
    properties: { ...META, version: VERSION_2, actions: WORKBOOK_SECTION, workflows: WORKBOOK_SECTION },
    required: ['name', 'version'],
    additionalProperties: false,
  },
};

const ajv = new Ajv.default({
  code: { source: true, esm: true, optimize: 2 },
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  allowMatchingProperties: true,
  ownProperties: true,
  messages: false,
  inlineRefs: false,
});
for (const [name, schema] of Object.entries(PARTS)) ajv.addSchema({ $id: name, ...schema });
const refs = {};
for (const [name, schema] of Object.entries(SCHEMAS)) {
  ajv.addSchema({ $id: name, ...schema });
  refs[`check${name}`] = name;
}
const code = standaloneCode.default(ajv, refs);
if (/\brequire\(|\bimport\b/.test(code)) throw new Error('the generated code needs a module of ajv');

const exported = Object.keys(refs);
const inner = code
  .replace(/^"use strict";/, '')
  .replaceAll(/export const (check\w+) = (\w+);/g, 'const $1Function = $2;\n');
const text = `// Generated by scripts/make-workflow-validators.mjs. Do not edit.
// @ts-nocheck
import type { SchemaCheck } from './schema-check.ts';
${inner}
${exported.map((name) => `export const ${name}: SchemaCheck = ${name}Function as SchemaCheck;`).join('\n')}
`;
writeFileSync(new URL('../src/workflow/language/validators.generated.ts', import.meta.url), text);
