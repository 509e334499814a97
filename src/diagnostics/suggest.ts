/** At most so many names are suggested. */
const MOST = 3;

/**
 * Names that were perhaps meant: those that differ in case or in separators alone come first, then the nearest, then
 * the earlier in the list. A name is near when at most a third of its letters (one at least, three at most) were
 * changed, added, left out, or swapped with the next. At most three; the name itself is never among them.
 */
export function suggest(name: string, names: Iterable<string>): string[] {
  const bound = Math.min(3, Math.max(1, Math.floor(name.length / 3)));
  const wanted = folded(name);
  const found: { name: string; distance: number; at: number }[] = [];
  // Once there are enough, only what is nearer than the last of them is of interest.
  let limit = bound;
  let at = 0;
  for (const candidate of names) {
    at++;
    if (candidate === name || candidate === '' || Math.abs(candidate.length - name.length) > bound) continue;
    const distance = folded(candidate) === wanted ? 0 : Math.max(1, editDistance(name, candidate, limit));
    if (distance > limit || found.some((other) => other.name === candidate)) continue;
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
  const found = suggest(name, names).map((one) => JSON.stringify(one));
  const last = found.pop();
  if (last === undefined) return {};
  return { hint: `Did you mean ${found.length === 0 ? last : `${found.join(', ')} or ${last}`}?` };
}

function folded(text: string): string {
  return text.toLowerCase().replace(/[-_ ]/g, '');
}

/**
 * How many single letters to change, add, leave out or swap with their neighbour (optimal string alignment); anything
 * above `bound` when it is more. Only the band of cells that can lie within the bound is looked at.
 */
export function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  const beyond = bound + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = new Array<number>(b.length + 1).fill(beyond);
    const from = Math.max(1, i - bound);
    const to = Math.min(b.length, i + bound);
    if (from === 1) current[0] = i;
    let least = from === 1 ? i : beyond;
    for (let j = from; j <= to; j++) {
      const changed = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(changed, (previous[j] as number) + 1, (current[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > bound) return beyond;
    before = previous;
    previous = current;
  }
  return Math.min(previous[b.length] as number, beyond);
}
