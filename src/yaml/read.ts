import { tooDeep, tooLarge } from '../diagnostics/yaml.ts';
import { JsonError, readJson as parseJson } from '../values/load-json.ts';
import { Builder } from './builder.ts';
import { checkText } from './characters.ts';
import { readEvents } from './events.ts';
import { feed } from './feed.ts';
import { Insertions } from './insertions.ts';
import type { YamlLimits } from './limits.ts';
import { readChunks } from './read-chunks.ts';
import type { Reading } from './reading.ts';
import { Recorder } from './recorder.ts';
import { Refusal } from './refusal.ts';

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
    return { ...parseJson(text, limits.maxDepth, nodes), nodes };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    if (error.kind === 'depth') throw new Refusal(tooDeep(limits.maxDepth), error.offset);
    return undefined;
  }
}

function readYaml(text: string, limits: YamlLimits, withPositions: boolean): Reading {
  const { isSimple } = checkText(text, limits);
  const inChunks = isSimple && !withPositions ? readChunks(text, limits) : undefined;
  if (inChunks !== undefined) return inChunks;
  // To YAML 1.1, NEL is a line break like any other; js-yaml knows only those of 1.2.
  const insertions = new Insertions(text.includes('\x85') ? text.replaceAll('\x85', '\n') : text);
  const original = (offset: number): number => insertions.original(offset);
  try {
    const events = readEvents(insertions, limits);
    const nodes = withPositions ? new Recorder(insertions.size > 0 ? original : undefined) : undefined;
    const builder = new Builder(insertions.text, limits, nodes ?? null);
    feed(insertions.text, events, builder);
    return { value: builder.result(), hasDuplicates: builder.hasDuplicates, nodes };
  } catch (error) {
    throw error instanceof Refusal && insertions.size > 0 ? error.moved(original) : error;
  }
}
