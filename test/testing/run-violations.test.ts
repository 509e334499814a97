import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/run/events.ts';
import { runViolations } from '../../src/testing/index.ts';
import {
  begun,
  completed,
  eventsAt,
  failed,
  finished,
  retrying,
  skipped,
  started,
  type Told,
} from '../observe/recorder.ts';
import { graphOf } from '../run/graphs.ts';

const GRAPH = graphOf({ a: {}, b: { requires: ['a'] }, free: {} });
const told = (...events: Told[]): RunEvent[] =>
  eventsAt(...events.map((event, i): readonly [number, Told] => [i, event]));
const resumed = (count: number): Told => ({ ...started(3), resumed: count }) as Told;

const FINE = [started(3), begun('a'), completed('a'), begun('b'), begun('free'), completed('free'), completed('b')];

test.each<[string, Told[], string[]]>([
  ['nothing', [...FINE, finished('COMPLETE')], []],
  ['a start too early', [started(3), begun('b')], ["'b' starts before 'a' is complete", 'the run does not end']],
  ['two ends', [...FINE, completed('b'), finished('COMPLETE')], ["task-completed of 'b', which is COMPLETE"]],
  ['a start after the end', [...FINE, begun('a', 2), finished('COMPLETE')], ["task-started of 'a', which is COMPLETE"]],
  [
    'an end without a beginning',
    [started(3), completed('free')],
    ["'free' is COMPLETE, and no attempt began", 'the run does not end'],
  ],
  [
    'a task that is forgotten',
    [...FINE.slice(0, -1), finished('COMPLETE')],
    ["'b' has no final status", 'the run is COMPLETE, its tasks are not'],
  ],
  ['a wrong status', [...FINE, finished('FAILED')], ['the run is FAILED, its tasks are not']],
  [
    'something after the end',
    [...FINE, finished('COMPLETE'), begun('a')],
    [
      'task-started after the end of the run',
      "task-started of 'a', which is COMPLETE",
      "attempt 1 of 'a' comes after attempt 1",
    ],
  ],
  [
    'an attempt that is left out',
    [started(3), begun('free'), retrying('free', 1, ''), begun('free', 3)],
    ["attempt 3 of 'free' comes after attempt 1", 'the run does not end'],
  ],
  [
    'two attempts at once',
    [started(3), begun('free'), begun('free', 2)],
    ["'free' starts while it is in progress", 'the run does not end'],
  ],
  [
    'a skip without a cause',
    [started(3), skipped('b', 'free')],
    [
      "'b' is skipped because of 'free', which did not fail",
      "'b' is skipped, and nothing that it requires failed or was skipped",
      'the run does not end',
    ],
  ],
  [
    'a skip that is right',
    [
      started(3),
      begun('a'),
      begun('free'),
      failed('a', 1, ''),
      skipped('b', 'a'),
      completed('free'),
      finished('FAILED'),
    ],
    [],
  ],
  ['a task of another graph', [started(3), begun('x')], ["there is no task 'x'", 'the run does not end']],
  [
    'more than the limit',
    [
      started(3),
      begun('a'),
      begun('free'),
      failed('a', 1, ''),
      failed('free', 1, ''),
      skipped('b', 'a'),
      finished('FAILED'),
    ],
    [],
  ],
  [
    'a crash repeats an attempt',
    [started(3), begun('a'), resumed(0), begun('a'), ...FINE.slice(2), finished('COMPLETE')],
    [],
  ],
  [
    'a crash begins what is polled',
    [
      started(3),
      begun('a'),
      { type: 'task-polling', task: 'a', attempt: 1, count: 1, delay: 1 } as Told,
      resumed(0),
      begun('a'),
      ...FINE.slice(2),
      finished('COMPLETE'),
    ],
    [
      "attempt 1 of 'a' comes after attempt 1",
      "'a' is begun again, though its work goes on elsewhere",
      "'a' starts while it is in progress",
    ],
  ],
  [
    'what came before is not known',
    [resumed(1), begun('b'), begun('free'), completed('free'), completed('b'), finished('COMPLETE')],
    [],
  ],
])('%s', (_, events, violations) => {
  const found = runViolations(GRAPH, told(...events)).map((text) => text.replace(/^event -?\d+: /, ''));
  expect(found).toEqual(violations);
});

test('a limit, and time that goes back', () => {
  expect(runViolations(GRAPH, told(started(3), begun('a'), begun('free')), 1)[0]).toBe(
    'event 2: 2 tasks are in flight',
  );
  expect(runViolations(GRAPH, eventsAt([5, started(3)], [4, begun('a')]))[0]).toBe('event 1: time goes back');
});
