import * as messages from '../diagnostics/yaml.ts';
import { Refusal } from './refusal.ts';

/** How far back an open bracket is looked for. */
const LOOK_BACK = 10_000;

/**
 * Says in our words what js-yaml's `reason` at `offset` means, with a hint for what people get wrong most: tabs, missing
 * blanks after colons, quotes and brackets that are not closed, text that begins with an indicator.
 */
export function explainSyntax(reason: string, text: string, offset: number): Refusal {
  const char = text.charAt(offset);
  const one = (problem: ReturnType<typeof messages.syntaxError>): Refusal => new Refusal(problem, offset, offset + 1);
  if (reason.includes('quoted scalar')) return unclosedQuote(text, reason.includes('double') ? '"' : "'");
  if (reason.includes('within a flow collection')) return unclosedBracket(text, offset);
  if (reason.includes('flow collection entries') || reason.includes('node content')) return inFlow(text, offset);
  if (char === '\t' || reason.startsWith('tab characters')) return one(messages.tabIndents());
  if (reason.includes('escape') || reason.includes('hexadecimal')) return badEscape(text, offset);
  if (reason.includes('block scalar') || reason.includes('chomping') || reason.includes('line break is expected')) {
    return one(messages.badBlockHeader());
  }
  if (reason.includes('anchor') || reason.includes('alias')) return one(messages.badAnchor());
  if (reason.includes('directive') || reason.includes('YAML version') || reason.includes('TAG')) {
    return one(messages.badDirective());
  }
  if (reason.includes('tag')) return one(messages.badTag());
  if (/[@`%&*!|>]/.test(char)) return one(messages.cannotBegin(char));
  if (reason === 'deficient indentation') return one(messages.badIndentation());
  if (reason.includes('key')) return keyWithoutColon(text, offset);
  return atIndentation(text, offset);
}

function lineAround(text: string, offset: number): { readonly start: number; readonly line: string } {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const line = /[^\r\n]*/y;
  line.lastIndex = start;
  return { start, line: line.exec(text)?.[0] ?? '' };
}

/** The quote that opens last is never closed, or another would come after it. */
function unclosedQuote(text: string, quote: '"' | "'"): Refusal {
  let at = text.length;
  if (quote === '"') {
    do at = text.lastIndexOf('"', at - 1);
    while (at > 0 && isEscaped(text, at));
  } else {
    // Two in a row are one quote of the text; an odd run has one that opens.
    for (;;) {
      const last = text.lastIndexOf("'", at - 1);
      if (last < 0 || at === 0) break;
      at = last;
      while (at > 0 && text.charAt(at - 1) === "'") at--;
      if ((last - at) % 2 === 0) break;
    }
  }
  const start = Math.max(at, 0);
  return new Refusal(messages.unclosedQuote(quote), start, start + 1);
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function unclosedBracket(text: string, offset: number): Refusal {
  const open = openBracket(text, offset);
  if (open < 0) return new Refusal(messages.unclosedBracket(), offset);
  return new Refusal(messages.unclosedBracket(), open, open + 1);
}

function inFlow(text: string, offset: number): Refusal {
  const open = openBracket(text, offset);
  const related = open < 0 ? undefined : { message: 'the bracket that is open here', offset: open };
  const char = text.charAt(offset);
  if (/[@`%&*!|>\t]/.test(char)) return new Refusal(messages.cannotBegin(char), offset, offset + 1, related);
  return new Refusal(messages.commaExpected(), offset, offset + 1, related);
}

/** The innermost bracket that is open at `offset`, as far as counting brackets can tell; -1 when there is none. */
function openBracket(text: string, offset: number): number {
  let closed = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - LOOK_BACK); at--) {
    const char = text.charAt(at);
    if (char === ']' || char === '}') closed++;
    else if ((char === '[' || char === '{') && closed-- === 0) return at;
  }
  return -1;
}

function badEscape(text: string, offset: number): Refusal {
  const start = text.lastIndexOf('\\', offset);
  return new Refusal(messages.badEscape(text.slice(start, offset + 1)), start, offset + 1);
}

function keyWithoutColon(text: string, offset: number): Refusal {
  const { start, line } = lineAround(text, offset === text.length ? offset - 1 : offset);
  // js-yaml stands at the end of the text that should have been a key, maybe on the next line.
  const before = line.trim() === '' || offset === start ? lineAround(text, Math.max(0, start - 1)) : { start, line };
  const indent = before.line.length - before.line.trimStart().length;
  const from = before.start + indent;
  return new Refusal(messages.colonExpected(before.line.trim()), from, before.start + before.line.trimEnd().length);
}

function atIndentation(text: string, offset: number): Refusal {
  const { start, line } = lineAround(text, offset);
  const before = line.slice(0, offset - start);
  const previous = lineAround(text, Math.max(0, start - 1)).line;
  const glued = /^\s*(?:- +)*([^\s#:]+:)(?=[^\s:])/.exec(previous)?.[1];
  if (text.charAt(offset) === ':') {
    // Either the second colon of a line, or a line that goes on with the text of the one before.
    const problem = before.includes(':') ? messages.colonNotAllowed() : messages.lineContinues(glued);
    return new Refusal(problem, offset, offset + 1);
  }
  if (before.trim() !== '') return new Refusal(messages.textAfterValue(), offset, offset + 1);
  return new Refusal(messages.badIndentation(glued), offset, offset + 1);
}
