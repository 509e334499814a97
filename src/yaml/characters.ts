import { badCharacter, loneSurrogate, tooManySeparators } from '../diagnostics/yaml.ts';
import type { YamlLimits } from './limits.ts';
import { Refusal } from './refusal.ts';

// What no YAML may hold, as the readers of libyaml and PyYAML have it.
const NOT_ALLOWED = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ud800-\udfff\ue000-\ufffd]/;
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Refuses control characters, halves of surrogate pairs, and a text with so many separators that its events would not
 * fit into memory.
 *
 * @throws Refusal
 */
export function checkText(text: string, limits: YamlLimits): void {
  const bad = NOT_ALLOWED.exec(text);
  if (bad !== null) throw new Refusal(badCharacter(text.charCodeAt(bad.index)), bad.index, bad.index + 1);
  const lone = SURROGATE.test(text) ? LONE_SURROGATE.exec(text) : null;
  if (lone !== null) throw new Refusal(loneSurrogate(), lone.index, lone.index + 1);
  // Every separator is a character: a short text cannot have too many.
  if (text.length > limits.maxNodes) checkSeparators(text, limits.maxNodes);
}

function checkSeparators(text: string, most: number): void {
  let separators = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a || code === 0x2c || code === 0x5b || code === 0x7b || code === 0x0d) separators++;
    // - : ? separate only before a blank.
    else if ((code === 0x2d || code === 0x3a || code === 0x3f) && text.charCodeAt(i + 1) === 0x20) separators++;
    if (separators > most) throw new Refusal(tooManySeparators(most), i);
  }
}
