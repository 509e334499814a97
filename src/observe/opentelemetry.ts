import type { Context, Meter, TraceAPI, Tracer } from '@opentelemetry/api';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';
import { RunMetrics } from './run-metrics.ts';
import { RunSpans } from './run-spans.ts';

/**
 * Runs as OpenTelemetry sees them. Nothing of it is loaded here: the host passes what it has of `@opentelemetry/api`,
 * and an SDK of its choice sends it on. No hidden value is in it, because there is none in events.
 */

export interface SpanTarget {
  /** `trace` of `@opentelemetry/api`. */
  readonly trace: Pick<TraceAPI, 'setSpan'>;
  readonly tracer: Tracer;
  /** What the run's span is a child of: `context.active()`, say, or `ROOT_CONTEXT`. */
  readonly context: Context;
}

export interface TelemetryOptions {
  /** Where spans go. Default: nowhere. */
  readonly spans?: SpanTarget;
  /** Where metrics go. Default: nowhere. */
  readonly meter?: Meter;
}

/**
 * A listener for `onEvent` of one run: spans of the run, of its tasks and their attempts, with links from a task to what
 * it requires; and metrics. `docs/observability.md` lists both.
 */
export function openTelemetry(graph: TaskGraph, { spans, meter }: TelemetryOptions): (event: RunEvent) => void {
  const listeners: ((event: RunEvent) => void)[] = [];
  if (spans !== undefined) {
    const run = new RunSpans(graph, spans);
    listeners.push((event) => run.read(event));
  }
  if (meter !== undefined) {
    const run = new RunMetrics(graph, meter);
    listeners.push((event) => run.read(event));
  }
  return (event) => {
    for (const listener of listeners) listener(event);
  };
}
