// Runs workflow documents on a real Mistral through REST v2, for make-workflow-expectations.mjs and
// mistral-differential.mjs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('..', import.meta.url).pathname;
export const FIXTURES = join(ROOT, 'fixtures/workflows');
// No answer for so long is none.
const ANSWER_MS = 60_000;
// A document that is not at its end after so many looks hangs.
const LOOKS = 400;
const LOOK_MS = 150;
const FINAL = new Set(['SUCCESS', 'ERROR', 'CANCELLED']);

/** Every runnable document of fixtures/workflows: its text, and what its first line says of the run. */
export function readDocuments(only) {
  return readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(FIXTURES, file), 'utf8');
      const run = JSON.parse(/^# run: (.*)$/m.exec(text)[1]);
      return { name: file.slice(0, -5), text, run };
    })
    .filter(({ name }) => only === undefined || only.some((part) => name.includes(part)));
}

/** The definitions of definitions.txt: kind (an address of Mistral), name, text. */
export function readDefinitions() {
  return readFileSync(join(FIXTURES, 'definitions.txt'), 'utf8')
    .split('=== ')
    .slice(1)
    .map((block) => {
      const [, kind, name, text] = /^(\w+) (\S+)\n([\s\S]*)$/.exec(block);
      return { kind, name, text };
    });
}

export class Mistral {
  constructor(url) {
    this.url = url;
    /** How the tasks of a paused execution stood when they were last looked at. */
    this.last = new Map();
  }

  /** Asked again when it fails on reading: Mistral answers 400 now and then while the engine writes. */
  async request(method, path, body, type = 'application/json') {
    for (let again = method === 'GET' ? 5 : 0; ; again--) {
      try {
        return await this.#send(method, path, body, type);
      } catch (error) {
        if (again <= 0) throw error;
        await sleep(200);
      }
    }
  }

  async #send(method, path, body, type) {
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': type },
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw Object.assign(new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`), {
        status: response.status,
      });
    return text === '' ? undefined : JSON.parse(text);
  }

  /** What Mistral says of a definition: {valid}, also where it fails on it. */
  async validate(kind, text) {
    try {
      const { valid } = await this.request('POST', `/${kind}/validate`, text, 'text/plain');
      return valid;
    } catch {
      return false;
    }
  }

  /** Runs a document to its end; see `outcome` for what is told. */
  async run({ name, text, run }) {
    const namespace = run.workbook ? '' : `ns-${name}-${Math.random().toString(36).slice(2)}`;
    const kind = run.workbook ? 'workbooks' : 'workflows';
    if (run.workbook) {
      try {
        await this.request('POST', `/${kind}`, text, 'text/plain');
      } catch (error) {
        if (error.status !== 409) throw error;
        await this.request('PUT', `/${kind}`, text, 'text/plain');
      }
    } else await this.request('POST', `/${kind}?namespace=${namespace}`, text, 'text/plain');
    let execution;
    try {
      execution = await this.request('POST', '/executions', {
        workflow_name: run.workflow ?? 'wf',
        workflow_namespace: namespace,
        input: run.input ?? {},
        params: run.params ?? {},
      });
    } catch {
      return { refused: true };
    }
    const { id } = execution;
    const pauses = [];
    const reruns = [];
    const completed = new Set();
    let quiet = 0;
    for (let i = 0; i < LOOKS; i++) {
      execution = await this.request('GET', `/executions/${id}`);
      if (FINAL.has(execution.state)) {
        const again = run.rerun?.[reruns.length];
        if (again === undefined) break;
        const { tasks } = await this.#settled(id);
        if (!(await this.#rerun(id, again))) break;
        reruns.push([execution.state, ...tasks.map(({ name, state }) => `${name} ${state}`).sort()]);
        continue;
      }
      await sleep(LOOK_MS);
      const before = JSON.stringify(pauses.at(-1));
      if (execution.state === 'PAUSED') {
        // What runs beside the pause has its time to end first.
        const states = await this.#tasks(id);
        const now = JSON.stringify(states);
        quiet = now === this.last.get(id) ? quiet + 1 : 0;
        this.last.set(id, now);
        if (quiet < 14 || before === `${now}#`) continue;
        quiet = 0;
        this.last.delete(id);
        pauses.push(states);
        if (pauses.length > (run.resume ?? 0)) break;
        await this.request('PUT', `/executions/${id}`, { state: 'RUNNING' });
      }
      if (run.complete || run.cancel) await this.#interfere(id, run, completed);
    }
    const outcome = await this.#settled(id);
    return { ...outcome, ...(pauses.length > 0 && { pauses }), ...(reruns.length > 0 && { reruns }) };
  }

  /** The outcome, once what was on its way when the workflow ended has come to rest, or changes no more. */
  async #settled(id) {
    let before = '';
    for (let i = 0; ; i++) {
      await sleep(2 * LOOK_MS);
      const outcome = await this.#outcome(id);
      const { tasks, subs = [] } = outcome;
      const states = [...tasks, ...subs].map(({ state }) => state);
      const now = JSON.stringify(outcome);
      if (states.every((state) => FINAL.has(state)) || now === before || i === 10) return outcome;
      before = now;
    }
  }

  async #tasks(id) {
    const { tasks } = await this.request('GET', `/executions/${id}/tasks`);
    return tasks.map(({ name, state }) => `${name} ${state}`).sort();
  }

  /** Has the last task of that name that failed run again; false where Mistral refuses. */
  async #rerun(id, { task: name, reset = true }) {
    const { executions } = await this.request('GET', `/executions?root_execution_id=${id}`);
    const found = [];
    for (const one of [id, ...executions.map((execution) => execution.id)]) {
      const { tasks } = await this.request('GET', `/executions/${one}/tasks`);
      found.push(...tasks.filter((task) => task.name === name && task.state === 'ERROR'));
    }
    const task = found.at(-1);
    if (task === undefined) return false;
    try {
      await this.request('PUT', `/tasks/${task.id}`, { state: 'RUNNING', reset });
      return true;
    } catch {
      // A busy Mistral may do it and still answer with an error.
      await sleep(4 * LOOK_MS);
      const [execution, now] = await Promise.all([
        this.request('GET', `/executions/${id}`),
        this.request('GET', `/tasks/${task.id}`),
      ]);
      return !FINAL.has(execution.state) || now.state !== 'ERROR';
    }
  }

  async #interfere(id, run, completed) {
    const { executions } = await this.request('GET', `/executions?root_execution_id=${id}`);
    for (const one of [id, ...executions.map((execution) => execution.id)]) {
      const { tasks } = await this.request('GET', `/executions/${one}/tasks`);
      for (const task of tasks.filter(({ state }) => state === 'RUNNING')) {
        const { action_executions: calls } = await this.request('GET', `/tasks/${task.id}/action_executions`);
        for (const call of calls.filter(({ state, name }) => state === 'RUNNING' && name === 'std.async_noop')) {
          if (run.cancel) {
            // The rest has ended: only this call is waited for.
            await sleep(1000);
            await this.request('PUT', `/executions/${id}`, { state: 'CANCELLED' });
            return;
          }
          const wanted = run.complete.find((item) => item.task === task.name);
          if (wanted === undefined || completed.has(call.id)) continue;
          completed.add(call.id);
          await this.request('PUT', `/action_executions/${call.id}`, {
            state: wanted.state,
            output: JSON.stringify(wanted.output),
          });
        }
      }
    }
  }

  /** State, output, and for each task its state, what it published and its result; sub-workflows by name and state. */
  async #outcome(id) {
    const execution = await this.request('GET', `/executions/${id}`);
    const { tasks } = await this.request('GET', `/executions/${id}/tasks`);
    const shown = [];
    for (const task of tasks) {
      const full = await this.request('GET', `/tasks/${task.id}`);
      shown.push({
        name: full.name,
        state: full.state,
        published: JSON.parse(full.published),
        result: JSON.parse(full.result),
      });
    }
    const { executions } = await this.request('GET', `/executions?root_execution_id=${id}`);
    const subs = [];
    for (const sub of executions)
      subs.push({ workflow: sub.workflow_name, state: sub.state, tasks: await this.#tasks(sub.id) });
    return {
      state: execution.state,
      output: JSON.parse(execution.output),
      tasks: shown,
      ...(subs.length > 0 && { subs }),
    };
  }
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What does not depend on ids, times and the wording of errors. */
export function comparable(outcome, run) {
  if (outcome.refused) return outcome;
  const output = { ...outcome.output };
  if (outcome.state !== 'SUCCESS' && !run.message && !run.cancel) delete output.result;
  const tasks = outcome.tasks
    .map(({ name, state, published, result }) => ({
      name,
      state,
      published: published ?? {},
      ...(state === 'SUCCESS' && { result }),
    }))
    .map((task) => JSON.stringify(sorted(task)))
    .sort()
    .map((text) => JSON.parse(text));
  const subs = outcome.subs
    ?.map((sub) => JSON.stringify(sorted(sub)))
    .sort()
    .map((text) => JSON.parse(text));
  return {
    state: outcome.state,
    output: sorted(output),
    tasks,
    ...(subs && { subs }),
    ...(outcome.pauses && { pauses: outcome.pauses }),
    ...(outcome.reruns && { reruns: outcome.reruns }),
  };
}

export function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** Runs several at once, in the order given; `work` is told which of them does it. */
export async function each(items, parallel, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async (_, number) => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at], number);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return results;
}
