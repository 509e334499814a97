import type { Json, RunEvent, RunReport, RunResult } from '../index.ts';
import { diagnosticJson } from './report.ts';

/** One event as a line of JSON. */
export function eventLine(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The report of the run, behind the result. */
export function reportLine(report: RunReport): string {
  return `${JSON.stringify({ type: 'report', ...report })}\n`;
}

/** How everything ended. */
export function resultLine(result: RunResult): string {
  const tasks = Array.from(result.tasks, ([task, { status, attempts, result: given, error, cause }]) => ({
    task,
    status,
    attempts,
    ...given,
    error: error && diagnosticJson(error),
    cause,
  }));
  const data = {
    type: 'result',
    runId: result.runId,
    status: result.status,
    outputs: Object.fromEntries(Array.from(result.outputs, ([name, value]): [string, Json] => [name, value ?? null])),
    outputErrors: Object.fromEntries(Array.from(result.outputErrors, ([name, one]) => [name, diagnosticJson(one)])),
    diagnostics: result.diagnostics.map(diagnosticJson),
    tasks,
    ...(result.rollback !== undefined && { rollback: result.rollback.status }),
  };
  return `${JSON.stringify(data)}\n`;
}
