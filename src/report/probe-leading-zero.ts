/** Scenario 5 on a probe's page. */
import type { LeadingZero } from '../model/leading-zero.ts';
import { wrapped } from './display-width.ts';
import { MARGIN, type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';
import { counted, printable } from './words.ts';

const WORDS = { fixed: 'fixed', unfixed: 'not fixed', unknown: 'not known' } as const;

/** The verdict first; then what it was seen with, and what else was seen. */
export function leadingZeroRows(found: LeadingZero, width: number, paint: Paint): readonly Row[] {
  return linesOf(found, width - MARGIN, paint).map((text, at) => row(at === 0 ? 'scenario 5' : '', text));
}

function linesOf(found: LeadingZero, width: number, paint: Paint): string[] {
  const { verdict, reason, withoutExtendedMasterSecret: without, attempts } = found;
  if (attempts.length === 0) return wrapped(`not asked: ${printable(reason)}`, width);
  const lines = wrapped(`${WORDS[verdict]}: ${printable(reason)}`, width).map((line) =>
    verdict === 'fixed' ? line : paint.level('warning', line),
  );
  if (without !== null && without !== verdict) {
    const words = `with clients that do not know extended_master_secret: ${WORDS[without]}`;
    lines.push(...wrapped(words, width).map((line) => paint.level('warning', line)));
  }
  return [...lines, ...seenWith(found).flatMap((text) => wrapped(text, width))];
}

function seenWith({ protocol, suite, dhBits, attempts, publicValues }: LeadingZero): string[] {
  if (protocol === null || suite === null) return [];
  const { seen, shorter } = publicValues;
  const how = [
    `${protocol} ${printable(suite)}`,
    `prime of ${dhBits} bits`,
    counted(attempts.length, 'handshake'),
  ];
  // Said only when it was seen: in a few handshakes the usual thing is no proof of anything.
  return shorter === 0
    ? [how.join(', ')]
    : [
        how.join(', '),
        `${shorter} of ${counted(seen, 'public value')} came shorter than the prime: old Windows clients may fail on them`,
      ];
}
