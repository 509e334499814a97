import type {
  Attributes,
  Context,
  HrTime,
  Link,
  Span,
  SpanContext,
  SpanStatusCode,
  TraceAPI,
  Tracer,
} from '@opentelemetry/api';
import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import type { RunEvent } from '../run/events.ts';

/** Numbers of `SpanStatusCode`, which is part of the API's wire format: importing the enum would load the package. */
const OK = 1 as unknown as SpanStatusCode.OK;
const ERROR = 2 as unknown as SpanStatusCode.ERROR;

interface TaskSpans {
  readonly span: Span;
  readonly context: Context;
  attempt: Span | undefined;
}

/** Keeps the spans of one run that are open, and the identities of those of tasks for links to them. */
export class RunSpans {
  readonly #graph: TaskGraph;
  readonly #tracer: Tracer;
  readonly #trace: Pick<TraceAPI, 'setSpan'>;
  readonly #parent: Context;
  readonly #open = new Map<string, TaskSpans>();
  /** By index of the task. */
  readonly #ended: (SpanContext | undefined)[] = [];
  #run: { readonly span: Span; readonly context: Context } | undefined;
  #isRollback = false;

  constructor(
    graph: TaskGraph,
    target: { readonly trace: Pick<TraceAPI, 'setSpan'>; readonly tracer: Tracer; readonly context: Context },
  ) {
    this.#graph = graph;
    this.#tracer = target.tracer;
    this.#trace = target.trace;
    this.#parent = target.context;
  }

  read(event: RunEvent): void {
    const time = hrTime(event.at);
    switch (event.type) {
      case 'run-started':
        this.#begin(event, time);
        break;
      case 'task-started':
        this.#startAttempt(event.task, event.attempt, time);
        break;
      case 'task-polling':
        this.#open.get(event.task)?.attempt?.addEvent('polling', { count: event.count, delay_ms: event.delay }, time);
        break;
      case 'task-paused':
        this.#run?.span.addEvent('task paused', { 'heat.task.id': event.task }, time);
        break;
      case 'task-log':
        this.#log(event, time);
        break;
      case 'task-retrying':
        this.#endAttempt(event.task, 'FAILED', event.message, time);
        break;
      case 'task-completed':
        this.#endTask(event.task, 'COMPLETE', undefined, time, event.physicalId);
        break;
      case 'task-failed':
        this.#endTask(event.task, 'FAILED', event.message, time);
        break;
      case 'task-skipped':
        this.#run?.span.addEvent('task skipped', { 'heat.task.id': event.task, 'heat.task.cause': event.cause }, time);
        break;
      case 'task-cancelled':
        if (this.#open.has(event.task)) this.#endTask(event.task, 'CANCELLED', undefined, time);
        else this.#run?.span.addEvent('task cancelled', { 'heat.task.id': event.task }, time);
        break;
      case 'rollback-started':
        this.#isRollback = true;
        this.#run?.span.addEvent('rollback started', { 'heat.run.tasks': event.tasks }, time);
        break;
      case 'events-lost':
        this.#run?.span.addEvent('events lost', { count: event.count }, time);
        break;
      case 'run-finished':
        this.#finish(event.status, time);
    }
  }

  #begin(event: RunEvent & { type: 'run-started' }, startTime: HrTime): void {
    const attributes: Attributes = { 'heat.run.id': event.runId, 'heat.run.tasks': event.tasks };
    if (event.resumed !== undefined) attributes['heat.run.resumed'] = event.resumed;
    if (this.#run !== undefined) {
      // Another process goes on with it.
      this.#run.span.addEvent('resumed', attributes, startTime);
      return;
    }
    const span = this.#tracer.startSpan('heat-task-graph run', { startTime, attributes }, this.#parent);
    this.#run = { span, context: this.#trace.setSpan(this.#parent, span) };
  }

  #startAttempt(id: string, number: number, startTime: HrTime): void {
    const spans = this.#open.get(id) ?? this.#startTask(id, startTime);
    spans.attempt?.end(startTime);
    const attributes = { 'heat.task.id': id, 'heat.task.attempt': number };
    spans.attempt = this.#tracer.startSpan(`attempt ${number}`, { startTime, attributes }, spans.context);
  }

  #startTask(id: string, startTime: HrTime): TaskSpans {
    // Those of a rollback are of another graph: nothing is known of them but their ids.
    const index = this.#isRollback ? -1 : this.#graph.indexOf(id);
    const { action, type } = (this.#graph.tasks[index] ?? { action: 'ROLLBACK', type: '' }) as Task;
    const attributes = { 'heat.task.id': id, 'heat.task.action': action, 'heat.task.type': type };
    const links: Link[] = [];
    if (index >= 0) {
      for (const required of this.#graph.requires(index)) {
        const context = this.#ended[required];
        if (context !== undefined) links.push({ context, attributes: { 'heat.link': 'requires' } });
      }
    }
    const parent = this.#run?.context ?? this.#parent;
    const span = this.#tracer.startSpan(`${action} ${type}`.trim(), { startTime, attributes, links }, parent);
    const spans: TaskSpans = { span, context: this.#trace.setSpan(parent, span), attempt: undefined };
    this.#open.set(id, spans);
    if (index >= 0) this.#ended[index] = span.spanContext();
    return spans;
  }

  #log(event: RunEvent & { type: 'task-log' }, time: HrTime): void {
    const { task, message, data } = event;
    const attributes = data === undefined ? { message } : { message, data: JSON.stringify(data) };
    this.#open.get(task)?.attempt?.addEvent('log', attributes, time);
  }

  #endAttempt(id: string, status: string, message: string | undefined, time: HrTime): void {
    const spans = this.#open.get(id);
    if (spans?.attempt === undefined) return;
    end(spans.attempt, status, message, time);
    spans.attempt = undefined;
  }

  #endTask(id: string, status: string, message: string | undefined, time: HrTime, physicalId?: string): void {
    this.#endAttempt(id, status, message, time);
    const spans = this.#open.get(id);
    if (spans === undefined) return;
    this.#open.delete(id);
    spans.span.setAttribute('heat.task.status', status);
    if (physicalId !== undefined) spans.span.setAttribute('heat.task.physical_id', physicalId);
    end(spans.span, status, message, time);
  }

  #finish(status: string, time: HrTime): void {
    // Nothing is left open, whatever was lost.
    for (const id of this.#open.keys()) this.#endTask(id, 'CANCELLED', undefined, time);
    if (this.#run === undefined) return;
    this.#run.span.setAttribute('heat.run.status', status);
    end(this.#run.span, status, undefined, time);
    this.#run = undefined;
  }
}

function end(span: Span, status: string, message: string | undefined, time: HrTime): void {
  if (status === 'COMPLETE') span.setStatus({ code: OK });
  else if (status === 'FAILED') span.setStatus(message === undefined ? { code: ERROR } : { code: ERROR, message });
  span.end(time);
}

/** Seconds and nanoseconds: a bare number could be taken for one since the process began. */
function hrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
