import { describe, expect, it } from 'vitest';
import { run } from '../../src/executors/run.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import type { RunResult, TaskContext } from '../../src/index.ts';
import type { Json } from '../../src/values/encode.ts';
import { workflow } from '../../src/workflow/builder.ts';
import { graphOf } from '../run/graphs.ts';
import { hooked } from './hooked.ts';

async function outputOf(hook: Partial<Hook>): Promise<{ [name: string]: Json } | undefined> {
  const graph = hooked(graphOf({ a: {} }), [{ name: 'h', at: 'post-create', ...hook }]);
  const result: RunResult = await run(graph, { handlers: { '*': () => undefined } }).result;
  expect(result.failures).toEqual([]);
  return result.tasks.get('a//h')?.result?.outputs;
}

describe('what a hook runs may be', () => {
  it('one of several workflows of a document, which uses another', async () => {
    const text = `
version: '2.0'
outer:
  tasks: {call: {workflow: inner, input: {x: 1}, publish: {y: <% task().result.y %>}}}
  output: {y: <% $.y %>}
inner:
  input: [x]
  tasks: {add: {action: std.noop}}
  output: {y: <% $.x + 1 %>}
`;
    expect(await outputOf({ workflow: text, start: 'outer' })).toEqual({ y: 2 });
  });

  it('of a workbook, by its name in it or by its whole name', async () => {
    const text = `
version: '2.0'
name: book
actions:
  shout: {base: std.echo, base-input: {output: '<% $.what %>!'}, input: [what]}
workflows:
  say:
    tasks: {do: {action: shout what="hello", publish: {said: <% task().result %>}}}
    output: {said: <% $.said %>}
`;
    for (const start of ['say', 'book.say', undefined]) {
      expect(await outputOf({ workflow: text, ...(start !== undefined && { start }) })).toEqual({ said: 'hello!' });
    }
  });

  it('with sub-workflows and actions from other documents', async () => {
    const inner = workflow('inner').task('a', { action: 'std.noop' }).output({ z: 3 });
    const actions = "version: '2.0'\nshout: {base: std.echo, base-input: {output: '<% $.what %>!'}, input: [what]}\n";
    const outer = workflow('outer')
      .task('call', { workflow: 'inner', publish: { z: '<% task().result.z %>' } })
      .task('say', { action: 'shout', input: { what: 'hello' }, publish: { said: '<% task().result %>' } })
      .output({ z: '<% $.z %>', said: '<% $.said %>' });
    expect(await outputOf({ workflow: outer, library: [inner, actions] })).toEqual({ z: 3, said: 'hello!' });
  });

  it('a reverse workflow, up to the task that is wanted', async () => {
    const reverse = workflow('reverse')
      .task('a', { action: 'std.echo', input: { output: 'a' }, publish: { a: '<% task().result %>' } })
      .task('b', {
        requires: 'a',
        action: 'std.echo',
        input: { output: '<% $.a %>b' },
        publish: { b: '<% task().result %>' },
      })
      .task('c', { requires: 'b', action: 'std.fail' })
      .output({ b: '<% $.b %>' });
    expect(await outputOf({ workflow: reverse, taskName: 'b' })).toEqual({ b: 'ab' });
  });

  it('without an output: everything that it published', async () => {
    const plain = workflow('plain').task('a', { action: 'std.noop', publish: { x: 1, y: [2] } });
    expect(await outputOf({ workflow: plain })).toEqual({ x: 1, y: [2] });
  });
});

it.each(['__proto__', 'constructor', 'toString', '', '0', 'a b', 'ü🚀'])(
  '%j is a name like any other when it runs',
  async (name) => {
    const text = JSON.stringify({
      version: '2.0',
      w: { input: ['given'], output: { result: '<% $.given %>' }, tasks: { a: { action: 'std.noop' } } },
    });
    const get = (...path: string[]): Map<string, string[]> => new Map([['get_attr', path]]);
    const graph = graphOf({
      [name]: { id: `task ${name}`, name, properties: new Map([[name, 'x']]) },
      later: { properties: new Map([['seen', get(`hook ${name}`, 'result', name)]]) },
    });
    const given = new Map([[name, get('$task', name)]]);
    const attached = hooked(graph, [
      {
        name: `hook ${name}`,
        at: 'post-create',
        select: { where: (task) => task.name === name },
        workflow: text,
        input: { given },
      },
    ]);
    const Thing = ({ properties }: TaskContext): object => ({ attributes: properties });
    const result = await run(attached, { handlers: { '*': Thing } }).result;
    expect(result.failures).toEqual([]);
    expect(result.tasks.get('later')?.result?.attributes.seen).toBe('x');
  },
);
