import { parseEvents, YAMLException } from 'js-yaml/browser';
import { Builder } from './builder.ts';
import { chunksOf } from './chunks.ts';
import { parserOptions } from './events.ts';
import { feedEntries } from './feed.ts';
import type { YamlLimits } from './limits.ts';
import type { Reading } from './reading.ts';
import { Refusal } from './refusal.ts';

/**
 * A large text read chunk by chunk, without positions: the events of a whole text outlive the collections of young
 * garbage, which costs more than to make them. Undefined: the text is small, or cannot be cut, or has an error; reading
 * it as a whole tells. The text must be simple, as `checkText` tells.
 *
 * @param size of a chunk, for tests.
 */
export function readChunks(text: string, limits: YamlLimits, size?: number): Reading | undefined {
  const chunks = chunksOf(text, size);
  if (chunks === undefined) return undefined;
  const builder = new Builder(text, limits, null);
  try {
    builder.openMap(null, null, 0);
    for (const [index, { start, end, indent }] of chunks.entries()) {
      const next = chunks[index + 1]?.indent ?? 0;
      const part = text.slice(start, end);
      builder.base = start;
      const entries = { indent, within: indent === 0 ? next : 0, isFirst: index === 0 };
      if (!feedEntries(part, parseEvents(part, parserOptions(limits)), builder, entries)) return undefined;
      if (indent > 0 && next === 0) builder.close(end - start);
    }
    builder.close(0);
    return { value: builder.result(), hasDuplicates: builder.hasDuplicates, nodes: undefined };
  } catch (error) {
    if (error instanceof Refusal || error instanceof YAMLException || error instanceof RangeError) return undefined;
    throw error;
  }
}
