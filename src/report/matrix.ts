/** Clients × targets: version and suite, or the scenario that kills the connection. */
import type { PairResult } from '../model/check-report.ts';
import { painter, type Style } from './style.ts';
import { causeWords, outcomeWords, printable, seenWords } from './words.ts';

const MARKS = { connects: '✓', fails: '✗', 'may-fail': '~', unknown: '?' } as const;
const NO_PAIR = '·';

/** The whole in one table when it fits the width, else a table of marks (when that fits) and the rest as a list. */
export function renderMatrix(pairs: readonly PairResult[], style: Style): string {
  if (pairs.length === 0) return '';
  const current = pairs.filter(({ when }) => when === 'current');
  const fits = (table: string) => table.split('\n').every((line) => line.length <= style.width);
  const whole = renderTable(current, cellOf);
  if (fits(whole) && pairs.length === current.length) return whole;
  const marks = renderTable(current, (pair) => [cellOf(pair)[0], '']);
  return [...(fits(marks) ? [marks] : []), renderList(pairs, style)].join('\n\n');
}

type Cell = readonly [string, string];

function renderTable(pairs: readonly PairResult[], cell: (pair: PairResult | undefined) => Cell): string {
  const clients = unique(pairs.map(({ client }) => client));
  const targets = unique(pairs.map(({ target }) => target));
  const rows = clients.flatMap((client) => {
    const cells = targets.map((target) =>
      cell(pairs.find((pair) => pair.client === client && pair.target === target)),
    );
    return [
      [printable(client), ...cells.map(([first]) => first)],
      ...(cells.some(([, second]) => second !== '') ? [['', ...cells.map(([, second]) => second)]] : []),
    ];
  });
  const all = [['', ...targets.map(printable)], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? [];
  return all
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Two lines: what it comes to, and with which suite or why. */
function cellOf(pair: PairResult | undefined): Cell {
  if (!pair) return [NO_PAIR, ''];
  const mark = MARKS[pair.outcome];
  if (pair.outcome === 'connects') {
    return [
      `${mark} ${pair.protocol ?? 'no TLS'}`,
      pair.suite === null ? '' : `  ${pair.suite.replace(/^TLS_/, '')}`,
    ];
  }
  if (pair.outcome === 'unknown') return [`${mark} unknown`, ''];
  const [scenario = '', words = ''] = causeWords(pair).split(': ');
  return [`${mark} ${scenario}`, words === '' ? '' : `  ${words}${seenWords(pair)}`];
}

function renderList(pairs: readonly PairResult[], style: Style): string {
  const paint = painter(style);
  const width = Math.max(...pairs.map(({ target }) => printable(target).length));
  return unique(pairs.map(({ client }) => client))
    .flatMap((client) => [
      printable(client),
      ...pairs
        .filter((pair) => pair.client === client)
        .map((pair) => {
          const words = `${MARKS[pair.outcome]} ${printable(pair.target).padEnd(width)}  ${pair.when === 'planned' ? 'planned: ' : ''}${outcomeWords(pair)}`;
          return `  ${pair.outcome === 'fails' ? paint.level('error', words) : words}`;
        }),
    ])
    .join('\n');
}

const unique = (values: readonly string[]) => [...new Set(values)];
