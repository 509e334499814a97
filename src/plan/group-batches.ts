import type { Json } from '../values/encode.ts';

/** A group's update that is made bit by bit, so that some members stay in service. */
export interface BatchedUpdate {
  /** The type of the group: a ResourceGroup counts otherwise than scaling groups. */
  readonly type: string;
  /** How many members there are to be. */
  readonly target: number;
  /** How many there are, failed ones included. Of a create in batches 0. */
  readonly current: number;
  /** How many may get the new definition at once. From 1; default 1. */
  readonly maxBatchSize?: number;
  /** How many must stay in service. Default 0. */
  readonly minInService?: number;
  /** Seconds between two batches. Default 0. */
  readonly pauseTime?: number;
}

export interface Batch {
  /** How many members the group has after it. */
  readonly size: number;
  /** How many members may get the new definition in it, new ones included. */
  readonly changes: number;
  /** Seconds to wait after it. */
  readonly pause: number;
}

/**
 * The batches of a rolling update, or of a create in batches (`current: 0`), in order. The group may grow beyond its
 * target for a while, for the sake of those in service. Mirrors `heat.scaling.rolling_update` and how ResourceGroup and
 * InstanceGroup use it (`_get_batches`; a scaling group never updates more members than it has).
 *
 * @throws RangeError for a batch size below 1, and for numbers that are no counts.
 */
export function groupBatches(update: BatchedUpdate): readonly Batch[] {
  const { type, target, current, maxBatchSize = 1, minInService = 0, pauseTime = 0 } = update;
  for (const count of [target, current, minInService]) checkCount(count, 0);
  checkCount(maxBatchSize, 1);
  const isGroup = type === 'OS::Heat::ResourceGroup';
  const wanted = isGroup ? target : Math.min(target === 0 ? current : target, current);
  const batches: Batch[] = [];
  let capacity = current;
  let upToDate = 0;
  while (!(upToDate >= capacity && capacity === wanted)) {
    const leastSize = Math.min(minInService, wanted, capacity);
    const changes = Math.min(maxBatchSize, Math.max(wanted - upToDate, 0));
    const size = changes + Math.max(Math.min(capacity, wanted - changes), leastSize);
    batches.push({ size, changes, pause: pauseTime });
    // What a ResourceGroup has only for a while is not counted among those that are done.
    upToDate += isGroup ? changes - Math.max(size - Math.max(capacity, wanted), 0) : changes;
    capacity = size;
  }
  const last = batches.pop();
  return last === undefined ? [] : [...batches, { ...last, pause: 0 }];
}

function checkCount(count: number, least: number): void {
  if (!(Number.isSafeInteger(count) && count >= least)) {
    throw new RangeError(`expected a whole number from ${least} on, not ${String(count)}`);
  }
}

/**
 * The seconds of all pauses. Heat refuses an update whose pauses alone take as long as its timeout, and leaves the rest of
 * the timeout to each batch. Mirrors `_update_timeout`.
 */
export function pausesOf(batches: readonly Batch[]): number {
  return batches.reduce((sum, { pause }) => sum + pause, 0);
}

export interface GroupMember {
  readonly name: string;
  /** Whether it has the new definition already. */
  readonly upToDate: boolean;
}

/**
 * The members of a group after one batch. Mirrors `heat.scaling.template.member_definitions`.
 *
 * @param members those that there are, in the order in which they are to be replaced or removed.
 * @param newName gives the name of each new member.
 */
export function membersAfter(
  members: readonly GroupMember[],
  { size, changes }: Pick<Batch, 'size' | 'changes'>,
  newName: () => string,
): readonly GroupMember[] {
  // The last ones; all of them for a size of 0, as slices from -0 are in Python.
  const kept = size === 0 ? [] : members.slice(-size);
  let left = changes - (size - kept.length);
  const after = kept.map((member): GroupMember => {
    if (member.upToDate || left <= 0) return member;
    left--;
    return { ...member, upToDate: true };
  });
  while (after.length < size) after.push({ name: newName(), upToDate: true });
  return after;
}

/** What a group's definition says of batches: `undefined` where it says nothing. */
export type BatchPolicy = Pick<BatchedUpdate, 'maxBatchSize' | 'minInService' | 'pauseTime'>;

const HEAT_WORDS = ['max_batch_size', 'min_in_service', 'pause_time'] as const;
const AWS_WORDS = ['MaxBatchSize', 'MinInstancesInService', 'PauseTime'] as const;

/**
 * The batches that a group's task asks for, from its inputs as a handler has them (`ctx.inputs`): `update_policy`, and of
 * an OS::Heat::AutoScalingGroup its property `rolling_updates`. Undefined: all at once. Mirrors `_try_rolling_update`, and
 * `handle_create` of ResourceGroup.
 *
 * @throws RangeError for a pause that is no duration.
 */
export function batchPolicy(
  type: string,
  inputs: { readonly [name: string]: Json },
  action: 'create' | 'update',
): BatchPolicy | undefined {
  const policy = inputs.update_policy ?? null;
  switch (type) {
    case 'OS::Heat::ResourceGroup':
      return policyFrom(entry(policy, action === 'create' ? 'batch_create' : 'rolling_update'), HEAT_WORDS);
    case 'OS::Heat::AutoScalingGroup':
      // Its property has a default: members are always changed one after the other.
      if (action === 'create') return undefined;
      return policyFrom(entry(inputs.properties ?? null, 'rolling_updates') ?? {}, HEAT_WORDS);
    case 'AWS::AutoScaling::AutoScalingGroup':
      return action === 'create' ? undefined : policyFrom(entry(policy, 'AutoScalingRollingUpdate'), AWS_WORDS);
    case 'OS::Heat::InstanceGroup':
      return action === 'create' ? undefined : policyFrom(entry(policy, 'RollingUpdate'), AWS_WORDS);
    default:
      return undefined;
  }
}

function policyFrom(data: Json, [size, least, pause]: typeof HEAT_WORDS | typeof AWS_WORDS): BatchPolicy | undefined {
  if (data === null) return undefined;
  const pauseTime = entry(data, pause) ?? 0;
  return {
    maxBatchSize: Number(entry(data, size) ?? 1),
    minInService: Number(entry(data, least) ?? 0),
    pauseTime: pause === 'PauseTime' && typeof pauseTime === 'string' ? durationSeconds(pauseTime) : Number(pauseTime),
  };
}

function entry(data: Json, key: string): Json {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || !Object.hasOwn(data, key)) return null;
  return data[key] ?? null;
}

const DURATION = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?\n?$/;

/** Of `PT1H30M5S`. @throws RangeError for any other form */
export function durationSeconds(text: string): number {
  const found = DURATION.exec(text);
  if (found === null) throw new RangeError(`'${text}' is no duration such as PT1H30M5S`);
  const [, hours = 0, minutes = 0, seconds = 0] = found;
  return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds);
}
