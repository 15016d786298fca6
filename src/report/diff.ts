/** A unified diff of one file whose lines were replaced one by one: none is added, none removed. */

const CONTEXT = 3;

/** `''` when nothing differs. Both texts have the same number of lines; line ends are not shown. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const [old, changed] = [before, after].map((text) => text.split(/\r?\n/));
  if (!old || !changed) return '';
  const touched = old.flatMap((line, index) => (line === changed[index] ? [] : [index]));
  const hunks: { first: number; last: number }[] = [];
  for (const index of touched) {
    const hunk = hunks.at(-1);
    if (hunk && index - hunk.last <= 2 * CONTEXT) hunk.last = index;
    else hunks.push({ first: index, last: index });
  }
  if (hunks.length === 0) return '';
  const shown = hunks.map(({ first, last }) => {
    const from = Math.max(0, first - CONTEXT);
    const to = Math.min(lengthOf(old), last + CONTEXT + 1);
    const range = `${from + 1},${to - from}`;
    return [`@@ -${range} +${range} @@`, ...linesOf(old, changed, from, to)].join('\n');
  });
  return `--- a/${file}\n+++ b/${file}\n${shown.join('\n')}\n`;
}

/** What stands after the last line end is no line when it is empty. */
const lengthOf = (lines: readonly string[]) => (lines.at(-1) === '' ? lines.length - 1 : lines.length);

/** Runs of changed lines: first what goes, then what comes. */
function linesOf(old: readonly string[], changed: readonly string[], from: number, to: number): string[] {
  const lines: string[] = [];
  let coming: string[] = [];
  for (let index = from; index < to; index++) {
    const [before = '', after = ''] = [old[index], changed[index]];
    if (before === after) {
      lines.push(...coming, ` ${before}`);
      coming = [];
    } else {
      lines.push(`-${before}`);
      coming.push(`+${after}`);
    }
  }
  return [...lines, ...coming];
}
