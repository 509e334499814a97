import { type Diagnostic, encode, type FormatOptions, formatDiagnostics, type Json, type Value } from '../index.ts';
import type { Arguments } from './arguments.ts';
import { type Terminal, wantsColour } from './terminal.ts';

/** Diagnostics for people, on standard error; those that several templates share are told once. */
export function report(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  args: Arguments,
  terminal: Terminal,
): void {
  const once = new Map(diagnostics.map((one) => [JSON.stringify(diagnosticJson(one)), one]));
  if (once.size === 0) return;
  terminal.err.write(`${formatDiagnostics([...once.values()], formatOptions(sources, args, terminal))}\n`);
}

export function formatOptions(
  sources: ReadonlyMap<string, string>,
  args: Arguments,
  { err, env }: Terminal,
): FormatOptions {
  return {
    sources,
    colour: wantsColour(args.value('color'), err, env),
    ...(err.isTerminal && { width: Math.max(40, err.columns - 12) }),
  };
}

/** A diagnostic as JSON data, for programs. */
export function diagnosticJson(diagnostic: Diagnostic): Record<string, Json> {
  const { code, severity, message, place, path, expected, hint, heat, stage, related } = diagnostic;
  const fields = {
    code,
    severity,
    message,
    place,
    path: path?.map((step) => encode(step as Value)),
    expected,
    hint,
    heat,
    stage,
    related,
  };
  return JSON.parse(JSON.stringify(fields)) as Record<string, Json>;
}
