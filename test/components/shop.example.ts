import { readFileSync } from 'node:fs';
import { compile, formatDiagnostics, run, toHot } from '../../src/index.ts';

const text = readFileSync('fixtures/components/shop.yaml', 'utf8');
const compiled = compile(text, { components: true });
if (!compiled.ok) throw new Error(formatDiagnostics(compiled.diagnostics));
const { graph, stack } = compiled;

export const edges: string[] = Array.from(graph.edges(), ({ requirer, required, reasons }) => {
  const kinds = [...new Set(reasons.map(({ kind }) => kind))].join(', ');
  return `${graph.tasks[requirer]?.id} after ${graph.tasks[required]?.id} (${kinds})`;
});

export const steps: string[] = [];
const { outputs } = await run(graph, {
  handlers: {
    'OS::Nova::Server': ({ task }) => ({ physicalId: `id-of-${task.name}` }),
    'OS::Heat::SoftwareConfig': ({ task, inputs }) => {
      steps.push(`${task.id} on ${inputs.server} with ${JSON.stringify(inputs.inputs)}`);
      // What the script wrote. Here it is made up.
      if (task.id === 'mysql/start') return { outputs: { endpoint: 'db.example:3306' } };
      return task.name === 'wordpress' ? { outputs: { url: 'http://shop.example' } } : {};
    },
  },
}).result;
export const shop: unknown = outputs.get('shop');

export const hot: string = toHot(stack).text;
