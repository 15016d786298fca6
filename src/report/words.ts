/** Words that every report shares. */
import type { CheckReport, PairResult } from '../model/check-report.ts';
import { compareLevels, type Finding, type Level } from '../model/finding.ts';
import type { Scenario } from '../model/verdict.ts';

/** Microsoft's article: learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-exist-connection-closed. */
export const SCENARIOS: Readonly<Record<Scenario, string>> = {
  1: 'no common TLS protocol',
  2: 'no common cipher suite',
  3: 'TLS_DHE suites enabled',
  4: 'weak or unsupported certificate hash',
  5: 'TLS_DHE without the leading-zero fix',
  6: 'TCP handshake timeout',
};

const STEPS: Readonly<Record<string, string>> = {
  strict: 'Encrypt=Strict is not supported',
  encryption: 'the server offers no encryption',
};

/** `scenario 1: no common TLS protocol`, or the step it dies at. */
export function causeWords({ scenario, step }: Pick<PairResult, 'scenario' | 'step'>): string {
  if (scenario !== null) return `scenario ${scenario}: ${SCENARIOS[scenario]}`;
  return STEPS[step ?? ''] ?? step ?? 'unknown';
}

/** ` (reset)` when the wire showed how the server says no. */
export function seenWords({ rejection }: PairResult): string {
  return rejection === null ? '' : ` (${rejection})`;
}

/** What a pair comes to, in a few words: version and suite, or what kills it. */
export function outcomeWords(pair: PairResult): string {
  switch (pair.outcome) {
    case 'connects':
      if (pair.protocol === null) return 'connects without TLS';
      return pair.suite === null ? pair.protocol : `${pair.protocol} ${pair.suite.replace(/^TLS_/, '')}`;
    case 'fails':
      return `${causeWords(pair)}${seenWords(pair)}`;
    case 'may-fail':
      return `may fail, ${causeWords(pair)}${seenWords(pair)}`;
    case 'unknown':
      return 'unknown';
  }
}

/** Findings that count, worst first, then by place. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter(({ suppressed }) => suppressed === null)
    .map((finding, index) => ({ finding, index }))
    .sort((one, other) => compareLevels(one.finding.level, other.finding.level) || one.index - other.index)
    .map(({ finding }) => finding);
}

/** One sentence: what someone who reads nothing else should know. */
export function verdictSentence({ pairs, findings, declarations }: CheckReport, filesRead: number): string {
  if (declarations.length === 0 && pairs.length === 0) {
    return `Nothing to check: no SQL Server client, connection string or server is declared here (${counted(filesRead, 'file')} looked at).`;
  }
  const now = pairs.filter(({ when }) => when === 'current');
  if (now.length === 0)
    return `No connection to judge: ${counted(declarations.length, 'declaration')}, but no client with a known server.`;
  const count = (outcome: PairResult['outcome']) => now.filter((pair) => pair.outcome === outcome).length;
  const parts = [
    count('fails') > 0 ? `${count('fails')} will fail` : null,
    count('may-fail') > 0 ? `${count('may-fail')} may fail` : null,
    count('unknown') > 0 ? `${count('unknown')} ${count('unknown') === 1 ? 'is' : 'are'} unknown` : null,
  ].filter((part) => part !== null);
  const all = parts.length === 0 ? 'every one completes its handshake' : parts.join(', ');
  const planned = pairs.filter(({ when, outcome }) => when === 'planned' && outcome === 'fails').length;
  const certificates = findings.some(
    ({ rule, level, suppressed }) =>
      rule === 'weak-certificate-hash' && level === 'error' && suppressed === null,
  );
  return [
    `${counted(now.length, 'connection')}: ${all}.`,
    planned > 0 ? `${planned} will fail with the planned servers.` : null,
    certificates ? 'A server certificate has a hash that clients may refuse.' : null,
  ]
    .filter((part) => part !== null)
    .join(' ');
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const LEVEL_NOUNS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', notice: 'notice' };

/** `3 errors, 4 warnings, 1 suppressed`. */
export function tally(findings: readonly Finding[]): string {
  const active = findings.filter(({ suppressed }) => suppressed === null);
  const parts = (Object.keys(LEVEL_NOUNS) as Level[]).flatMap((level) => {
    const count = active.filter((finding) => finding.level === level).length;
    return count > 0 ? [counted(count, LEVEL_NOUNS[level])] : [];
  });
  const hidden = findings.length - active.length;
  if (hidden > 0) parts.push(`${hidden} suppressed`);
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to make visible
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text from files and servers, safe to show: controls, bidi and zero-width characters and lone surrogates become `\u{202E}`. */
export function printable(text: string): string {
  const visible = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
  return text
    .replaceAll('\t', ' ')
    .replace(INVISIBLE, visible)
    .replace(/\p{Surrogate}/gu, visible)
    .replaceAll('\n', '\\n');
}
