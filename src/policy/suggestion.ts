// Names that a person probably meant: the near one, or all that there are.

const FARTHEST = 2;
const LONGEST_LIST = 30;

/** `; did you mean …?` with the one nearest name, else `; expected …` with the known ones. */
export function hint(written: string, known: readonly string[]): string {
  const meant = nearest(written, known);
  return meant === null ? `; expected ${alternatives(known)}` : `; did you mean \`${meant}\`?`;
}

/** The only known name at the least edit distance, two at most, from what is written; case does not count. */
export function nearest(written: string, known: readonly string[]): string | null {
  const limit = Math.min(FARTHEST, written.length - 1);
  let best: { readonly name: string; readonly distance: number } | null = null;
  let tied = false;
  for (const name of known) {
    if (Math.abs(name.length - written.length) > limit) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance > limit || (best !== null && distance > best.distance)) continue;
    tied = distance === best?.distance;
    best = { name, distance };
  }
  return best === null || tied ? null : best.name;
}

/** `` `a`, `b` or `c` `` */
export function alternatives(names: readonly string[]): string {
  const shown = names.slice(0, LONGEST_LIST).map((name) => `\`${name}\``);
  if (names.length > LONGEST_LIST)
    return `${shown.join(', ')} or one of ${names.length - LONGEST_LIST} others`;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** Levenshtein: insertions, deletions and substitutions of UTF-16 units. */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const substituted = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
