import type { Executor } from '../run/executor.ts';
import { carryOut, ends, same, sketched } from './conformance-bench.ts';

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  -2.5e-300,
  1e300,
  Number.MAX_SAFE_INTEGER,
  '',
  'ä ö 漢字 🚀 \u0000 \u2028 "quoted" \\ \n',
  '\ud800',
  [],
  {},
  [[[]], { a: [null] }],
  JSON.parse('{"__proto__": {"constructor": 1}, "constructor": 2, "": 3, "a.b": 4, " ": 5, "ключ": 6, "$map": [7]}'),
];

const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '0',
  'a.b',
  'a/b',
  ' ',
  'with blank',
  'ключ',
  '🚀',
  'x'.repeat(300),
];

/** What goes in comes out, whatever is between. */
export const VALUE_CASES: Readonly<Record<string, (executor: Executor) => Promise<void>>> = {
  async 'values of every kind come through properties, attributes and outputs'(executor) {
    const graph = sketched(
      [
        ['first', { type: 'Echo', properties: { value: VALUES } }],
        ['second', { type: 'Echo', properties: { value: { get_attr: ['first', 'value'] } }, requires: ['first'] }],
      ],
      { value: { get_attr: ['second', 'value'] }, item: { get_attr: ['second', 'value', 10] } },
    );
    const { result } = await carryOut(executor, graph);
    same(result.outputs.get('value'), VALUES, 'the output');
    same(result.outputs.get('item'), VALUES[10], 'an item of it');
    same(result.tasks.get('first')?.result?.attributes, { value: VALUES }, 'the attributes');
  },

  async 'a text and a list of a megabyte come through'(executor) {
    const text = '漢'.repeat(350_000);
    const list = Array.from({ length: 100_000 }, (_, i) => `item ${i}`);
    const graph = sketched(
      [
        ['text', { type: 'Echo', properties: { value: text } }],
        ['list', { type: 'Echo', properties: { value: list } }],
        [
          'both',
          {
            type: 'Echo',
            properties: { value: [{ get_attr: ['text', 'value'] }, { get_attr: ['list', 'value'] }] },
            requires: ['text', 'list'],
          },
        ],
      ],
      { both: { get_attr: ['both', 'value'] } },
    );
    const { result } = await carryOut(executor, graph);
    same(result.outputs.get('both'), [text, list], 'the output');
  },

  async 'names of any kind are names'(executor) {
    const graph = sketched(
      NAMES.map((name, i) => [
        name,
        { type: 'Echo', properties: { value: i }, requires: NAMES.slice(Math.max(0, i - 1), i) },
      ]),
    );
    const { result } = await carryOut(executor, graph);
    same(
      ends(result),
      NAMES.map((name) => [name, 'COMPLETE', 1]),
      'the tasks',
    );
    for (const name of NAMES) same(result.tasks.get(name)?.result?.physicalId, `id of ${name}`, 'the physical id');
  },

  async 'a handler sees its task, its inputs, and what it requires'(executor) {
    const graph = sketched([
      ['a', { type: 'Echo', properties: { value: [1] } }],
      ['b', { type: 'Sees', properties: { from: { get_attr: ['a', 'value', 0] } }, requires: ['a'] }],
    ]);
    const previous = new Map([['b', { physicalId: 'old' }]]);
    const { result, handle } = await carryOut(executor, graph, { previous });
    same(
      result.tasks.get('b')?.result?.attributes.value,
      {
        task: 'b',
        action: 'CREATE',
        attempt: 1,
        idempotencyKey: `${handle.runId}/b`,
        inputs: { properties: { from: 1 } },
        properties: { from: 1 },
        requires: [['a', { physicalId: 'id of a', attributes: { value: [1] }, outputs: {} }]],
        previous: { physicalId: 'old', attributes: {}, outputs: {} },
        referencedAttributes: [],
      },
      'what the handler saw',
    );
  },

  async 'which attributes are referred to is known'(executor) {
    const graph = sketched(
      [
        ['a', { type: 'Sees' }],
        ['b', { type: 'Echo', properties: { value: { get_attr: ['a', 'value', 'task'] } }, requires: ['a'] }],
      ],
      { out: { get_attr: ['a', 'value', 'attempt'] } },
    );
    const { result } = await carryOut(executor, graph);
    const seen = result.tasks.get('a')?.result?.attributes.value as { referencedAttributes: unknown[] };
    same(
      seen.referencedAttributes.map((path) => JSON.stringify(path)).sort(),
      ['["value","attempt"]', '["value","task"]'],
      'the paths',
    );
    same(result.tasks.get('b')?.result?.attributes.value, 'a', 'the attribute');
  },

  async 'what a handler logs is an event, without hidden values'(executor) {
    const graph = sketched(
      [['a', { type: 'Logs', properties: { open: 'x', secret: { get_param: 'secret' } } }]],
      {},
      { secret: 'pa55word' },
    );
    const { events } = await carryOut(executor, graph);
    const logged = events.flatMap((event) =>
      event.type === 'task-log' ? [[event.task, event.message, event.data]] : [],
    );
    same(
      logged,
      [
        ['a', 'what it was given', { open: 'x', secret: '******' }],
        ['a', 'ä 漢字 🚀', undefined],
      ],
      'the log',
    );
  },

  async 'a graph without tasks is complete'(executor) {
    const { result } = await carryOut(executor, sketched([]));
    same(result.status, 'COMPLETE', 'the run');
  },
};
