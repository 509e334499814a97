/** A point in a source text. Line and column count from 1, columns in UTF-16 units. */
export interface Place {
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** Where the thing that starts here ends, when that is known; exclusive. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Keys and indexes from the top of a document to a node. */
export type Path = readonly PathStep[];
export type PathStep = string | number | boolean | null | bigint | object;

export type Severity = 'error' | 'warning' | 'info';

/** The step of Heat's own processing that refuses the same template; the oracle's words. */
export type HeatStage =
  | 'parse'
  | 'environment'
  | 'files'
  | 'template'
  | 'parameters'
  | 'resources'
  | 'dependencies'
  | 'parameter_groups'
  | 'conditions'
  | 'outputs'
  | 'validate';

/** An error or a warning as data: what is wrong, where, what was expected, how to mend it. */
export interface Diagnostic {
  /** From the catalogue in `codes.ts`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place?: Place;
  readonly path?: Path;
  readonly expected?: string;
  readonly hint?: string;
  /** The exception class with which Heat refuses the same template, where it does. */
  readonly heat?: string;
  /** The step at which Heat raises it. */
  readonly stage?: HeatStage;
  /** Heat finds it only when it validates the stack: the graph can be had nevertheless. */
  readonly onValidation?: true;
  /** Other places that belong to the same problem, such as the edges of a cycle. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly message: string;
  readonly place?: Place;
}

/** What can say where a path of a document stands. */
export interface Locator {
  locate(path: Path, part?: 'key' | 'value'): Place | undefined;
}

/** The optional fields of a Diagnostic for a path: leaves out what is not known. */
export function at(locator: Locator, path: Path, part?: 'key' | 'value'): Pick<Diagnostic, 'place' | 'path'> {
  const place = locator.locate(path, part);
  return place === undefined ? { path } : { place, path };
}

/** A refusal by one of Heat's exception classes at one stage; `more` overrides what is alike in most. */
export type Refusal = (
  locator: Locator,
  path: Path,
  code: string,
  message: string,
  expected: string,
  more?: Partial<Diagnostic>,
) => Diagnostic;

/** What the messages of one room have in common. */
export function refusal(heat: string, stage: HeatStage): Refusal {
  return (locator, path, code, message, expected, more = {}) => ({
    code,
    severity: 'error',
    message,
    ...at(locator, path),
    expected,
    heat,
    stage,
    ...more,
  });
}
