import type { Diagnostic } from './diagnostic.ts';

/** Messages about drawing. */

export function rendererMissing(detail: string): Diagnostic {
  return {
    code: 'RENDERER_MISSING',
    severity: 'error',
    message: `SVG is drawn by the package '@viz-js/viz', which could not be loaded: ${detail}`,
    expected: "the optional package '@viz-js/viz'",
    hint: "Install it with 'npm install @viz-js/viz', or take --format dot or mermaid and draw that elsewhere.",
  };
}

export function renderingFailed(detail: string): Diagnostic {
  return {
    code: 'RENDERING_FAILED',
    severity: 'error',
    message: `Graphviz could not draw the graph: ${detail}`,
    hint: 'Take --format dot and draw it with another program, or draw a part of the graph.',
  };
}

export function tooLargeToDraw(tasks: number, edges: number, limit: number): Diagnostic {
  return {
    code: 'GRAPH_TOO_LARGE_TO_DRAW',
    severity: 'error',
    message: `A graph of ${tasks} tasks and ${edges} edges would take very long to draw, and nobody could read it.`,
    expected: `at most ${limit} tasks and edges together`,
    hint: 'Draw a part of the graph, or take --format dot and draw that with another program.',
  };
}
