/** A text with the name by which diagnostics call it. */
export interface SourceText {
  readonly text: string;
  readonly name: string;
}

/** What callers hand in: the text alone, or with a name. */
export type Source = string | { readonly text: string; readonly name?: string };

/** Name of a source that was given none. */
export const DEFAULT_SOURCE_NAME = '<template>';

export function toSource(source: Source): SourceText {
  if (typeof source === 'string') return { text: source, name: DEFAULT_SOURCE_NAME };
  return { text: source.text, name: source.name ?? DEFAULT_SOURCE_NAME };
}
