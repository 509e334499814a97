/** Of some nodes who comes after whom, directly or through others: `a > b` for each pair, sorted. */
export function orderAmong(edges: Iterable<readonly [string, string]>, names: ReadonlyMap<string, string>): string[] {
  const requires = new Map<string, string[]>();
  for (const [requirer, required] of edges) {
    const list = requires.get(requirer);
    if (list === undefined) requires.set(requirer, [required]);
    else list.push(required);
  }
  const pairs: string[] = [];
  for (const [node, shown] of names) {
    const seen = new Set<string>();
    const open = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const required of requires.get(next) ?? []) {
        if (seen.has(required)) continue;
        seen.add(required);
        open.push(required);
      }
    }
    for (const required of seen) {
      const other = names.get(required);
      if (other !== undefined) pairs.push(`${shown} > ${other}`);
    }
  }
  return pairs.sort();
}
