/** At most so many names are suggested. */
const MOST = 3;

/**
 * Names that were perhaps meant: those that differ in case or in separators alone come first, then the nearest, then
 * the earlier in the list. A name is near when at most a third of its letters (one at least, three at most) were
 * changed, added, left out, or swapped with the next. At most three; the name itself is never among them.
 */
export function suggest(name: string, names: Iterable<string>): string[] {
  // Any name of one letter would be near.
  const bound = name.length === 1 ? 0 : Math.min(3, Math.max(1, Math.floor(name.length / 3)));
  const lower = name.toLowerCase();
  const letters = withoutSeparators(lower);
  const found: { name: string; distance: number; at: number }[] = [];
  // Once there are enough, only what is nearer than the last of them is of interest.
  let limit = bound;
  let at = 0;
  for (const candidate of names) {
    at++;
    if (candidate === name || candidate === '' || Math.abs(candidate.length - name.length) > bound) continue;
    const other = candidate.toLowerCase();
    let distance = editDistance(lower, other, bound);
    if (distance > 0 && distance <= bound && withoutSeparators(other) === letters) distance = 0;
    if (distance > limit || found.some((one) => one.name === candidate)) continue;
    found.push({ name: candidate, distance, at });
    if (found.length <= MOST) continue;
    found.sort((a, b) => a.distance - b.distance || a.at - b.at);
    found.pop();
    limit = Math.min(bound, (found[MOST - 1] as { distance: number }).distance - 1);
    if (limit < 0) break;
  }
  found.sort((a, b) => a.distance - b.distance || a.at - b.at);
  return found.map((one) => one.name);
}

/** `suggest` as the hint of a diagnostic; empty when there is nothing to suggest. */
export function didYouMean(name: string, names: Iterable<string>): { readonly hint?: string } {
  const found = suggest(name, names).map((one) => `'${one}'`);
  const last = found.pop();
  if (last === undefined) return {};
  return { hint: `Did you mean ${found.length === 0 ? last : `${found.join(', ')} or ${last}`}?` };
}

function withoutSeparators(text: string): string {
  return text.replace(/[-_ ]/g, '');
}

/**
 * How many single letters to change, add, leave out or swap with their neighbour (optimal string alignment), or
 * `bound + 1` when it is more. Letters are UTF-16 units. Looks only at the cells that can lie within the bound, so the
 * cost is that of the shorter text times the bound.
 */
export function editDistance(a: string, b: string, bound: number): number {
  const beyond = bound + 1;
  if (Math.abs(a.length - b.length) > bound) return beyond;
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  while (aEnd > start && bEnd > start && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd--;
    bEnd--;
  }
  const rows = aEnd - start;
  const columns = bEnd - start;
  // Cell k of a row stands for column `row + k - bound - 1`; the outermost two are always beyond.
  const width = 2 * bound + 3;
  const cells = Array.from({ length: 3 * width }, () => beyond);
  let before = 0;
  let previous = width;
  let current = 2 * width;
  for (let j = 0; j <= Math.min(columns, bound); j++) cells[previous + j + bound + 1] = j;
  for (let i = 1; i <= rows; i++) {
    let least = beyond;
    for (let k = 1; k <= 2 * bound + 1; k++) {
      const j = i + k - bound - 1;
      let cost = beyond;
      if (j === 0) cost = i;
      else if (j > 0 && j <= columns) {
        const same = a.charCodeAt(start + i - 1) === b.charCodeAt(start + j - 1);
        cost = Math.min(
          (cells[previous + k] as number) + (same ? 0 : 1),
          (cells[previous + k + 1] as number) + 1,
          (cells[current + k - 1] as number) + 1,
        );
        const swapped =
          i > 1 &&
          j > 1 &&
          a.charCodeAt(start + i - 1) === b.charCodeAt(start + j - 2) &&
          a.charCodeAt(start + i - 2) === b.charCodeAt(start + j - 1);
        if (swapped) cost = Math.min(cost, (cells[before + k] as number) + 1);
      }
      cells[current + k] = Math.min(cost, beyond);
      if (cost < least) least = cost;
    }
    if (least > bound) return beyond;
    [before, previous, current] = [previous, current, before];
  }
  return Math.min(cells[previous + columns - rows + bound + 1] as number, beyond);
}
