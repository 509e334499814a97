import { printable } from '../diagnostics/display-width.ts';
import type { EdgeReason, Task } from '../graph/task.ts';
import type { TaskGraph } from '../graph/task-graph.ts';
import { isHookTask } from '../hooks/hook-task.ts';
import {
  type EdgeStyle,
  edgeStyle,
  hasManyActions,
  inLegendOrder,
  type PictureOptions,
  type TaskStyle,
  taskLines,
  taskStyles,
} from './appearance.ts';
import { nested, scopeBoxes } from './scope-boxes.ts';

// Graphviz knows its widths without having it, and systems without it have one of the same widths.
const FONT = 'Arial';

/**
 * The graph in Graphviz's DOT language: the same graph gives the same text. Arrows go from what is required to what
 * requires it, so the picture reads in the order of running. Task `i` is the node `n<i>`, with that `id` in an SVG.
 */
export function toDot(graph: TaskGraph, options: PictureOptions = {}): string {
  const styles = taskStyles(graph, options);
  const manyActions = hasManyActions(graph);
  const lines = [
    'digraph tasks {',
    `  graph [rankdir=${options.direction ?? 'TB'}, bgcolor="#ffffff", pad=0.3, nodesep=0.35, ranksep=0.55, fontname="${FONT}", fontsize=12, fontcolor="#343a40"${titleAttributes(options.title)}]`,
    `  node [shape=box, style="rounded,filled", fontname="${FONT}", fontsize=12, fontcolor="#212529", margin="0.16,0.09", penwidth=1.2]`,
    `  edge [arrowsize=0.7, penwidth=1.2]`,
  ];
  for (const step of nested(scopeBoxes(graph, options.clusters !== false))) {
    const indent = '  '.repeat(step.depth);
    if (step.kind === 'open') {
      const { label, path } = step.box;
      lines.push(
        `${indent}subgraph cluster_${step.number} {`,
        `${indent}  graph [label=${quoted(label)}, tooltip=${quoted(path)}, labeljust=l, style="rounded,filled", fillcolor="${step.depth % 2 === 1 ? '#f8f9fa' : '#ffffff'}", color="#adb5bd", margin=14]`,
      );
    } else if (step.kind === 'close') lines.push(`${indent}}`);
    else {
      const task = graph.tasks[step.task] as Task;
      lines.push(`${indent}${taskNode(`n${step.task}`, task, styles.of[step.task] as TaskStyle, manyActions)}`);
    }
  }
  const used = new Set<EdgeStyle>();
  for (const { requirer, required, reasons } of graph.edges()) {
    const style = edgeStyle(reasons);
    used.add(style);
    lines.push(
      `  n${required} -> n${requirer} [${edgeAttributes(style)}, tooltip=${quoted(reasonsText(graph, requirer, required, reasons))}]`,
    );
  }
  if (options.legend === true) lines.push(...legend(styles.used, inLegendOrder(used)));
  lines.push('}', '');
  return lines.join('\n');
}

function titleAttributes(title: string | undefined): string {
  return title === undefined ? '' : `, label=${quoted(title)}, labelloc=t`;
}

function taskNode(node: string, task: Task, style: TaskStyle, manyActions: boolean): string {
  const [name, detail] = taskLines(task, manyActions);
  const small = detail === '' ? '' : `<br/><font point-size="9" color="#5c636a">${xml(detail)}</font>`;
  const tooltip = `${task.id}\n${task.action} ${task.type}`;
  return `${node} [id="${node}", label=<<b>${xml(name)}</b>${small}>, tooltip=${quoted(tooltip)}, ${nodeAttributes(style)}${isHookTask(task) ? ', shape=hexagon, margin="0.04,0.05"' : ''}]`;
}

function nodeAttributes(style: TaskStyle): string {
  const parts = [`fillcolor="${style.fill}"`, `color="${style.border}"`];
  if (style.dashed === true) parts.push('style="rounded,filled,dashed"');
  if (style.double === true) parts.push('penwidth=2.4');
  return parts.join(', ');
}

function edgeAttributes(style: EdgeStyle): string {
  const parts = [`color="${style.colour}"`];
  if (style.line === 'bold') parts.push('penwidth=2.2', 'arrowhead=diamond');
  else if (style.line !== 'solid') parts.push(`style=${style.line}`);
  return parts.join(', ');
}

function reasonsText(graph: TaskGraph, requirer: number, required: number, reasons: readonly EdgeReason[]): string {
  const kinds = [...new Set(reasons.map((one) => (one.rule === undefined ? one.kind : `${one.kind}: ${one.rule}`)))];
  return `${(graph.tasks[requirer] as Task).id} requires ${(graph.tasks[required] as Task).id} (${kinds.join(', ')})`;
}

function legend(tasks: readonly TaskStyle[], edges: readonly EdgeStyle[]): string[] {
  const boxes = tasks.map(
    (style) => `<td border="1" bgcolor="${style.fill}" color="${style.border}">${xml(style.label)}</td>`,
  );
  const arrows = edges.map(
    (style) => `<td><font color="${style.colour}"><b>${LINES[style.line]}</b></font> ${xml(style.meaning)}</td>`,
  );
  // Few to a row: it should be neither tall nor wide.
  const cells = [...boxes, ...arrows];
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += 4) rows.push(`<tr>${cells.slice(i, i + 4).join('')}</tr>`);
  if (rows.length === 0) return [];
  const table = `<table border="0" cellborder="0" cellspacing="5" cellpadding="3">${rows.join('')}</table>`;
  return [`  legend [id="legend", shape=plain, style="", fontsize=9, label=<${table}>]`];
}

const LINES: Readonly<Record<EdgeStyle['line'], string>> = {
  solid: '&#8212;&#8212;&#8594;',
  bold: '&#9473;&#9473;&#9670;',
  dashed: '- - &#8594;',
  dotted: '&#183; &#183; &#183; &#8594;',
};

/** Text in double quotes; in labels and tooltips a backslash begins an escape. Line breaks are kept. */
function quoted(text: string): string {
  const safe = text
    .split('\n')
    .map((line) => printable(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'))
    .join('\\n');
  return `"${safe}"`;
}

/** Text in a label of the HTML kind. */
function xml(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
