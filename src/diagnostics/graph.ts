import type { Diagnostic, Path, Place } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages of the graph room. */

/** One edge of a cycle: who requires whom, why, and where that is written. */
export interface CycleStep {
  readonly requirer: string;
  readonly required: string;
  readonly kind: string;
  readonly place?: Place;
}

/** The steps follow each other: each one's required is the next one's requirer, the last one's the first requirer. */
export function circularDependency(steps: readonly CycleStep[]): Diagnostic {
  const names = steps.map((step) => `'${step.requirer}'`);
  const place = steps.find((step) => step.place !== undefined)?.place;
  const message =
    steps.length === 1
      ? `${names[0]} requires itself.`
      : `${names.length} tasks wait for each other: ${abridged([...names, names[0] as string]).join(' -> ')}.`;
  return {
    code: 'CIRCULAR_DEPENDENCY',
    severity: 'error',
    message,
    ...(place !== undefined && { place }),
    expected: 'an order in which everything comes after what it requires',
    hint: 'Take away one of these edges: a function or a depends_on entry that is not needed.',
    heat: 'CircularDependencyException',
    stage: 'dependencies',
    related: steps.map((step) => ({
      message: `'${step.requirer}' requires '${step.required}' (${step.kind})`,
      ...(step.place !== undefined && { place: step.place }),
    })),
  };
}

/** A cycle of thousands is told by its ends. */
function abridged(names: readonly string[]): readonly string[] {
  return names.length <= 12 ? names : [...names.slice(0, 6), '...', ...names.slice(-5)];
}

export function graphJsonShape(path: Path, expected: string, found: string): Diagnostic {
  return {
    code: 'GRAPH_JSON_SHAPE',
    severity: 'error',
    message: `${where(path)} is ${found}, which is not ${expected}.`,
    path,
    expected,
  };
}

export function graphJsonVersion(found: unknown, known: number): Diagnostic {
  return {
    code: 'GRAPH_JSON_VERSION',
    severity: 'error',
    message:
      typeof found === 'number'
        ? `This graph is of format version ${found}.`
        : 'This does not state the version of its format.',
    path: ['formatVersion'],
    expected: `formatVersion ${known}`,
    hint:
      typeof found === 'number' && found > known
        ? 'It was written by a later version of this library: use that one, or write the graph again.'
        : 'Only what toJSON wrote, or data of that form, can be read as a graph.',
  };
}

export function graphJsonDuplicate(path: Path, what: 'task' | 'scope' | 'output', name: string): Diagnostic {
  return {
    code: 'GRAPH_JSON_DUPLICATE',
    severity: 'error',
    message: `${where(path)}: another ${what} before it is '${name}' too.`,
    path,
    expected: `a name that no other ${what} has`,
  };
}

export function graphJsonUnknownTask(path: Path, id: string, known: Iterable<string>): Diagnostic {
  return {
    code: 'GRAPH_JSON_UNKNOWN_TASK',
    severity: 'error',
    message: `${where(path)}: there is no task '${id}'.`,
    path,
    expected: 'the id of a task of this graph',
    ...didYouMean(id, known),
  };
}

/** A warning: a later version of the format may have more keys than this one. */
export function graphJsonUnknownKey(path: Path, key: string, known: readonly string[]): Diagnostic {
  return {
    code: 'GRAPH_JSON_UNKNOWN_KEY',
    severity: 'warning',
    message: `${where(path)} is not read.`,
    path,
    expected: `one of ${known.join(', ')}`,
    ...didYouMean(key, known),
  };
}

function where(path: Path): string {
  if (path.length === 0) return 'The graph';
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`))
    .join('');
}
