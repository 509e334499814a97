import { tooDeep, tooLarge } from '../diagnostics/yaml.ts';
import { JsonError, loadJson } from '../values/load-json.ts';
import type { Value } from '../values/value.ts';
import { Builder, type Duplicate } from './builder.ts';
import type { YamlLimits } from './limits.ts';
import { parseYaml } from './parse.ts';
import { Recorder } from './recorder.ts';
import { Refusal } from './refusal.ts';

/** What one pass over a text gives. */
export interface Reading {
  readonly value: Value;
  readonly hasDuplicates: boolean;
  readonly duplicates: readonly Duplicate[];
  /** Where everything stands, when that was asked for. */
  readonly nodes: Recorder | undefined;
}

/**
 * Heat's `simple_parse`: JSON first, YAML when it is none.
 *
 * @throws Refusal
 */
export function read(text: string, limits: YamlLimits, withPositions: boolean): Reading {
  if (text.length > limits.maxBytes) throw new Refusal(tooLarge(text.length, limits.maxBytes), 0);
  return readJson(text, limits, withPositions) ?? readYaml(text, limits, withPositions);
}

function readJson(text: string, limits: YamlLimits, withPositions: boolean): Reading | undefined {
  const nodes = withPositions ? new Recorder() : undefined;
  try {
    const value = loadJson(text, limits.maxDepth, nodes);
    return { value, hasDuplicates: false, duplicates: [], nodes };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    if (error.kind === 'depth') throw new Refusal(tooDeep(limits.maxDepth), error.offset);
    return undefined;
  }
}

function readYaml(text: string, limits: YamlLimits, withPositions: boolean): Reading {
  const nodes = withPositions ? new Recorder() : undefined;
  const builder = new Builder(text, limits, nodes ?? null);
  parseYaml(text, builder);
  const { duplicates } = builder;
  return { value: builder.result(), hasDuplicates: duplicates.length > 0, duplicates, nodes };
}
