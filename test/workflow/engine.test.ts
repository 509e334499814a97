import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Float, type Value, type ValueMap } from '../../src/values/value.ts';
import { WorkflowEngine } from '../../src/workflow/engine/engine.ts';
import type { ActionCall, EngineCommand } from '../../src/workflow/engine/protocol.ts';
import { loadWorkflows } from '../../src/workflow/language/load-workflows.ts';
import { standardActions } from '../../src/workflow/standard-actions.ts';

function engineOf(text: string, options: { taskName?: string } = {}): WorkflowEngine {
  const loaded = loadWorkflows(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const [workflow] = loaded.library.workflows.values();
  if (workflow === undefined) throw new Error('no workflow');
  let id = 0;
  return new WorkflowEngine({
    library: loaded.library,
    workflow,
    catalog: standardActions(),
    newId: () => `id-${++id}`,
    ...options,
  });
}

function calls(commands: readonly EngineCommand[]): ActionCall[] {
  return commands.flatMap((command) => (command.type === 'run' ? [command.call] : []));
}

/** Requirements of each task on earlier ones: t0, t1, ... */
const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, i) =>
      fc.subarray(
        Array.from({ length: i }, (_, j) => j),
        { maxLength: Math.min(4, i) },
      ),
    ),
  ),
);

/** The same graph as a direct workflow with joins, or a reverse one whose last task wants all. */
function textOf(graph: readonly (readonly number[])[], kind: 'direct' | 'reverse'): string {
  const tasks = graph.map((required, i) => {
    const next = graph.flatMap((other, j) => (other.includes(i) ? [`t${j}`] : []));
    if (kind === 'reverse')
      return `t${i}: {action: std.echo output=${i}${required.length > 0 ? `, requires: [${required.map((r) => `t${r}`).join(', ')}]` : ''}}`;
    return `t${i}: {action: std.echo output=${i}${required.length > 0 ? ', join: all' : ''}${next.length > 0 ? `, on-success: [${next.join(', ')}]` : ''}}`;
  });
  if (kind === 'reverse') tasks.push(`end: {requires: [${graph.map((_, i) => `t${i}`).join(', ')}]}`);
  return `version: '2.0'\nwf: {type: ${kind}, tasks: {${tasks.join(', ')}}}`;
}

/** Drives an engine with results in an order of one's own; returns each command in turn. */
function drive(
  engine: WorkflowEngine,
  choose: (count: number) => number,
  failing: ReadonlySet<string> = new Set(),
): { log: string[]; order: string[] } {
  const log: string[] = [];
  const order: string[] = [];
  let open: ActionCall[] = [];
  const take = (commands: readonly EngineCommand[]): void => {
    for (const command of commands)
      log.push(JSON.stringify(command, (_, value: unknown) => (value instanceof Map ? [...value] : value)));
    open.push(...calls(commands));
    for (const { task } of calls(commands)) order.push(`start ${task}`);
  };
  take(engine.start());
  while (open.length > 0) {
    const at = choose(open.length) % open.length;
    const call = open[at] as ActionCall;
    open = open.filter((_, i) => i !== at);
    order.push(`end ${call.task}`);
    const failed = failing.has(call.task);
    take(
      engine.apply({
        type: 'result',
        id: call.id,
        state: failed ? 'ERROR' : 'SUCCESS',
        value: failed ? 'bad' : (call.input.get('output') ?? null),
      }),
    );
  }
  return { log, order };
}

describe('the engine', () => {
  it.each(['direct', 'reverse'] as const)(
    '%s: no task starts before what it waits for has ended, and all are run once',
    (kind) => {
      fc.assert(
        fc.property(graphs, fc.infiniteStream(fc.nat(100)), (graph, choices) => {
          const engine = engineOf(textOf(graph, kind), kind === 'reverse' ? { taskName: 'end' } : {});
          const { order } = drive(engine, () => choices.next().value as number);
          for (const [i, required] of graph.entries()) {
            expect(order.filter((line) => line === `start t${i}`)).toHaveLength(1);
            for (const one of required) expect(order.indexOf(`end t${one}`)).toBeLessThan(order.indexOf(`start t${i}`));
          }
          expect(engine.state).toBe('SUCCESS');
        }),
        { numRuns: 300 },
      );
    },
  );

  it('a failed task: nothing after it is run, everything else is, and the workflow is ERROR', () => {
    fc.assert(
      fc.property(graphs, fc.nat(11), fc.infiniteStream(fc.nat(100)), (graph, bad, choices) => {
        const failed = bad % graph.length;
        const engine = engineOf(textOf(graph, 'direct'));
        const { order } = drive(engine, () => choices.next().value as number, new Set([`t${failed}`]));
        const after = new Set([failed]);
        for (const [i, required] of graph.entries()) if (required.some((one) => after.has(one))) after.add(i);
        after.delete(failed);
        for (const i of graph.keys()) expect(order.includes(`start t${i}`)).toBe(!after.has(i));
        expect(engine.state).toBe('ERROR');
      }),
      { numRuns: 300 },
    );
  });

  it('the same events give the same commands', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat(100), { minLength: 40, maxLength: 40 }), (graph, choices) => {
        const run = (): string[] => {
          let at = 0;
          return drive(engineOf(textOf(graph, 'direct')), () => choices[at++ % choices.length] as number).log;
        };
        expect(run()).toEqual(run());
      }),
      { numRuns: 100 },
    );
  });

  it('an event that does not fit changes nothing', () => {
    const engine = engineOf("version: '2.0'\nwf: {tasks: {a: {on-success: b}, b: {action: std.noop}}}");
    const [first] = calls(engine.start());
    expect(engine.apply({ type: 'result', id: 'unknown', state: 'SUCCESS', value: 1 })).toEqual([]);
    expect(engine.apply({ type: 'timer', timer: 99 })).toEqual([]);
    expect(engine.apply({ type: 'resume' })).toEqual([]);
    const [second] = calls(engine.apply({ type: 'result', id: first?.id ?? '', state: 'SUCCESS', value: null }));
    expect(second?.task).toBe('b');
    expect(engine.apply({ type: 'result', id: first?.id ?? '', state: 'ERROR', value: 'again' })).toEqual([]);
  });

  it('a workflow that runs itself ends', () => {
    const engine = engineOf("version: '2.0'\nwf: {tasks: {a: {workflow: wf}}}");
    const commands = engine.start();
    expect(commands.at(-1)).toMatchObject({ type: 'finished', state: 'ERROR' });
  });

  it.each([
    ['a chain', (n: number) => Array.from({ length: n }, (_, i) => `t${i}: {on-success: t${i + 1}}`).join(', ')],
    ['one join of all', (n: number) => Array.from({ length: n }, (_, i) => `t${i}: {on-success: t${n}}`).join(', ')],
    [
      'loops over nothing',
      (n: number) =>
        Array.from({ length: n }, (_, i) => `t${i}: {with-items: 'i in <% list() %>', on-success: t${i + 1}}`).join(
          ', ',
        ),
    ],
  ])('%s of 20,000 tasks', (name, tasks) => {
    const last = name === 'one join of all' ? '{join: all}' : '{action: std.noop}';
    const engine = engineOf(`version: '2.0'\nwf: {tasks: {${tasks(20_000)}, t20000: ${last}}}`);
    const open = calls(engine.start());
    for (let call = open.shift(); call !== undefined; call = open.shift()) {
      open.push(...calls(engine.apply({ type: 'result', id: call.id, state: 'SUCCESS', value: null })));
    }
    expect(engine.state).toBe('SUCCESS');
    expect(engine.result()?.tasks).toHaveLength(20_001);
  });

  it('names that JavaScript knows are names', () => {
    const engine = engineOf(
      "version: '2.0'\nwf: {tasks: {__proto__: {publish: {constructor: 1}, on-success: toString}, toString: {publish: {__proto__: '<% $.constructor + 1 %>'}}}, output: {hasOwnProperty: '<% $.get(constructor) %>'}}",
    );
    const open = calls(engine.start());
    let output: ValueMap | undefined;
    for (let call = open.shift(); call !== undefined; call = open.shift()) {
      const commands = engine.apply({ type: 'result', id: call.id, state: 'SUCCESS', value: null });
      open.push(...calls(commands));
      for (const command of commands) if (command.type === 'finished') ({ output } = command);
    }
    expect(output).toEqual(new Map<Value, Value>([['hasOwnProperty', 1]]));
  });

  it('values keep their kind on the way', () => {
    const engine = engineOf(
      "version: '2.0'\nwf: {tasks: {a: {action: std.echo output=1, publish: {r: '<% task().result %>'}}}, output: {r: '<% $.r %>'}}",
    );
    const [call] = calls(engine.start());
    const value = new Map<Value, Value>([
      ['float', new Float(1)],
      ['big', 12345678901234567890n],
      ['list', [null, true]],
    ]);
    const finished = engine.apply({ type: 'result', id: call?.id ?? '', state: 'SUCCESS', value }).at(-1);
    expect(finished).toEqual({ type: 'finished', state: 'SUCCESS', output: new Map([['r', value]]) });
  });
});

describe('a join', () => {
  it('fails when it waits for a cycle that nothing leads into any more', () => {
    const engine = engineOf(`version: '2.0'
wf:
  tasks:
    s: {on-success: [j, c1: <% false %>]}
    c1: {on-success: c2}
    c2: {on-success: [c1: <% false %>, j: <% true %>]}
    j: {join: all}
`);
    const { order } = drive(engine, () => 0);
    expect([engine.state, order]).toEqual(['ERROR', ['start s', 'end s']]);
  });

  it('of 5,001 parents, of which all but one never lead to it', () => {
    const side = Array.from(
      { length: 5_000 },
      (_, i) => `t${i}: {on-success: t${i + 1}, on-error: x${i}}, x${i}: {on-success: end}`,
    );
    const engine = engineOf(
      `version: '2.0'\nwf: {tasks: {${side.join(', ')}, t5000: {on-success: end}, end: {join: one}}}`,
    );
    drive(engine, () => 0);
    expect(engine.state).toBe('SUCCESS');
  });
});
