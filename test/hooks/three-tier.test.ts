import { describe, expect, it } from 'vitest';
import { type HttpOptions, standardActions, workflowHandlers } from '../../src/executors/workflow/index.ts';
import { type RunEvent, type RunResult, run } from '../../src/index.ts';
import { type SimulatedFailures, simulatedHandlers } from '../../src/testing/index.ts';
import { toPlain } from '../../src/values/encode.ts';
import { described, read, shop } from './three-tier-shop.ts';

const expected = (name: string): string => read(`expected/${name}`).text;

function told(event: RunEvent): string[] {
  switch (event.type) {
    case 'task-paused':
      return [`waits     ${event.task}`];
    case 'task-completed':
      return [`complete  ${event.task}`];
    case 'task-failed':
      return [`failed    ${event.task}: ${event.message}`];
    case 'task-skipped':
      return [`skipped   ${event.task}${event.cause === undefined ? '' : ` because of ${event.cause}`}`];
    case 'task-cancelled':
      return [`cancelled ${event.task}`];
    default:
      return [];
  }
}

interface Rehearsal {
  readonly result: RunResult;
  readonly events: string;
  /** Requests and scripts. */
  readonly done: readonly unknown[];
}

/** One task at a time; the world answers `health`. */
async function rehearse(health: string, failures: SimulatedFailures = {}): Promise<Rehearsal> {
  const done: unknown[] = [];
  const events: string[] = [];
  const actions = standardActions().add('shop.script', (input) => {
    done.push(toPlain(input));
    return input.get('script') === 'migrate' ? { version: 7 } : null;
  });
  const fetch = async (url: string, { method, body }: HttpOptions) => {
    done.push(body === undefined ? { method, url } : { method, url, body: JSON.parse(body) as unknown });
    return { status: 200, statusText: 'OK', url, headers: [], text: async () => health };
  };
  const running = run(shop(), {
    handlers: { ...simulatedHandlers({ failures }), ...workflowHandlers({ actions, fetch }) },
    concurrency: 1,
    onEvent: (event) => {
      events.push(...told(event));
      if (event.type === 'task-paused') queueMicrotask(() => void running.clear(event.task));
    },
  });
  return { result: await running.result, events: `${events.join('\n')}\n`, done };
}

describe('three tiers with hooks', () => {
  it('make this graph', () => {
    expect(described(shop())).toBe(expected('graph.txt'));
  });

  it('when all is well, the shop goes live after the smoke test and the agreement', async () => {
    const { result, events, done } = await rehearse('fine');
    expect(events).toBe(expected('good.txt'));
    expect(result.status).toBe('COMPLETE');
    expect(result.outputs.get('schema')).toBe(7);
    expect(done.filter((one) => typeof one === 'object' && one !== null && 'method' in one)).toEqual([
      { method: 'GET', url: expect.stringMatching(/^http:\/\/[\d.]+\/health$/) },
    ]);
  });

  it('when a server cannot be made, nothing goes live and the operators are told', async () => {
    const { result, events, done } = await rehearse('fine', { names: ['web_server'] });
    expect(events).toBe(expected('failed-server.txt'));
    expect(result.status).toBe('FAILED');
    expect(done.at(-1)).toEqual({
      method: 'POST',
      url: 'https://chat.example/operators',
      body: { text: "shop: web_server failed: simulated failure of 'web_server', attempt 1" },
    });
  });

  it('when the smoke test fails, neither', async () => {
    const { result, events, done } = await rehearse('on fire');
    expect(events).toBe(expected('failed-smoke-test.txt'));
    expect(result.status).toBe('FAILED');
    expect(done.at(-1)).toMatchObject({
      method: 'POST',
      body: { text: expect.stringMatching(/smoke_test failed: .*the shop does not say that it is fine$/) },
    });
  });

  it('no event shows the password', async () => {
    const { done } = await rehearse('fine');
    expect(done).toContainEqual({ host: expect.any(String), script: 'migrate', secret: 's3cret' });
    const events: RunEvent[] = [];
    const actions = standardActions().add('shop.script', (input) => {
      throw new Error(`refused ${String(input.get('secret'))}`);
    });
    const handlers = { ...simulatedHandlers(), ...workflowHandlers({ actions }) };
    await run(shop(), { handlers, onEvent: (event) => events.push(event), onFailure: 'stop' }).result;
    expect(JSON.stringify(events)).not.toContain('s3cret');
  });
});
