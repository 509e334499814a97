import type { Severity } from './diagnostic.ts';

/** Colours of a terminal, or none. */
export interface Paint {
  severity(text: string): string;
  strong(text: string): string;
  dim(text: string): string;
  good(text: string): string;
}

const ESCAPE = '\u001b[';
const SEVERITY_COLOURS: Readonly<Record<Severity, string>> = { error: '1;31', warning: '1;33', info: '1;36' };

export function paintFor(severity: Severity, colour: boolean): Paint {
  const style =
    (code: string) =>
    (text: string): string =>
      colour && text !== '' ? `${ESCAPE}${code}m${text}${ESCAPE}0m` : text;
  return {
    severity: style(SEVERITY_COLOURS[severity]),
    strong: style('1'),
    dim: style('2'),
    good: style('32'),
  };
}
