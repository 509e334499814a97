/** Where an axis of time has its marks, and what stands there. */
export interface Tick {
  /** Milliseconds from the beginning. */
  readonly at: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
];

/** Marks at round times from 0 to the end, at most `most` and one more. */
export function timeAxis(duration: number, most: number): Tick[] {
  const step = STEPS.find((step) => duration / step <= most) ?? DAY * Math.max(1, Math.ceil(duration / DAY / most));
  const ticks: Tick[] = [];
  for (let at = 0; at <= duration; at += step) ticks.push({ at, label: labelOf(at, step) });
  return ticks;
}

function labelOf(at: number, step: number): string {
  if (at === 0) return '0';
  if (at < SECOND) return `${at} ms`;
  if (at < MINUTE) return `${(at / SECOND).toFixed(step < SECOND ? Math.ceil(-Math.log10(step / SECOND)) : 0)} s`;
  if (step >= DAY) return `${at / DAY} d`;
  if (step >= HOUR) return `${at / HOUR} h`;
  if (at < HOUR && step >= MINUTE) return `${at / MINUTE} min`;
  const seconds = step < MINUTE ? `:${twoDigits(Math.floor((at % MINUTE) / SECOND))}` : '';
  const minutes = Math.floor((at % HOUR) / MINUTE);
  return at < HOUR ? `${minutes}${seconds} min` : `${Math.floor(at / HOUR)}:${twoDigits(minutes)}${seconds} h`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
