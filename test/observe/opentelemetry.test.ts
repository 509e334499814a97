import {
  type Context,
  type Meter,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/executors/run.ts';
import type { TaskGraph } from '../../src/graph/task-graph.ts';
import { compile } from '../../src/index.ts';
import { openTelemetry } from '../../src/observe/opentelemetry.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { simulate } from '../../src/testing/index.ts';
import { graphOf } from '../run/graphs.ts';
import { begun, completed, eventsAt, failed, finished, retrying, skipped, started } from './recorder.ts';

interface FakeSpan {
  readonly name: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly options: SpanOptions;
  readonly attributes: Record<string, unknown>;
  readonly events: [name: string, attributes: unknown, time: unknown][];
  status: unknown;
  end: unknown;
}

/** A tracer that keeps what it is told, as an SDK would. */
function fakeTracer(): { tracer: Tracer; spans: FakeSpan[] } {
  const spans: FakeSpan[] = [];
  const startSpan = (name: string, options: SpanOptions = {}, context: Context = ROOT_CONTEXT): Span => {
    const parent = trace.getSpan(context)?.spanContext().spanId;
    const id = String(spans.length + 1);
    const made: FakeSpan = {
      name,
      id,
      parent,
      options,
      attributes: { ...options.attributes },
      events: [],
      status: undefined,
      end: undefined,
    };
    spans.push(made);
    const span = {
      spanContext: () => ({ traceId: 't', spanId: id, traceFlags: 1 }),
      setAttribute(key: string, value: unknown) {
        made.attributes[key] = value;
        return span;
      },
      addEvent(name: string, attributes: unknown, time: unknown) {
        made.events.push([name, attributes, time]);
        return span;
      },
      setStatus(status: unknown) {
        made.status = status;
        return span;
      },
      end(time: unknown) {
        if (made.end !== undefined) throw new Error(`${name} ends twice`);
        made.end = time;
      },
    };
    return span as unknown as Span;
  };
  return { tracer: { startSpan } as unknown as Tracer, spans };
}

type Measured = [instrument: string, value: number, attributes: unknown];

function fakeMeter(): { meter: Meter; measured: Measured[] } {
  const measured: Measured[] = [];
  const instrument = (name: string) => ({
    add: (value: number, attributes?: unknown) => measured.push([name, value, attributes]),
    record: (value: number, attributes?: unknown) => measured.push([name, value, attributes]),
  });
  const meter = { createHistogram: instrument, createCounter: instrument, createUpDownCounter: instrument };
  return { meter: meter as unknown as Meter, measured };
}

function spansOf(graph: TaskGraph, events: Iterable<RunEvent>): FakeSpan[] {
  const { tracer, spans } = fakeTracer();
  const listen = openTelemetry(graph, { spans: { trace, tracer, context: ROOT_CONTEXT } });
  for (const event of events) listen(event);
  return spans;
}

const CHAIN = graphOf({ a: {}, b: { requires: ['a'] }, c: { requires: ['b'] } });
const EVENTS = eventsAt(
  [0, started(3)],
  [1, begun('a')],
  [250, completed('a')],
  [250, begun('b')],
  [300, retrying('b', 1, 'busy')],
  [400, begun('b', 2)],
  [1500, failed('b', 2, 'gone')],
  [1500, skipped('c', 'b')],
  [1500, finished('FAILED')],
);

describe('spans', () => {
  const spans = spansOf(CHAIN, EVENTS);
  const [runSpan, a, a1, b, b1, b2] = spans;

  test('a run has its tasks as children, a task its attempts', () => {
    expect(spans.map(({ name, parent }) => [name, parent])).toEqual([
      ['heat-task-graph run', undefined],
      ['CREATE Thing', '1'],
      ['attempt 1', '2'],
      ['CREATE Thing', '1'],
      ['attempt 1', '4'],
      ['attempt 2', '4'],
    ]);
  });

  test('tasks are linked to what they require', () => {
    expect(a?.options.links).toEqual([]);
    expect(b?.options.links).toMatchObject([{ context: { spanId: '2' } }]);
  });

  test('times are those of events, to the millisecond', () => {
    expect(a1?.options.startTime).toEqual([1_700_000_000, 1_000_000]);
    expect(a1?.end).toEqual([1_700_000_000, 250_000_000]);
    expect(b2?.end).toEqual([1_700_000_001, 500_000_000]);
    expect(runSpan?.end).toEqual([1_700_000_001, 500_000_000]);
  });

  test('say how each ended', () => {
    expect(a?.status).toEqual({ code: 1 });
    expect(b1?.status).toEqual({ code: 2, message: 'busy' });
    expect(b?.status).toEqual({ code: 2, message: 'gone' });
    expect(b?.attributes).toEqual({
      'heat.task.id': 'b',
      'heat.task.action': 'CREATE',
      'heat.task.type': 'Thing',
      'heat.task.status': 'FAILED',
    });
    expect(runSpan?.attributes).toEqual({ 'heat.run.id': 'r', 'heat.run.tasks': 3, 'heat.run.status': 'FAILED' });
    expect(runSpan?.events.map(([name, attributes]) => [name, attributes])).toEqual([
      ['task skipped', { 'heat.task.id': 'c', 'heat.task.cause': 'b' }],
    ]);
  });

  test('all end, once, whatever happens and whatever is lost', () => {
    const graph = graphOf({ a: { policy: { retries: 2 } }, b: { requires: ['a'] }, c: {}, d: { requires: ['c'] } });
    for (let seed = 0; seed < 50; seed++) {
      const { events } = simulate(graph, {
        seed,
        faults: { failures: 0.3, polled: 0.5, crashes: 0.1, abortAt: seed * 1000 },
      });
      const partial = events.filter(({ type }, i) => (i * 7 + seed) % 5 !== 0 || type.startsWith('run'));
      for (const told of [events, partial]) {
        for (const { name, end } of spansOf(graph, told)) expect([name, end]).not.toEqual([name, undefined]);
      }
    }
  });
});

test('metrics: durations in seconds, waiting, retries, what is running', () => {
  const { meter, measured } = fakeMeter();
  const listen = openTelemetry(CHAIN, { meter });
  for (const event of EVENTS) listen(event);
  const kind = { type: 'Thing', action: 'CREATE' };
  const of = (name: string) => measured.filter(([of]) => of === `heat_task_graph.${name}`).map(([, ...rest]) => rest);
  expect(of('task.duration')).toEqual([
    [0.249, { ...kind, status: 'COMPLETE' }],
    [1.25, { ...kind, status: 'FAILED' }],
  ]);
  expect(of('task.waiting')).toEqual([
    [0.001, kind],
    [0, kind],
  ]);
  expect(of('task.retries')).toEqual([[1, kind]]);
  expect(of('run.duration')).toEqual([[1.5, { status: 'FAILED' }]]);
  expect(of('task.running').map(([value]) => value)).toEqual([1, -1, 1, -1, 1, -1]);
});

test('a hidden value is in none of it', async () => {
  const compiled = compile(`
heat_template_version: 2021-04-16
parameters: { secret: { type: string, hidden: true, default: s3cr3t } }
resources:
  a: { type: OS::Heat::TestResource, properties: { value: { get_param: secret } } }
  b: { type: OS::Heat::TestResource, depends_on: a }
`);
  if (!compiled.ok) throw new Error('wrong template');
  const { tracer, spans } = fakeTracer();
  const { meter, measured } = fakeMeter();
  await run(compiled.graph, {
    onEvent: openTelemetry(compiled.graph, { spans: { trace, tracer, context: ROOT_CONTEXT }, meter }),
    handlers: {
      '*': ({ task, properties, log }) => {
        log(`made with ${String(properties.value)}`, { properties });
        if (task.name === 'b') throw new Error('s3cr3t is wrong');
        return { physicalId: `id-${String(properties.value)}` };
      },
    },
  }).result;
  const told = JSON.stringify([spans, measured]);
  expect(told).toContain('id-******');
  expect(told).toContain('****** is wrong');
  expect(told).not.toContain('s3cr3t');
});

test('nothing is asked of a host that passes nothing', () => {
  expect(() => EVENTS.forEach(openTelemetry(CHAIN, {}))).not.toThrow();
});
