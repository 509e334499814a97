import { badCharacter, loneSurrogate, tooManySeparators } from '../diagnostics/yaml.ts';
import type { YamlLimits } from './limits.ts';
import { Refusal } from './refusal.ts';

// What no YAML may hold, as the readers of libyaml and PyYAML have it.
const NOT_ALLOWED = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ud800-\udfff\ue000-\ufffd]/;
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const CONTROL = 1;
const SEPARATOR = 2;
/** Separates only before a blank. */
const INDICATOR = 4;
/** A tab or a carriage return. */
const LAYOUT = 8;
const NOT_ASCII = 16;

const KINDS = kindsOfAscii();

function kindsOfAscii(): Uint8Array {
  const kinds = new Uint8Array(128);
  kinds.fill(CONTROL, 0, 0x20);
  kinds[0x7f] = CONTROL;
  for (const char of '\n,[{') kinds[char.charCodeAt(0)] = SEPARATOR;
  for (const char of '-:?') kinds[char.charCodeAt(0)] = INDICATOR;
  kinds[0x09] = LAYOUT;
  kinds[0x0d] = LAYOUT | SEPARATOR;
  return kinds;
}

/** What was seen of a text on the way. */
export interface TextSurvey {
  /** Nothing but ASCII, its lines broken by line feeds, without tabs. */
  readonly isSimple: boolean;
}

/**
 * Refuses control characters, halves of surrogate pairs, and a text with so many separators that its events would not
 * fit into memory.
 *
 * @throws Refusal
 */
export function checkText(text: string, limits: YamlLimits): TextSurvey {
  const { seen, separators } = survey(text);
  if ((seen & (CONTROL | NOT_ASCII)) !== 0) {
    const bad = NOT_ALLOWED.exec(text);
    if (bad !== null) throw new Refusal(badCharacter(text.charCodeAt(bad.index)), bad.index, bad.index + 1);
    const lone = SURROGATE.test(text) ? LONE_SURROGATE.exec(text) : null;
    if (lone !== null) throw new Refusal(loneSurrogate(), lone.index, lone.index + 1);
  }
  const most = limits.maxNodes;
  if (separators > most) throw new Refusal(tooManySeparators(most), survey(text, most).end);
  return { isSimple: (seen & (LAYOUT | NOT_ASCII)) === 0 };
}

/** One look at every character, because large texts have many; up to the separator after `most`. */
function survey(text: string, most = text.length): { seen: number; separators: number; end: number } {
  let seen = 0;
  let separators = 0;
  let at = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (KINDS[code] as number) : NOT_ASCII;
    if (kind === 0) continue;
    seen |= kind;
    if ((kind & INDICATOR) !== 0 ? text.charCodeAt(at + 1) !== 0x20 : (kind & SEPARATOR) === 0) continue;
    separators++;
    if (separators > most) break;
  }
  return { seen, separators, end: at };
}
