/** A unified diff of one file whose lines were replaced one by one: none is added, none removed. */

/**
 * `''` when nothing differs. Both texts have the same number of lines; line ends are not shown. Without lines around the
 * changed ones: a neighbour may hold a secret in a form that `mask` does not know.
 */
export function unifiedDiff(
  file: string,
  before: string,
  after: string,
  mask: (line: string) => string,
): string {
  const [old = [], changed = []] = [before, after].map((text) => text.split(/\r?\n/));
  const hunks: { first: number; last: number }[] = [];
  for (const [index, line] of old.entries()) {
    if (line === changed[index]) continue;
    const hunk = hunks.at(-1);
    if (hunk && hunk.last === index - 1) hunk.last = index;
    else hunks.push({ first: index, last: index });
  }
  if (hunks.length === 0) return '';
  const shown = hunks.map(({ first, last }) => {
    const range = `${first + 1},${last - first + 1}`;
    const lines = (of: readonly string[], sign: string) =>
      of.slice(first, last + 1).map((line) => `${sign}${mask(line)}\n`);
    return `@@ -${range} +${range} @@\n${[...lines(old, '-'), ...lines(changed, '+')].join('')}`;
  });
  return `--- a/${file}\n+++ b/${file}\n${shown.join('')}`;
}
