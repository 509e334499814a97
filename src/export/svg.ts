import type { TaskGraph } from '../graph/task-graph.ts';
import type { PictureOptions } from './appearance.ts';
import { toDot } from './dot.ts';

/**
 * The graph as SVG, drawn by a renderer of DOT that the caller brings: Graphviz is too heavy for a library.
 *
 * @example const viz = await (await import('@viz-js/viz')).instance();
 *          toSvg(graph, (dot) => viz.renderString(dot, { format: 'svg' }));
 */
export function toSvg<Result>(
  graph: TaskGraph,
  renderer: (dot: string) => Result,
  options: PictureOptions = {},
): Result {
  return renderer(toDot(graph, options));
}
