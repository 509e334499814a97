import { type TaskGraph, toDot, toJSON, toMermaid } from '../index.ts';
import { renderHtml } from './render-html.ts';
import { type RenderOptions, type RenderResult, renderSvg } from './render-svg.ts';

export type GraphFormat = 'json' | 'dot' | 'mermaid' | 'svg' | 'html';

/** By the ending of a file's name, the usual one first. */
const ENDINGS: readonly (readonly [ending: string, format: GraphFormat])[] = [
  ['.json', 'json'],
  ['.dot', 'dot'],
  ['.gv', 'dot'],
  ['.mmd', 'mermaid'],
  ['.mermaid', 'mermaid'],
  ['.svg', 'svg'],
  ['.html', 'html'],
  ['.htm', 'html'],
];

export function formatOf(file: string): GraphFormat | undefined {
  return ENDINGS.find(([ending]) => file.toLowerCase().endsWith(ending))?.[1];
}

export function endingOf(format: GraphFormat): string {
  return ENDINGS.find(([, known]) => known === format)?.[0] as string;
}

/** The graph as the text of a file. */
export async function draw(graph: TaskGraph, format: GraphFormat, options: RenderOptions): Promise<RenderResult> {
  switch (format) {
    case 'json':
      return { ok: true, text: `${JSON.stringify(toJSON(graph), null, 2)}\n` };
    case 'dot':
      return { ok: true, text: toDot(graph, options) };
    case 'mermaid':
      return { ok: true, text: toMermaid(graph, options) };
    case 'svg':
      return renderSvg(graph, options);
    case 'html':
      return renderHtml(graph, options);
  }
}
