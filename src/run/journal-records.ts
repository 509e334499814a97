import type { JournalRecord } from '../journal/journal.ts';
import type { Json } from '../values/encode.ts';
import { decodeResult, encodeResult } from './codec.ts';
import type { TaskFailure } from './failure.ts';
import type { TaskResult } from './result.ts';
import type { FinalStatus } from './status.ts';
import type { RecordedTask } from './traversal-protocol.ts';

/** Changes whenever a reader of an older version would misunderstand. */
export const JOURNAL_VERSION = 1;

/** What a task that is polled handed to the next look: data that lost nothing, and how many looks there were. */
export interface PollState {
  readonly data: Json;
  readonly count: number;
  /** The method that began the work, where it is not that of the task's action. */
  readonly action?: string;
}

/** Makes data fit for a journal, and reads them back. */
export interface Sealer {
  seal(data: Json): Json;
  open(sealed: Json): Json;
}

/** One task as its last record tells: where it stands, and what is known of it. */
export interface TaskRecord {
  readonly progress: RecordedTask;
  readonly result?: TaskResult | undefined;
  readonly failure?: TaskFailure | undefined;
  readonly poll?: PollState | undefined;
}

/** `cause` and `task` are ids: a journal can be read by people, too. */
export function taskRecord(id: string, causeId: string | undefined, record: TaskRecord, sealer: Sealer): JournalRecord {
  const { progress, result, failure, poll } = record;
  // No spreads: two of these are made for every task.
  const json: { type: string; [key: string]: Json } = { type: progress.at, task: id };
  if (progress.at !== 'cleared') json.attempt = progress.attempt;
  if (progress.at === 'ended') json.status = progress.status;
  if (causeId !== undefined) json.cause = causeId;
  if (result !== undefined) json.result = sealer.seal(encodeResult(result));
  if (failure !== undefined) json.failure = failureJson(failure);
  if (poll !== undefined) {
    json.data = sealer.seal(poll.data);
    json.count = poll.count;
    if (poll.action !== undefined) json.action = poll.action;
  }
  return json;
}

/** Undefined: no record of a task. @throws whatever the sealer throws, NotData */
export function readTaskRecord(
  record: JournalRecord,
  indexOf: (id: string) => number,
  sealer: Sealer,
): TaskRecord | undefined {
  const { type: at, task, attempt, status, cause, result, failure, data, count, action } = record;
  const number = Number(attempt);
  const known = {
    ...(result !== undefined && { result: decodeResult(sealer.open(result)) }),
    ...(failure !== undefined && { failure: { ...(failure as unknown as TaskFailure), task: String(task) } }),
  };
  switch (at) {
    case 'cleared':
      return { progress: { at } };
    case 'started':
    case 'retrying':
    case 'settling':
      return { progress: { at, attempt: number }, ...known };
    case 'polling':
      return {
        progress: { at, attempt: number },
        ...known,
        poll: { data: sealer.open(data ?? null), count: Number(count), ...(typeof action === 'string' && { action }) },
      };
    case 'ended': {
      const because = typeof cause === 'string' ? indexOf(cause) : -1;
      const end = { at, attempt: number, status: status as FinalStatus } as const;
      return { progress: because < 0 ? end : { ...end, cause: because }, ...known };
    }
    default:
      return undefined;
  }
}

/** Without what the handler threw, which is no data. */
function failureJson(failure: TaskFailure): Json {
  const { code, message, severity, place, expected, hint, heat, attempt, physicalId, replacing } = failure;
  return {
    code,
    severity,
    message,
    attempt,
    ...(place !== undefined && { place: { ...place } as { [key: string]: Json } }),
    ...(expected !== undefined && { expected }),
    ...(hint !== undefined && { hint }),
    ...(heat !== undefined && { heat }),
    ...(physicalId !== undefined && { physicalId }),
    ...(replacing && { replacing }),
  };
}
