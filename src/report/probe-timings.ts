/** Where the time of a connection goes, as a table of a probe's page. */
import {
  PHASES,
  type Phase,
  type PhaseFailures,
  type PhaseTimes,
  type ProbedTimings,
} from '../model/timings.ts';
import { wrapped } from './display-width.ts';
import { MARGIN, type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';
import { counted, printable } from './words.ts';

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  connect: 'TCP connect',
  prelogin: 'PRELOGIN',
  serverHello: 'ServerHello',
  login: 'login',
};
const FAILURE_WORDS: Readonly<Record<keyof PhaseFailures, string>> = {
  timeouts: 'timeout',
  refusals: 'refusal',
  resets: 'reset',
  closes: 'close',
  others: 'other end',
};
const LABEL = 22;
const NUMBER = 9;

/** A line for what was done, a table in milliseconds, the hint. */
export function timingRows(timings: ProbedTimings, width: number, paint: Paint): readonly Row[] {
  const { connections, atOnce, deadlineMs, retransmittedSyns, hint } = timings;
  const heading = ['p50', 'p95', 'max'].map((name) => name.padStart(NUMBER)).join('');
  const lines = [
    `${counted(connections, 'short connection')}, at most ${atOnce} at a time, ${deadlineMs / 1000} s for each`,
    paint.dim(`${'milliseconds'.padEnd(LABEL)}${heading}`),
    ...PHASES.flatMap((phase) => {
      const times = timings[phase];
      return times ? [phaseLine(PHASE_WORDS[phase], times, paint)] : [];
    }),
    ...(retransmittedSyns > 0
      ? [paint.level('warning', `${counted(retransmittedSyns, 'connect')} took a second SYN`)]
      : []),
    ...(hint
      ? wrapped(printable(hint.statement), width - MARGIN).map((line) => paint.level('warning', line))
      : []),
  ];
  return lines.map((text, index) => row(index === 0 ? 'timings' : '', text));
}

function phaseLine(name: string, { count, p50, p95, max, failures }: PhaseTimes, paint: Paint): string {
  const numbers = [p50, p95, max].map((value) => (value?.toFixed(1) ?? '-').padStart(NUMBER)).join('');
  const failed = (Object.keys(FAILURE_WORDS) as (keyof PhaseFailures)[]).flatMap((how) =>
    failures[how] > 0 ? [counted(failures[how], FAILURE_WORDS[how])] : [],
  );
  const line = `${`${name} (${count})`.padEnd(LABEL)}${numbers}`;
  return failed.length > 0 ? `${line}  ${paint.level('warning', failed.join(', '))}` : line;
}
