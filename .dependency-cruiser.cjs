// The import order of the folders of src/ ("rooms"). The table of rooms in ARCHITECTURE.md is the rule: each room may
// import from itself and from the rooms above it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const TABLE_ROW = /^\| `([a-z-]+)\/` \|/gm;
const ROOMS = Array.from(
  readFileSync(join(__dirname, 'ARCHITECTURE.md'), 'utf8').matchAll(TABLE_ROW),
  ([, room]) => room,
);
if (ROOMS.length < 2) throw new Error('ARCHITECTURE.md has no table of rooms');

/** The rooms with files and terminals. */
const NODE_ROOMS = ['journal-file', 'cli'];

/** A library is used in one room, so that it can be replaced there. */
const LIBRARIES = {
  'js-yaml': 'yaml',
  '@huggingface/jinja': 'workflow',
  '@noble/hashes': 'functions',
  'p-queue': 'executors',
  '@dagrejs/graphlib': 'graphlib',
  '@viz-js/viz': 'cli',
  '@opentelemetry/api': 'observe',
};

/** What the package offers by name; everything else hangs on these. */
const ENTRIES = [
  '^src/index\\.ts$',
  '^src/executors/workflow/index\\.ts$',
  '^src/(yaql|testing|graphlib|journal-file)/index\\.ts$',
  '^src/observe/opentelemetry\\.ts$',
  '^src/cli/main\\.ts$',
];

const inRooms = (rooms) => `^src/(${rooms.join('|')})/`;

const layers = ROOMS.slice(0, -1).map((room, index) => ({
  name: `${room}-looks-up-only`,
  comment: `src/${room}/ imports only from rooms above it in ARCHITECTURE.md.`,
  severity: 'error',
  from: { path: inRooms([room]) },
  to: { path: inRooms(ROOMS.slice(index + 1)) },
}));

const libraries = Object.entries(LIBRARIES).map(([name, room]) => ({
  name: `${name.replaceAll(/\W+/g, '-')}-in-${room}-only`,
  comment: `${name} is used in src/${room}/ only.`,
  severity: 'error',
  from: { path: '^src/', pathNot: inRooms([room]) },
  to: { path: `(^|/)node_modules/${name}/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    ...libraries,
    {
      name: 'every-folder-is-a-room',
      comment: 'A new folder of src/ needs its place in the import order: add it to the table in ARCHITECTURE.md.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: inRooms(ROOMS) },
    },
    {
      name: 'public-names-are-for-outside',
      comment: 'src/index.ts is for users of the package; inside, import from where a name is defined.',
      severity: 'error',
      from: { path: '^src/', pathNot: inRooms(['cli']) },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'no-circles',
      comment: 'Modules that need each other to load. Types may refer to each other: they are gone by then.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this module, and it is no entry: it is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['/index\\.ts$', '/main\\.ts$'] },
      to: {},
    },
    {
      name: 'unreachable',
      comment: 'No entry of the package leads to this module: only tests use it, or nothing does.',
      severity: 'error',
      from: { path: ENTRIES },
      to: { path: '^src/', pathNot: ENTRIES, reachable: false },
    },
    {
      name: 'no-node-in-pure-rooms',
      comment:
        'The library runs wherever JavaScript does: Node modules are for the command line and journals in files.',
      severity: 'error',
      from: { path: '^src/', pathNot: inRooms(NODE_ROOMS) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-undeclared-library',
      comment: 'What users of the package do not have installed cannot be imported.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        // Installed here for its types; users who want it have it.
        dependencyTypesNot: ['npm-peer'],
      },
    },
    {
      name: 'resolvable',
      comment: 'The imported module does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
