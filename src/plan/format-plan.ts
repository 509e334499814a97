import { printable } from '../diagnostics/display-width.ts';
import { toPlain } from '../values/encode.ts';
import type { Value } from '../values/value.ts';
import type { ChangeKind, PropertyChange, ResourceChange, Undecided, UpdatePlan } from './update-plan.ts';

export interface FormatPlanOptions {
  /** Terminal colours. Default false. */
  readonly colour?: boolean;
  /** Whether what does not change is named too. Default false: it is counted. */
  readonly unchanged?: boolean;
}

const MARKS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  updated: '~',
  replaced: '-/+',
  deleted: '-',
  unchanged: ' ',
};
const COLOURS: Readonly<Record<ChangeKind, string>> = {
  added: '32',
  updated: '33',
  replaced: '35',
  deleted: '31',
  unchanged: '2',
};
const LONGEST_VALUE = 100;

/**
 * A plan to read like a code review: `+ ~ -/+ -` for what is added, updated, replaced and deleted, `?` for what the run
 * decides, with the properties that change, and a summary. Ends with a newline. Diagnostics are not in it: see
 * `formatDiagnostics`.
 */
export function formatPlan(plan: UpdatePlan, options: FormatPlanOptions = {}): string {
  const painter = new Painter(options.colour ?? false);
  const undecided = new Map<string, Undecided[]>();
  for (const one of plan.undecided) {
    const known = undecided.get(one.resource);
    if (known === undefined) undecided.set(one.resource, [one]);
    else known.push(one);
  }
  const blocks = plan.changes
    .filter(({ name, kind }) => options.unchanged || kind !== 'unchanged' || undecided.has(name))
    .map((change) => block(change, undecided.get(change.name) ?? [], painter));
  const lines = blocks.length === 0 ? ['Nothing changes.'] : blocks.flat();
  return `${[...lines, '', summary(plan)].join('\n')}\n`;
}

function block(change: ResourceChange, undecided: readonly Undecided[], { paint }: Painter): string[] {
  const { name, kind, type, previousType, properties, parts } = change;
  const open = kind === 'unchanged' && undecided.length > 0;
  const mark = (open ? '?' : MARKS[kind]).padStart(3);
  const types = previousType === undefined ? type : `${previousType} → ${type}`;
  const head = paint(open ? '36' : COLOURS[kind], `${mark} ${safe(name)}`);
  return [
    `${head}  ${paint('2', safe(types))}${noteOf(change)}`,
    ...properties.map((property) => `      ${propertyLine(property, kind, paint)}`),
    ...parts.map((part) => `      ${paint(COLOURS.updated, '~')} ${part}`),
    ...undecided.map((one) => `      ${paint('36', '?')} ${undecidedLine(one)}`),
  ];
}

function noteOf({ kind, because, deletionPolicy, whenRun }: ResourceChange): string {
  const notes: string[] = [];
  if (kind === 'replaced') notes.push(reasonOf(because));
  if (deletionPolicy === 'Retain') notes.push('the old one is kept');
  if (deletionPolicy === 'Snapshot') notes.push('the old one is snapshot first');
  if (whenRun !== undefined) notes.push(`when it runs: ${whenRun}`);
  return notes.length === 0 ? '' : `  (${notes.join('; ')})`;
}

function reasonOf(because: readonly string[]): string {
  const [first = ''] = because;
  if (first === 'type') return 'it is of another type';
  if (first === 'failed') return 'it has failed';
  return `for ${because.map(safe).join(', ')}`;
}

function propertyLine({ name, before, after, effect }: PropertyChange, kind: ChangeKind, paint: Paint): string {
  const mark = before === undefined ? '+' : after === undefined ? '-' : '~';
  const colour = mark === '+' ? COLOURS.added : mark === '-' ? COLOURS.deleted : COLOURS.updated;
  const values = [before, after].filter((value) => value !== undefined).map(valueText);
  const notes = { update: '', replace: '  # replaces', refuse: '  # can not be changed' };
  const note = kind === 'added' ? '' : notes[effect];
  return `${paint(colour, mark)} ${safe(name)}: ${values.join(' → ')}${paint('2', note)}`;
}

function undecidedLine({ property, after, mayBe }: Undecided): string {
  const what = property === undefined ? '' : `${safe(property)} `;
  const cause =
    after.length === 0 ? 'is not known before' : `comes from ${after.map((name) => `'${safe(name)}'`).join(', ')}`;
  if (property === undefined) return 'it has failed: whether it is replaced, the service decides';
  return `${what}${cause}: may be ${mayBe}`;
}

function summary({ added, updated, replaced, deleted, unchanged, undecided }: UpdatePlan): string {
  const open = new Set(undecided.map(({ resource }) => resource)).size;
  const counts = [
    `${added.length} to add`,
    `${updated.length} to update`,
    `${replaced.length} to replace`,
    `${deleted.length} to delete`,
    `${unchanged.length} unchanged`,
  ].join(', ');
  return open === 0 ? `${counts}.` : `${counts}; ${open} of them to be decided when it runs.`;
}

function valueText(value: Value): string {
  const text = safe(JSON.stringify(toPlain(value)));
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 3)}...`;
}

/** Nothing that a terminal would obey. */
function safe(text: string): string {
  return printable(text);
}

type Paint = (code: string, text: string) => string;

class Painter {
  readonly paint: Paint;

  constructor(colour: boolean) {
    this.paint = (code, text) => (colour && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
  }
}
