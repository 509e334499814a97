// The same parser as `js-yaml`, in the syntax of older browsers: the other makes its state with `...`, for which V8 11 (Node
// 20) has a new hidden class at every call after the ninth, and so takes three times as long from then on.
import { type Event, parseEvents, YAMLException } from 'js-yaml/browser';
import { tooDeep } from '../diagnostics/yaml.ts';
import type { Insertions } from './insertions.ts';
import type { YamlLimits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { explainSyntax } from './syntax.ts';

/** Spaces that put a line to the right of any block around it, when less did not do. */
const WIDE = 1024;
/** Characters that may be read again because of repairs, over the whole of a text: some seconds' worth. */
const READ_AGAIN = 25_000_000;
const FEWEST_REPAIRS = 8;

/**
 * js-yaml's events of a text. js-yaml holds to YAML 1.2 where libyaml, and so Heat, does not: it wants continuation
 * lines of `[]`, `{}` and quotes to be indented, a blank before `#`, and more than a dash between commas. A place that
 * it refuses for that gets its spaces or quotes, and the text is read again.
 *
 * @throws Refusal with offsets into `insertions.text`
 */
export function readEvents(insertions: Insertions, limits: YamlLimits): Event[] {
  let readAgain = 0;
  for (;;) {
    try {
      return parseEvents(insertions.text, parserOptions(limits));
    } catch (error) {
      if (error instanceof RangeError && /call stack/i.test(error.message))
        throw new Refusal(tooDeep(limits.maxDepth), 0);
      if (!(error instanceof YAMLException)) throw error;
      const { reason } = error;
      const offset = error.mark?.position ?? 0;
      if (reason.startsWith('nesting exceeded')) throw new Refusal(tooDeep(limits.maxDepth), offset);
      // An error costs js-yaml the whole text, for the lines that it shows.
      readAgain += insertions.text.length;
      const isWorthIt = readAgain < READ_AGAIN || insertions.size < FEWEST_REPAIRS;
      if (!isWorthIt || !repair(insertions, reason, offset)) throw explainSyntax(reason, insertions.text, offset);
    }
  }
}

/** Its depth counts a mapping in a list twice; the builder counts by Heat's values. */
export function parserOptions({ maxDepth }: YamlLimits): { readonly maxDepth: number } {
  return { maxDepth: 2 * maxDepth + 2 };
}

function repair(insertions: Insertions, reason: string, offset: number): boolean {
  if (reason === 'deficient indentation') return insertions.replaceTab(offset) || pad(insertions, offset);
  const { text } = insertions;
  // [-] is a list of one dash to libyaml.
  if (/^-[,\]}]/.test(text.slice(offset, offset + 2))) {
    return insertions.insert(offset, "'") && insertions.insert(offset + 2, "'");
  }
  // A comment that touches what is before it.
  const touches = reason === 'a line break is expected' ? /[|>0-9+-]/ : /["'\]},[{]/;
  return text.charAt(offset) === '#' && touches.test(text.charAt(offset - 1)) && insertions.insert(offset, ' ');
}

/** Indents the line that begins at `offset` further than the one before, or as far when that was indented here. */
function pad(insertions: Insertions, offset: number): boolean {
  const { text } = insertions;
  const lineStart = startOfLine(text, offset);
  const previous = startOfLine(text, Math.max(0, lineStart - 1));
  const indicators = /[ ]*(?:[-?] +)*/y;
  indicators.lastIndex = previous;
  indicators.test(text);
  const indent = indicators.lastIndex - previous + (insertions.last >= previous ? 0 : 1);
  const spaces = ' '.repeat(Math.max(1, indent - (offset - lineStart)));
  return insertions.insert(offset, spaces) || insertions.widen(offset, WIDE);
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}
