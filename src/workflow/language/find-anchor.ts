import { isList, type Value, type ValueMap } from '../../values/value.ts';

const MARK = /(?<=^|[\s,[{])[&*][^\s,[\]{}]+/gm;

/**
 * Where a text has an anchor or alias of YAML; undefined where it has none. Mistral's reader takes both for plain text,
 * so a document with one would mean something else there.
 */
export function findAnchor(text: string, value: Value): { readonly line: number; readonly column: number } | undefined {
  if (!text.includes('&') && !text.includes('*')) return undefined;
  let texts: string | undefined;
  for (const match of text.matchAll(MARK)) {
    const start = text.lastIndexOf('\n', match.index - 1) + 1;
    const before = text.slice(start, match.index);
    if (/(^|\s)#/.test(before)) continue;
    // Within quotes or a block it is part of a value.
    texts ??= textsOf(value).join('\n');
    if (texts.includes(match[0].replace(/["']+$/, ''))) continue;
    return { line: text.slice(0, start).split('\n').length, column: match.index - start + 1 };
  }
  return undefined;
}

function textsOf(value: Value): string[] {
  const found: string[] = [];
  const pending: Value[] = [value];
  const seen = new Set<Value>();
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (typeof one === 'string') found.push(one);
    else if (typeof one === 'object' && one !== null) {
      if (seen.has(one)) continue;
      seen.add(one);
      if (isList(one)) for (const item of one) pending.push(item);
      else if (one instanceof Map) for (const [key, item] of one as ValueMap) pending.push(key, item);
    }
  }
  return found;
}
