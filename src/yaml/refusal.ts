import type { Diagnostic, RelatedPlace } from '../diagnostics/diagnostic.ts';

/** What is wrong, still without its place. */
export type Problem = Omit<Diagnostic, 'place' | 'related'>;

/** Thrown inside this room only: `loadYaml` turns it into a diagnostic. Offsets are UTF-16 units into the text. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly start: number;
  readonly end: number;
  /** Another place of the same problem, as an offset. */
  readonly related: { readonly message: RelatedPlace['message']; readonly offset: number } | undefined;

  constructor(problem: Problem, start: number, end: number = start, related?: { message: string; offset: number }) {
    super(problem.message);
    this.problem = problem;
    this.start = start;
    this.end = end;
    this.related = related;
  }

  /** The same, with offsets of another text. */
  moved(to: (offset: number) => number): Refusal {
    const related = this.related && { ...this.related, offset: to(this.related.offset) };
    return new Refusal(this.problem, to(this.start), to(this.end), related);
  }
}
