import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { rendererMissing, renderingFailed, tooLargeToDraw } from '../diagnostics/render.ts';
import type { PictureOptions } from '../export/appearance.ts';
import { toSvg } from '../export/svg.ts';
import type { TaskGraph } from '../graph/task-graph.ts';

export interface RenderOptions extends PictureOptions {
  /** Tasks and edges together; Graphviz takes a quarter of a minute for 4,000, and more than twice for twice as many. Default 4,000. */
  readonly limit?: number;
}

export type RenderResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

// The second has the widths of the first, for systems without it.
const FONTS = 'font-family="Arial,Liberation Sans,Helvetica,sans-serif"';

/** The graph as an SVG document, drawn by Graphviz in WebAssembly, which is loaded when it is first needed. */
export async function renderSvg(graph: TaskGraph, options: RenderOptions = {}): Promise<RenderResult> {
  const limit = options.limit ?? 4_000;
  if (graph.size + graph.edgeCount > limit) return failed(tooLargeToDraw(graph.size, graph.edgeCount, limit));
  let viz: import('@viz-js/viz').Viz;
  try {
    viz = await (await import('@viz-js/viz')).instance();
  } catch (error) {
    return failed(rendererMissing(messageOf(error)));
  }
  try {
    const svg = toSvg(graph, (dot) => viz.renderString(dot, { format: 'svg' }), options);
    return { ok: true, text: svg.replaceAll('font-family="Arial"', FONTS) };
  } catch (error) {
    return failed(renderingFailed(messageOf(error)));
  }
}

function failed(diagnostic: Diagnostic): RenderResult {
  return { ok: false, diagnostics: [diagnostic] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
