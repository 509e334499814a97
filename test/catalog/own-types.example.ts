import { compile, extendCatalog, HEAT_CATALOG, type ImplicitRule, requireEqualProperty } from '../../src/index.ts';

// A backup waits for the databases of its cluster, though it does not name them.
const backupAfterDatabase: ImplicitRule = requireEqualProperty(
  'backup-database',
  { type: 'Acme::Backup', property: 'cluster' },
  { type: 'Acme::Database', property: 'cluster' },
);

// Whatever one property cannot say is a small function: every monitor waits for everything that is monitored.
const monitorLast: ImplicitRule = {
  name: 'monitor-last',
  types: ['Acme::Monitor'],
  apply(stack) {
    for (const monitor of stack.madeOf('Acme::Monitor')) {
      for (const database of stack.ofType('Acme::Database')) {
        if (database.property('monitored') === true) stack.add(monitor, database, []);
      }
    }
  },
};

const catalog = extendCatalog(HEAT_CATALOG, {
  types: [
    {
      name: 'Acme::Database',
      properties: {
        cluster: { type: 'String', required: true },
        size: { type: 'Integer', default: 10, updateAllowed: true, constraints: [{ kind: 'range', min: 1 }] },
        monitored: { type: 'Boolean' },
      },
      attributes: { endpoint: { type: 'String' } },
    },
    { name: 'Acme::Backup', properties: { cluster: { type: 'String' } } },
    { name: 'Acme::Monitor' },
  ],
  rules: [backupAfterDatabase, monitorLast],
});

const template = `
heat_template_version: 2021-04-16
resources:
  watch: { type: Acme::Monitor }
  nightly: { type: Acme::Backup, properties: { cluster: blue } }
  orders: { type: Acme::Database, properties: { cluster: blue, monitored: 'true' } }
  archive: { type: Acme::Database, properties: { cluster: green } }
`;

const compiled = compile(template, { catalog });
if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
const { graph } = compiled;
export const waits: string[] = Array.from(graph.edges(), ({ requirer, required, reasons }) => {
  return `${graph.tasks[requirer]?.name} waits for ${graph.tasks[required]?.name}: ${reasons[0]?.rule}`;
});
