/** The wording that every report shares, and text from outside made safe to show. */
import type { PairResult } from '../model/check-report.ts';
import { compareLevels, type Finding, LEVELS } from '../model/finding.ts';
import type { Place } from '../model/span.ts';
import type { Outcome, Scenario, Step } from '../model/verdict.ts';

/**
 * Microsoft's article: learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-exist-connection-closed.
 * `short` is for the cells of a matrix.
 */
export const SCENARIOS: Readonly<Record<Scenario, { readonly title: string; readonly short: string }>> = {
  1: { title: 'no common TLS protocol', short: 'no common protocol' },
  2: { title: 'no common cipher suite', short: 'no common cipher suite' },
  3: { title: 'TLS_DHE suites enabled', short: 'TLS_DHE suites enabled' },
  4: { title: 'weak certificate hash', short: 'weak certificate hash' },
  5: { title: 'TLS_DHE without the leading-zero fix', short: 'no leading-zero fix' },
  6: { title: 'TCP handshake timeout', short: 'TCP handshake timeout' },
};

/** Where a connection dies, for deaths that are none of the scenarios. */
const STEPS: Readonly<Record<Step, string>> = {
  tcp: 'no TCP connection',
  strict: 'Encrypt=Strict not supported',
  encryption: 'the server offers no encryption',
  protocol: 'TLS version refused',
  'cipher-suite': 'cipher suites refused',
  certificate: 'certificate refused',
  handshake: 'handshake refused',
};

/** More places than these are counted. */
const PLACES_NAMED = 5;

/** `appsettings.Production.json:3, compose.yml:12 and 4 more`; not escaped. */
export function placesNamed(places: readonly Place[]): string {
  const named = places.slice(0, PLACES_NAMED).map(({ file, line }) => `${file}:${line}`);
  const more = places.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export type Marks = Readonly<Record<Outcome | 'absent', string>>;

export const MARKS: Marks = { connects: '✓', fails: '✗', 'may-fail': '~', unknown: '?', absent: '·' };
export const ASCII_MARKS: Marks = { connects: '+', fails: 'x', 'may-fail': '~', unknown: '?', absent: '.' };

/** What a pair comes to, without its mark: `TLS 1.2 ECDHE_RSA_…`, `scenario 1: no common protocol (reset)`. */
export function outcomeWords(pair: PairResult): string {
  const { outcome, protocol, suite, scenario, step, rejection } = pair;
  switch (outcome) {
    case 'connects':
      if (protocol === null) return 'no TLS: login in clear text';
      return suite === null ? protocol : `${protocol} ${suite.replace(/^TLS_/, '')}`;
    case 'fails': {
      const cause =
        scenario === null ? stepWords(step) : `scenario ${scenario}: ${SCENARIOS[scenario].short}`;
      return rejection === null ? cause : `${cause} (${rejection})`;
    }
    case 'may-fail':
      return `may fail: ${scenario === null ? stepWords(step) : `scenario ${scenario}`}`;
    case 'unknown':
      return 'unknown';
  }
}

/** The first word or two of {@link outcomeWords}, for an overview. */
export function outcomeInBrief(pair: PairResult): string {
  const { outcome, protocol, scenario } = pair;
  if (outcome === 'connects') return protocol ?? 'no TLS';
  return outcome === 'fails' && scenario !== null ? `scenario ${scenario}` : outcomeWords(pair);
}

/** Why a pair fails: the scenario's title, or the step. */
export function causeWords({ scenario, step }: PairResult): string {
  return scenario === null ? stepWords(step) : SCENARIOS[scenario].title;
}

const stepWords = (step: Step | null) => (step === null ? 'cause not known' : STEPS[step]);

/** `from 2027-03-01: ` before what is planned, `` before what is so today. */
export function whenWords({ when, from }: PairResult): string {
  if (when === 'current') return '';
  return from === null ? 'as planned: ' : `from ${from}: `;
}

/** `Scenario 1: no common TLS protocol`, or the rule's own words. */
export function titleOf({ scenario, rule }: Pick<Finding, 'scenario' | 'rule'>): string {
  if (scenario !== null) return `Scenario ${scenario}: ${SCENARIOS[scenario].title}`;
  const words = rule.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Findings that count, worst first, then by file and line. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === null).sort(byLevelAndPlace);
}

function byLevelAndPlace(one: Finding, other: Finding): number {
  const levels = compareLevels(one.level, other.level);
  if (levels !== 0) return levels;
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `3 errors, 4 warnings, 1 suppressed`. */
export function tally(findings: readonly Finding[]): string {
  const active = findings.filter(({ suppressed }) => suppressed === null);
  const parts = LEVELS.map((level) => [active.filter((one) => one.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => counted(count, level));
  const hidden = findings.length - active.length;
  if (hidden > 0) parts.push(`${hidden} suppressed`);
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}

// Controls, format characters (bidi, zero-width, BOM, tags), lone surrogates, line and paragraph separators.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text from files and servers on one line, with all that is invisible or misleading spelled out: U+202E becomes
 * `\u{202E}`. `##[` too: the runner obeys that old command form anywhere in a line of a step's log.
 */
export function printable(text: string): string {
  return text.replace(INVISIBLE, spelledOut).replaceAll('##[', `##${spelledOut('[')}`);
}

const spelledOut = (character: string) =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

/** Running text: as {@link printable}, with line breaks and runs of blanks as one blank. */
export function prose(text: string): string {
  return printable(text.replace(/[ \t\r\n]+/g, ' ').trim());
}
