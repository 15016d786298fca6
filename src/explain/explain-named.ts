/** `--pair CLIENT TARGET`: a pair of the checked folder by its names. */
import type { ExplainedPair } from '../model/explanation.ts';
import type { Finding } from '../model/finding.ts';
import { alternatives, nearest } from '../policy/suggestion.ts';
import type { JudgedPair } from '../rules/rule.ts';
import { explainPair } from './explain-pair.ts';
import { quoted } from './not-understood.ts';

export type ExplainedNamed =
  | { readonly pair: ExplainedPair; readonly planned: ExplainedPair | null }
  | { readonly complaint: readonly string[] };

/** `findings`: all of the folder. */
export function explainNamed(
  client: string,
  target: string,
  pairs: readonly JudgedPair[],
  findings: readonly Finding[],
): ExplainedNamed {
  if (pairs.length === 0) return { complaint: ['This folder has no client that connects to a server.'] };
  const clients = [...new Set(pairs.map((pair) => pair.client.name))];
  const targets = [...new Set(pairs.map((pair) => pair.target.name))];
  const [one, other] = [named(client, clients), named(target, targets)];
  const complaint = [
    ...(one === null ? [unknown('client', client, clients)] : []),
    ...(other === null ? [unknown('target', target, targets)] : []),
  ];
  if (complaint.length > 0) return { complaint };
  const both = pairs.filter((pair) => pair.client.name === one && pair.target.name === other);
  const current = both.find(({ when }) => when === 'current');
  if (!current) {
    const own = pairs.filter((pair) => pair.client.name === one).map((pair) => pair.target.name);
    return {
      complaint: [`${one} does not connect to ${other}; it connects to ${alternatives([...new Set(own)])}.`],
    };
  }
  const planned = both.find(({ when }) => when === 'planned');
  const about = findings.filter(
    (finding) =>
      (finding.client === null || finding.client === one) &&
      (finding.target === null || finding.target === other) &&
      (finding.client ?? finding.target) !== null,
  );
  return {
    pair: explainPair(current, about, null),
    planned: planned ? explainPair(planned, about, null) : null,
  };
}

/** The name itself, without case, or the only one that begins with it. */
function named(written: string, names: readonly string[]): string | null {
  const lower = written.toLowerCase();
  const same = names.find((name) => name === written) ?? names.find((name) => name.toLowerCase() === lower);
  if (same !== undefined) return same;
  const begin = names.filter((name) => name.toLowerCase().startsWith(lower));
  return begin.length === 1 ? (begin[0] ?? null) : null;
}

function unknown(what: string, written: string, names: readonly string[]): string {
  const near = nearest(written, names);
  return `There is no ${what} ${quoted(written)} here; ${near === null ? `there is ${alternatives(names)}` : `did you mean \`${near}\`?`}`;
}
