import { safe, table } from './columns.ts';
import { duration } from './duration.ts';
import type { ReportedTask, RunReport } from './report.ts';

const LONGEST_PATH = 40;
const MOST_RETRIES = 20;

/** A report for people to read: lines of text, with nothing in them that could steer a terminal. */
export function formatRunReport(report: RunReport): string {
  const byId = new Map(report.tasks.map((task) => [task.task, task]));
  const blocks = [[heading(report)]];
  if (report.eventsLost > 0) blocks.push([`${report.eventsLost} events were lost: this is not the whole story.`]);
  if (report.rollbackStarted !== undefined) {
    blocks.push([`After ${duration(report.rollbackStarted)} it failed and was rolled back, which is not told here.`]);
  }
  if (report.criticalPath.steps.length > 0) {
    blocks.push(criticalPath(report, byId), slowest(report, byId));
  }
  if (report.retries.length > 0) blocks.push(retries(report));
  if (report.concurrency.most > 0) blocks.push(concurrency(report));
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function heading({ runId, status, duration: ms, tasks, counts }: RunReport): string {
  const parts = Object.entries(counts).flatMap(([name, count]) =>
    count === 0 ? [] : [`${count} ${name.toLowerCase().replace('_', ' ')}`],
  );
  const how = status === 'IN_PROGRESS' ? 'in progress since' : `${status} after`;
  return `Run ${safe(runId)}: ${how} ${duration(ms)}. ${counted(tasks.length, 'task')}: ${parts.join(', ')}.`;
}

function criticalPath({ criticalPath: path, duration: whole }: RunReport, byId: ById): string[] {
  const share = whole === 0 ? '' : ` (${Math.round((100 * path.duration) / whole)} % of the run)`;
  const shown = path.steps.length <= LONGEST_PATH ? path.steps : path.steps.slice(-LONGEST_PATH);
  const rows = shown.map(({ task, waited, took }) => [
    '',
    duration(waited),
    duration(took),
    task,
    byId.get(task)?.type ?? '',
  ]);
  const lines = table([['', 'waited', 'took', 'task', 'type'], ...rows], RIGHT);
  if (shown.length < path.steps.length) lines.splice(1, 0, `  ... ${path.steps.length - shown.length} steps before`);
  return [
    `Critical path: ${counted(path.steps.length, 'task')}, ${duration(path.duration)}${share}, ${duration(path.waiting)} of it waiting.`,
    ...lines,
  ];
}

function slowest({ slowest: ids }: RunReport, byId: ById): string[] {
  const rows = ids.flatMap((id) => {
    const task = byId.get(id);
    if (task === undefined) return [];
    const { running, waiting, attempts } = task;
    return [['', duration(running), duration(waiting), String(attempts), id, task.type]];
  });
  return ['Slowest:', ...table([['', 'ran', 'waited', 'attempts', 'task', 'type'], ...rows], new Set([1, 2, 3]))];
}

function retries({ retries: all }: RunReport): string[] {
  const tasks = new Set(all.map(({ task }) => task)).size;
  const rows = all
    .slice(0, MOST_RETRIES)
    .map(({ task, attempt, at, message }) => ['', duration(at), `attempt ${attempt}`, task, message]);
  const more = all.length > rows.length ? [`  ... ${all.length - rows.length} more`] : [];
  return [
    `${all.length === 1 ? '1 retry' : `${all.length} retries`} of ${counted(tasks, 'task')}:`,
    ...table(rows, new Set([1])),
    ...more,
  ];
}

type ById = ReadonlyMap<string, ReportedTask>;

const RIGHT: ReadonlySet<number> = new Set([1, 2]);

const COLUMNS = 60;
const BARS = '▁▂▃▄▅▆▇█';

function concurrency({ concurrency: { most, mean, steps }, duration: whole }: RunReport): string[] {
  const lines = [`Running at once: ${most} at most, ${mean.toFixed(1)} on average.`];
  if (whole === 0) return lines;
  const bars = meansOf(steps, whole).map((mean) => {
    if (mean === 0) return ' ';
    // A little less than a whole bar is one: sums of parts are not exact.
    return BARS[Math.max(0, Math.ceil((mean / most) * BARS.length - 1e-6) - 1)] as string;
  });
  return [...lines, `  |${bars.join('')}| ${duration(whole)}`];
}

/** The mean of each column's part of the time. */
function meansOf(steps: RunReport['concurrency']['steps'], whole: number): number[] {
  const width = whole / COLUMNS;
  const areas = Array.from({ length: COLUMNS }, () => 0);
  for (const [i, { at, running }] of steps.entries()) {
    const end = steps[i + 1]?.at ?? whole;
    for (let column = Math.floor(at / width); column < COLUMNS && column * width < end; column++) {
      const from = Math.max(at, column * width);
      const to = Math.min(end, (column + 1) * width);
      areas[column] = (areas[column] as number) + running * Math.max(0, to - from);
    }
  }
  return areas.map((area) => area / width);
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
