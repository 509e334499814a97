import type { Diagnostic, Path } from '../../diagnostics/diagnostic.ts';
import type { ParseContext } from '../../functions/parse.ts';
import type { Template } from '../../template/template.ts';
import type { Value, ValueMap } from '../../values/value.ts';

/** One entry of the section, and everything that reading it takes. */
export interface ComponentEntry {
  readonly name: string;
  readonly path: Path;
  readonly source: ValueMap;
  readonly template: Template;
  readonly context: ParseContext;
  report(diagnostic: Diagnostic): void;
  /** Reports a value of the wrong type. */
  refuse(path: Path, field: string, found: Value, expected: string): void;
}
