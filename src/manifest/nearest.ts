/** What was probably meant: the known name with the fewest typing mistakes between. */

/**
 * The nearest of `known` to `name`, or undefined when none is near enough to be a typing mistake (a third of the letters, at most 3).
 * The first of equals wins. Names that differ too much in length are not compared, so thousands of names cost little.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let limit = Math.max(1, Math.min(3, Math.floor(name.length / 3)));
  let best: string | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = typingDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance > limit || (distance === limit && best !== undefined)) continue;
    best = candidate;
    limit = distance;
  }
  return best;
}

/** `, did you mean …?` as a fix: with the known names when nothing is near and they are few. */
export function suggestion(name: string, known: readonly string[], otherwise: string): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  return known.length > 0 && known.length <= 20 ? `write one of ${known.map((one) => `\`${one}\``).join(", ")}` : otherwise;
}

/** Optimal string alignment: insertions, deletions, replacements, and two neighbours swapped. */
function typingDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(row[j - 1]! + 1, last[j]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
