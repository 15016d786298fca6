/** The smallest set of changes that lets every client connect: a greedy set cover over the fixes of the findings. */
import type { Change } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import type { Remedy } from '../model/remedy.ts';
import type { When } from '../model/target.ts';
import type { JudgedPair } from './rule.ts';

/** For today's servers, then for the planned ones. A pair that no finding has a fix for is in none. */
export function remediesOf(pairs: readonly JudgedPair[], findings: readonly Finding[]): readonly Remedy[] {
  return (['current', 'planned'] as const).flatMap((when) =>
    cover(
      when,
      pairs.filter((pair) => pair.when === when && pair.verdict.outcome === 'fails'),
      findings,
    ),
  );
}

interface Candidate {
  readonly finding: Finding;
  readonly mends: Set<JudgedPair>;
}

function cover(when: When, broken: readonly JudgedPair[], findings: readonly Finding[]): readonly Remedy[] {
  const candidates = new Map<string, Candidate>();
  for (const pair of broken) {
    for (const finding of findings.filter((one) => speaksOf(one, pair))) {
      for (const key of keysOf(finding)) {
        const known = candidates.get(key) ?? { finding, mends: new Set() };
        known.mends.add(pair);
        candidates.set(key, known);
      }
    }
  }
  const remedies: Remedy[] = [];
  const left = new Set(broken);
  const mended = ({ mends }: Candidate) => [...mends].filter((pair) => left.has(pair));
  for (;;) {
    const [best] = [...candidates.values()].sort((one, other) => mended(other).length - mended(one).length);
    const now = best ? mended(best) : [];
    if (!best || now.length === 0) return remedies;
    const { fix, file, line } = best.finding;
    remedies.push({
      when,
      fix,
      file,
      line,
      pairs: now.map(({ client, target }) => ({ client: client.name, target: target.name })),
    });
    for (const pair of now) left.delete(pair);
  }
}

/** Findings of the step at which the pair dies; of a server as a whole where none names the client. */
function speaksOf(finding: Finding, { client, target, verdict }: JudgedPair): boolean {
  if (finding.target !== target.name || finding.level === 'notice') return false;
  if (finding.client !== null) return finding.client === client.name && finding.scenario === verdict.scenario;
  return finding.scenario !== null && finding.scenario === verdict.scenario;
}

/** Equal keys are one change. Each of a finding's changes would do. */
function keysOf({ changes, fix, file, line, target }: Finding): readonly string[] {
  return changes.length > 0
    ? changes.map((change) => keyOf(change, target))
    : [JSON.stringify([fix, file, line])];
}

function keyOf(change: Change, target: string | null): string {
  switch (change.kind) {
    case 'edit':
      return JSON.stringify([change.span.file, change.span.start, change.newText]);
    case 'upgrade':
      return JSON.stringify([change.package, change.from, change.to]);
    case 'command':
      return JSON.stringify([change.on === 'server' ? target : null, change.text]);
    case 'server-update':
      return JSON.stringify([target, change.build]);
  }
}
