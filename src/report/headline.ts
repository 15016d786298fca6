/** The verdict of a whole run: what someone who reads nothing else should know. The same in every format for people. */
import type { CheckReport, NotChecked, PairResult, TargetResult } from '../model/check-report.ts';
import { causeWords, counted } from './words.ts';

export interface Headline {
  readonly tone: 'bad' | 'unsure' | 'good' | 'nothing';
  readonly text: string;
}

export function headlineOf(report: CheckReport, filesRead: number): Headline {
  const { pairs, declarations, targets } = report;
  const files = counted(filesRead, 'file');
  // A runtime alone talks to no server: every Node project has one.
  const telling = declarations.filter(({ kind }) => kind !== 'runtime');
  if (pairs.length + telling.length + targets.length === 0) {
    const text = `Nothing to check: no SQL Server client, connection string or server is declared here (${files} looked at).`;
    return { tone: 'nothing', text };
  }
  const current = pairs.filter(({ when }) => when === 'current');
  const today = current.length === 0 ? withoutPairs(report) : todayOf(current, targets);
  const rest = [...clearText(current), ...plans(pairs), ...certificates(report)];
  const tone = rest.length > 0 && today.tone === 'good' ? 'unsure' : today.tone;
  return { tone, text: [today.text, ...rest].join(' ') };
}

function withoutPairs({ declarations, targets }: CheckReport): Headline {
  const declared = `${counted(declarations.length, 'declaration')}, ${counted(targets.length, 'server')}`;
  return { tone: 'unsure', text: `No connection to judge: ${declared}, but no client with a known server.` };
}

function todayOf(pairs: readonly PairResult[], targets: readonly TargetResult[]): Headline {
  const fails = pairs.filter(({ outcome }) => outcome === 'fails');
  const mayFail = pairs.filter(({ outcome }) => outcome === 'may-fail');
  const unknown = pairs.filter(({ outcome }) => outcome === 'unknown');
  const all = counted(pairs.length, 'connection');
  const open = unknown.length > 0 ? ` ${unknown.length} could not be judged.` : '';
  if (fails.length > 0) {
    const more = mayFail.length > 0 ? ` ${mayFail.length} more may fail: ${causes(mayFail)}.` : '';
    return { tone: 'bad', text: `${fails.length} of ${all} will fail: ${causes(fails)}.${more}${open}` };
  }
  if (mayFail.length > 0)
    return { tone: 'unsure', text: `${mayFail.length} of ${all} may fail: ${causes(mayFail)}.${open}` };
  if (unknown.length > 0)
    return {
      tone: 'unsure',
      text: `${unknown.length} of ${all} could not be judged; none is known to fail.`,
    };
  return { tone: 'good', text: `${everyConnection(pairs, targets)} (${all}).` };
}

/** What nobody asked a server rests on documents, and is said so. */
function everyConnection(pairs: readonly PairResult[], targets: readonly TargetResult[]): string {
  const names = new Set(pairs.map(({ target }) => target));
  const unprobed = targets.filter(({ name, probed }) => names.has(name) && !probed).length;
  const every = 'very connection completes its handshake';
  if (unprobed === 0) return `E${every}`;
  if (unprobed === names.size) return `By what files and the catalog say, e${every}; no server was probed`;
  return `E${every}; ${unprobed} of ${counted(names.size, 'server')} ${unprobed === 1 ? 'was' : 'were'} not probed`;
}

function clearText(current: readonly PairResult[]): string[] {
  const bare = current.filter(({ outcome, protocol }) => outcome === 'connects' && protocol === null).length;
  return bare === 0
    ? []
    : [`${bare} ${bare === 1 ? 'connects' : 'connect'} without TLS, login in clear text.`];
}

/** What the planned servers change: only pairs that are better off today. */
function plans(pairs: readonly PairResult[]): string[] {
  const key = ({ client, target }: PairResult) => JSON.stringify([client, target]);
  const today = new Map(
    pairs.filter(({ when }) => when === 'current').map((pair) => [key(pair), pair.outcome]),
  );
  const worse = pairs.filter((pair) => {
    const now = today.get(key(pair));
    if (pair.when !== 'planned' || now === 'fails') return false;
    return pair.outcome === 'fails' || (pair.outcome === 'may-fail' && now !== 'may-fail');
  });
  const dates = [...new Set(worse.map(({ from }) => from))].sort();
  return dates.flatMap((date) =>
    (['fails', 'may-fail'] as const).flatMap((outcome) => {
      const some = worse.filter((pair) => pair.from === date && pair.outcome === outcome);
      if (some.length === 0) return [];
      const when = date === null ? 'As planned' : `From ${date}`;
      return [`${when}, ${some.length} more ${outcome === 'fails' ? 'will' : 'may'} fail: ${causes(some)}.`];
    }),
  );
}

function certificates({ findings }: CheckReport): string[] {
  const weak = findings.some(
    ({ rule, level, suppressed }) => rule === 'weak-certificate-hash' && level === 'error' && !suppressed,
  );
  return weak ? ['A server certificate has a hash that clients may refuse.'] : [];
}

/** `no common TLS protocol (2), weak certificate hash`: the most frequent first. */
function causes(pairs: readonly PairResult[]): string {
  const counts = new Map<string, number>();
  for (const pair of pairs) counts.set(causeWords(pair), (counts.get(causeWords(pair)) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([cause, count]) => (counts.size > 1 ? `${cause} (${count})` : cause))
    .join(', ');
}

/** What was not checked, pairs without a verdict included. */
export function notCheckedOf({ notChecked, pairs }: CheckReport): readonly NotChecked[] {
  const unjudged = pairs
    .filter(({ outcome, when }) => outcome === 'unknown' && when === 'current')
    .map(({ client, target, reason }) => ({
      subject: `${client} to ${target}`,
      reason,
      file: null,
      line: null,
    }));
  return [...notChecked, ...unjudged];
}
