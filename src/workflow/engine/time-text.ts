import { civilFromDays } from '../../yaql/datetime/calendar.ts';

const DAY = 86_400_000;

/** Milliseconds since 1970 as Mistral shows times: `2026-08-31 12:00:00`, UTC. */
export function timeText(ms: number): string {
  const days = Math.floor(ms / DAY);
  const seconds = Math.floor((ms - days * DAY) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${dateText(days)} ${clock}`;
}

function dateText(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
