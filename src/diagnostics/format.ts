import { codeFrame, linesOf } from './code-frame.ts';
import type { Diagnostic, Path, Place, RelatedPlace, Severity } from './diagnostic.ts';
import { printable } from './display-width.ts';
import { type Paint, paintFor } from './paint.ts';

export interface FormatOptions {
  /** The texts by the names that places use; without its text, a place is only named. */
  readonly sources?: ReadonlyMap<string, string>;
  /** Colours of a terminal. Default false. */
  readonly colour?: boolean;
  /** Lines of source before and after the one meant. Default 1. */
  readonly context?: number;
  /** Cells that a line of source may take. Default 100. */
  readonly width?: number;
}

/** So many related places are shown; the rest are counted. */
const MOST_RELATED = 12;

/**
 * A diagnostic for people: what is wrong, the line with the place underlined, what was expected, a hint, and the other
 * places that belong to it. Nothing in a message or a source can steer the terminal.
 */
export function formatDiagnostic(diagnostic: Diagnostic, options: FormatOptions = {}): string {
  return new Formatter(options).format(diagnostic).join('\n');
}

/**
 * All of them, by place: those without one first, then source by source in order of appearance, line by line. With a
 * count at the end. Empty text for none.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions = {}): string {
  if (diagnostics.length === 0) return '';
  const formatter = new Formatter(options);
  const blocks = sortedByPlace(diagnostics).map((one) => formatter.format(one).join('\n'));
  return [...blocks, counts(diagnostics)].join('\n\n');
}

class Formatter {
  readonly #options: FormatOptions;
  readonly #lines = new Map<string, readonly string[]>();

  constructor(options: FormatOptions) {
    this.#options = options;
  }

  format(diagnostic: Diagnostic): string[] {
    const paint = paintFor(diagnostic.severity, this.#options.colour === true);
    const { place, path, expected, hint, related = [] } = diagnostic;
    const lines = [
      `${paint.severity(`${diagnostic.severity}[${printable(diagnostic.code)}]`)}: ${paint.strong(printable(diagnostic.message))}`,
    ];
    if (place !== undefined) lines.push(...this.#place(place, paint, this.#options.context ?? 1));
    else if (path !== undefined && path.length > 0) lines.push(`  ${paint.dim('-->')} ${pathText(path)}`);
    if (expected !== undefined) lines.push(...labelled('expected', expected, paint.strong));
    if (hint !== undefined) lines.push(...labelled('hint', hint, paint.good));
    for (const one of related.slice(0, MOST_RELATED)) lines.push(...this.#related(one, place, paint));
    if (related.length > MOST_RELATED) lines.push(`  and ${related.length - MOST_RELATED} more`);
    return lines;
  }

  #related(one: RelatedPlace, main: Place | undefined, paint: Paint): string[] {
    const line = `  ${paint.strong('note')}: ${printable(one.message)}`;
    if (one.place === undefined) return [line];
    const same = main !== undefined && isSame(main, one.place);
    if (same) return [`${line} ${paint.dim(`(${placeText(one.place)})`)}`];
    return [line, ...this.#place(one.place, paint, 0)];
  }

  #place(place: Place, paint: Paint, context: number): string[] {
    const frame = codeFrame(this.#linesOf(place.source), place, { context, width: this.#options.width ?? 100, paint });
    return [`  ${paint.dim('-->')} ${placeText(place)}`, ...frame.map((line) => `  ${line}`)];
  }

  #linesOf(source: string): readonly string[] {
    let lines = this.#lines.get(source);
    if (lines === undefined) {
      const text = this.#options.sources?.get(source);
      lines = text === undefined ? [] : linesOf(text);
      this.#lines.set(source, lines);
    }
    return lines;
  }
}

function placeText(place: Place): string {
  return `${printable(place.source)}:${place.line}:${place.column}`;
}

function pathText(path: Path): string {
  return printable(
    path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`)).join(''),
  );
}

function labelled(label: string, text: string, style: (text: string) => string): string[] {
  const [first = '', ...rest] = text.split('\n').map(printable);
  return [`  ${style(label)}: ${first}`, ...rest.map((line) => `  ${' '.repeat(label.length)}  ${line}`.trimEnd())];
}

function isSame(a: Place, b: Place): boolean {
  return a.source === b.source && a.line === b.line && a.column === b.column;
}

function sortedByPlace(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const rank = new Map<string, number>();
  for (const { place } of diagnostics)
    if (place !== undefined && !rank.has(place.source)) rank.set(place.source, rank.size);
  return [...diagnostics].sort(({ place: a }, { place: b }) => {
    if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
    return (rank.get(a.source) as number) - (rank.get(b.source) as number) || a.line - b.line || a.column - b.column;
  });
}

function counts(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity, one: string, many: string): string[] => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? [] : [`${found} ${found === 1 ? one : many}`];
  };
  return [
    ...count('error', 'error', 'errors'),
    ...count('warning', 'warning', 'warnings'),
    ...count('info', 'remark', 'remarks'),
  ].join(', ');
}
