/**
 * Python's `fnmatch.fnmatchcase`: `*`, `?`, `[abc]`, `[!a-z]`. Greedy with one place to come back to, so that no
 * pattern takes more than pattern times text.
 */
export function globMatches(pattern: string, text: string): boolean {
  const parts = parseGlob(pattern);
  const chars = [...text];
  let part = 0;
  let char = 0;
  let star = -1;
  let resume = 0;
  while (char < chars.length) {
    const current = parts[part];
    if (current === '*') {
      star = part++;
      resume = char;
    } else if (current?.(chars[char] as string)) {
      part++;
      char++;
    } else if (star >= 0) {
      part = star + 1;
      char = ++resume;
    } else {
      return false;
    }
  }
  while (parts[part] === '*') part++;
  return part === parts.length;
}

type Part = '*' | ((char: string) => boolean);

function parseGlob(pattern: string): Part[] {
  const chars = [...pattern];
  const parts: Part[] = [];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] as string;
    if (char === '*') parts.push('*');
    else if (char === '?') parts.push(() => true);
    else if (char === '[') {
      const end = endOfSet(chars, i);
      if (end === undefined) parts.push((other) => other === '[');
      else {
        parts.push(parseSet(chars.slice(i + 1, end)));
        i = end;
      }
    } else parts.push((other) => other === char);
  }
  return parts;
}

/** A `]` right after the start is part of the set. */
function endOfSet(chars: readonly string[], start: number): number | undefined {
  let from = start + 1;
  if (chars[from] === '!') from++;
  const end = chars.indexOf(']', from + 1);
  return end < 0 ? undefined : end;
}

function parseSet(body: readonly string[]): (char: string) => boolean {
  const negated = body[0] === '!';
  const members = negated ? body.slice(1) : body;
  return (char) => {
    let found = false;
    for (let i = 0; i < members.length && !found; i++) {
      const low = members[i] as string;
      const high = members[i + 1] === '-' ? members[i + 2] : undefined;
      if (high === undefined) found = low === char;
      else {
        found = low <= char && char <= high;
        i += 2;
      }
    }
    return found !== negated;
  };
}
