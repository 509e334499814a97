import { printable } from '../diagnostics/display-width.ts';
import type { Task } from '../graph/task.ts';
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

const ARROWS: Readonly<Record<EdgeStyle['line'], string>> = {
  solid: '-->',
  bold: '==>',
  dashed: '-.->',
  dotted: '-.->',
};

/**
 * The graph as a Mermaid flowchart: the same graph gives the same text. Arrows go from what is required to what requires
 * it. Task `i` is the node `n<i>`. Mermaid itself draws at most 500 edges unless it is told otherwise.
 */
export function toMermaid(graph: TaskGraph, options: PictureOptions = {}): string {
  const styles = taskStyles(graph, options);
  const manyActions = hasManyActions(graph);
  const lines: string[] = [];
  if (options.title !== undefined) lines.push('---', `title: ${JSON.stringify(printable(options.title))}`, '---');
  lines.push(`flowchart ${options.direction ?? 'TB'}`);
  for (const step of nested(scopeBoxes(graph, options.clusters !== false))) {
    const indent = '  '.repeat(step.depth);
    if (step.kind === 'open') lines.push(`${indent}subgraph s${step.number}["${escaped(step.box.label)}"]`);
    else if (step.kind === 'close') lines.push(`${indent}end`);
    else lines.push(`${indent}${taskNode(`n${step.task}`, graph.tasks[step.task] as Task, manyActions)}`);
  }
  const numbers = new Map<EdgeStyle, number[]>();
  let count = 0;
  for (const { requirer, required, reasons } of graph.edges()) {
    const style = edgeStyle(reasons);
    lines.push(`  n${required} ${ARROWS[style.line]} n${requirer}`);
    const known = numbers.get(style);
    if (known === undefined) numbers.set(style, [count++]);
    else known.push(count++);
  }
  const edges = inLegendOrder(new Set(numbers.keys()));
  if (options.legend === true) {
    lines.push(...legend(styles.used, edges));
    for (const style of edges) (numbers.get(style) as number[]).push(count++);
  }
  for (const style of styles.used) lines.push(...taskClass(style, styles.of, options.legend === true));
  for (const style of edges)
    lines.push(`  linkStyle ${(numbers.get(style) as number[]).join(',')} stroke:${style.colour}`);
  lines.push('');
  return lines.join('\n');
}

function taskNode(node: string, task: Task, manyActions: boolean): string {
  const [name, detail] = taskLines(task, manyActions);
  const label = `"${escaped(name)}${detail === '' ? '' : `<br/><small>${escaped(detail)}</small>`}"`;
  return isHookTask(task) ? `${node}{{${label}}}` : `${node}(${label})`;
}

function taskClass(style: TaskStyle, of: readonly TaskStyle[], withLegend: boolean): string[] {
  const nodes = of.flatMap((one, index) => (one === style ? [`n${index}`] : []));
  if (withLegend) nodes.push(`legend_${style.name}`);
  const more = `${style.dashed === true ? ',stroke-dasharray:5 3' : ''}${style.double === true ? ',stroke-width:3px' : ''}`;
  return [
    `  classDef ${style.name} fill:${style.fill},stroke:${style.border},color:#212529${more}`,
    `  class ${nodes.join(',')} ${style.name}`,
  ];
}

function legend(tasks: readonly TaskStyle[], edges: readonly EdgeStyle[]): string[] {
  const lines = ['  subgraph legend["Legend"]'];
  for (const style of tasks) lines.push(`    legend_${style.name}("${escaped(style.label)}")`);
  for (const [i, style] of edges.entries()) {
    lines.push(`    legend_from_${i}(" ") ${ARROWS[style.line]}|"${escaped(style.meaning)}"| legend_to_${i}(" ")`);
  }
  lines.push('  end');
  return lines;
}

/**
 * Text for a label in double quotes. Whatever Mermaid, the Markdown in its labels, or HTML could take for a sign is
 * written as the entity of its number (`#34;`): all but letters, digits, blanks, colons, and single `_` and `-` inside
 * a word.
 */
function escaped(text: string): string {
  return printable(text).replace(
    /(?<![\p{L}\p{N}])[_-]|[_-](?![\p{L}\p{N}])|[^\p{L}\p{M}\p{N} :_-]/gu,
    (char) => `#${char.codePointAt(0)};`,
  );
}
