import type { Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { toPlain } from '../values/encode.ts';
import { pageScript, pageStyle } from './html-page.ts';
import { type RenderOptions, type RenderResult, renderSvg } from './render-svg.ts';

/**
 * The graph as one HTML page that needs nothing else: the picture, and on a click the details of a task. What functions
 * refer to stays unresolved in it, so no parameter's value is shown.
 */
export async function renderHtml(graph: TaskGraph, options: RenderOptions = {}): Promise<RenderResult> {
  const { title = 'Task graph', ...picture } = options;
  const drawn = await renderSvg(graph, picture);
  if (!drawn.ok) return drawn;
  const svg = drawn.text.slice(drawn.text.indexOf('<svg'));
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><span>${graph.size} tasks, ${graph.edgeCount} edges</span>
<input id="find" type="search" placeholder="Find a task" aria-label="Find a task"></header>
<main><div id="picture">${svg}</div><aside id="details"><p>Click on a task. Wheel: zoom. Drag: move.</p></aside></main>
<script type="application/json" id="tasks">${embedded(details(graph, options))}</script>
<script>${pageScript}</script>
</body>
</html>
`;
  return { ok: true, text };
}

/** What the page shows of each task; `requires` and `requiredBy` are lists of [index, why]. */
function details(graph: TaskGraph, options: RenderOptions): unknown[] {
  const rows = graph.tasks.map((task, index) => ({
    ...describe(task),
    status: options.status?.(task, index),
    requires: [] as [number, string][],
    requiredBy: [] as [number, string][],
  }));
  for (const { requirer, required, reasons } of graph.edges()) {
    const why = [...new Set(reasons.map((one) => one.kind))].join(', ');
    rows[requirer]?.requires.push([required, why]);
    rows[required]?.requiredBy.push([requirer, why]);
  }
  return rows;
}

function describe(task: Task): Record<string, unknown> {
  const { id, action, type, scope, policy, place } = task;
  return {
    id,
    action,
    type,
    scope,
    policy,
    place: place && `${place.source}:${place.line}:${place.column}`,
    inputs: Object.entries(task.inputs).map(([key, value]) => [key, toPlain(value)]),
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** JSON inside a script element: nothing in it may end the element or begin a comment. */
function embedded(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
