import { overflowError } from '../raised.ts';
import { type HashKey, type Runtime, YaqlObject } from '../runtime/objects.ts';

export const SECOND: bigint = 1_000_000n;
export const DAY: bigint = 86_400n * SECOND;
const MOST_DAYS = 999_999_999n;

/** Python's timedelta. */
export class TimeSpan extends YaqlObject {
  readonly typeName: string = 'timedelta';
  readonly microseconds: bigint;

  /** @throws OverflowError beyond 999,999,999 days */
  constructor(microseconds: bigint) {
    super();
    const days = floorDivide(microseconds, DAY);
    if (days > MOST_DAYS || days < -MOST_DAYS) throw overflowError(`a timespan of ${days} days`);
    this.microseconds = microseconds;
  }

  /** Whole days, then the seconds and microseconds above them: Python's normal form. */
  get parts(): { days: bigint; seconds: bigint; microseconds: bigint } {
    const days = floorDivide(this.microseconds, DAY);
    const rest = this.microseconds - days * DAY;
    return { days, seconds: rest / SECOND, microseconds: rest % SECOND };
  }

  override hash(): HashKey {
    return `\0T${this.microseconds}`;
  }

  override equals(other: Runtime): boolean {
    return other instanceof TimeSpan && other.microseconds === this.microseconds;
  }

  override get truth(): boolean {
    return this.microseconds !== 0n;
  }

  str(): string {
    const { days, seconds, microseconds } = this.parts;
    const pad = (value: bigint): string => value.toString().padStart(2, '0');
    const clock = `${seconds / 3600n}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}`;
    const fraction = microseconds === 0n ? '' : `.${microseconds.toString().padStart(6, '0')}`;
    const prefix = days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `;
    return prefix + clock + fraction;
  }

  override repr(): string {
    const { days, seconds, microseconds } = this.parts;
    const fields = [
      ['days', days],
      ['seconds', seconds],
      ['microseconds', microseconds],
    ].flatMap(([name, value]) => (value === 0n ? [] : [`${name}=${value}`]));
    return `datetime.timedelta(${fields.join(', ') || '0'})`;
  }
}

export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
