/** Clients × targets: version and suite, or the scenario that kills the connection. */
import type { PairResult } from '../model/check-report.ts';
import { displayWidth, padded } from './display-width.ts';
import { type Paint, painter, type Style } from './style.ts';
import {
  ASCII_MARKS,
  MARKS,
  type Marks,
  outcomeInBrief,
  outcomeWords,
  printable,
  whenWords,
} from './words.ts';

/** What clients and targets come to, in the order of first mention. */
export interface Grid {
  readonly targets: readonly string[];
  readonly rows: readonly {
    readonly client: string;
    /** Per target: the pair as it is today, then as planned; empty when the client does not connect there. */
    readonly cells: readonly (readonly PairResult[])[];
  }[];
}

export function gridOf(pairs: readonly PairResult[]): Grid {
  const clients = new Map<string, Map<string, PairResult[]>>();
  const ordered = [...pairs].sort((one, other) => Number(isPlan(one)) - Number(isPlan(other)));
  for (const { client } of pairs) if (!clients.has(client)) clients.set(client, new Map());
  for (const pair of ordered) {
    const row = clients.get(pair.client);
    row?.set(pair.target, [...(row.get(pair.target) ?? []), pair]);
  }
  const targets = [...new Set(pairs.map(({ target }) => target))];
  return {
    targets,
    rows: [...clients].map(([client, row]) => ({
      client,
      cells: targets.map((target) => row.get(target) ?? []),
    })),
  };
}

const isPlan = ({ when }: PairResult) => when === 'planned';

/** The whole in one table when it fits the width; else a table in brief (when that fits) and the rest as a list. */
export function renderMatrix(pairs: readonly PairResult[], style: Style): string {
  if (pairs.length === 0) return '';
  const marks = style.unicode === false ? ASCII_MARKS : MARKS;
  const paint = painter(style);
  const grid = gridOf(pairs);
  const table = (words: (pair: PairResult) => string) => {
    const text = tableOf(
      grid,
      (pair) => printable(`${whenWords(pair)}${marks[pair.outcome]} ${words(pair)}`),
      marks,
    );
    const fits = text.rows.every(({ width }) => width <= style.width);
    return fits ? text.rows.map(({ show }) => show(paint)).join('\n') : '';
  };
  const whole = table(outcomeWords);
  if (whole !== '') return whole;
  return [table(outcomeInBrief), listOf(grid, marks, paint)].filter((block) => block !== '').join('\n\n');
}

interface Cell {
  readonly text: string;
  readonly pair: PairResult | null;
}

interface Row {
  readonly width: number;
  readonly show: (paint: Paint) => string;
}

function tableOf(grid: Grid, cellText: (pair: PairResult) => string, marks: Marks): { rows: readonly Row[] } {
  const plain = (text: string): Cell => ({ text, pair: null });
  const lines = grid.rows.flatMap(({ client, cells }) => {
    const height = Math.max(1, ...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => [
      plain(line === 0 ? printable(client) : ''),
      ...cells.map((pairs): Cell => {
        const pair = pairs[line];
        if (pair) return { text: cellText(pair), pair };
        return plain(line === 0 ? marks.absent : '');
      }),
    ]);
  });
  const head = ['', ...grid.targets.map(printable)].map(plain);
  const all = [head, ...lines];
  const widths = head.map((_, column) =>
    Math.max(...all.map((cells) => displayWidth(cells[column]?.text ?? ''))),
  );
  return {
    rows: all.map((cells, index) => {
      const last = cells.findLastIndex(({ text }) => text !== '');
      const pad = ({ text }: Cell, column: number) =>
        column === last ? text : padded(text, widths[column] ?? 0);
      const shown = cells.slice(0, last + 1);
      return {
        width: displayWidth(shown.map(pad).join('  ')),
        show: (paint) =>
          shown
            .map((cell, column) => {
              const text = pad(cell, column);
              if (index === 0) return paint.bold(text);
              return cell.pair ? painted(text, cell.pair, paint) : text;
            })
            .join('  '),
      };
    }),
  };
}

function listOf({ rows, targets }: Grid, marks: Marks, paint: Paint): string {
  const width = Math.max(...targets.map((target) => displayWidth(printable(target))));
  return rows
    .flatMap(({ client, cells }) => [
      printable(client),
      ...cells.flat().map((pair) => {
        const mark = painted(marks[pair.outcome], pair, paint);
        return `  ${mark} ${padded(printable(pair.target), width)}  ${painted(printable(`${whenWords(pair)}${outcomeWords(pair)}`), pair, paint)}`;
      }),
    ])
    .join('\n');
}

function painted(text: string, { outcome }: PairResult, paint: Paint): string {
  switch (outcome) {
    case 'connects':
      return paint.good(text);
    case 'fails':
      return paint.level('error', text);
    case 'may-fail':
      return paint.level('warning', text);
    case 'unknown':
      return paint.dim(text);
  }
}
