/** The pipeline, top to bottom: what a repository declares → who talks to whom → what the servers answer → findings. */
import picomatch from 'picomatch';
import { VOCABULARY } from './catalog/vocabulary.ts';
import { configured } from './configured.ts';
import { maskSecrets } from './discover/connection-strings/mask.ts';
import { discover } from './discover/discover.ts';
import { SourceText } from './discover/text/source-text.ts';
import { unsearched } from './discover/unsearched.ts';
import type { CheckReport, NotChecked, ReportContext } from './model/check-report.ts';
import type { Client } from './model/client.ts';
import type { Finding } from './model/finding.ts';
import { type ClientHelloProfile, distinctHellos, helloKey } from './model/hello.ts';
import type { Observation } from './model/observation.ts';
import type { Policy } from './model/policy.ts';
import { mergeProfiles } from './model/server-profile.ts';
import type { Plan, Target } from './model/target.ts';
import type { Workspace } from './model/workspace.ts';
import { profileOf } from './observe/profile.ts';
import { withoutTlsReason } from './observe/silence.ts';
import { withPlans } from './planned.ts';
import { applyBaseline, type Baseline } from './policy/baseline.ts';
import { applyLevels } from './policy/levels.ts';
import { applyInlineIgnores, applySuppressions } from './policy/suppress.ts';
import { policyConnections } from './policy-connections.ts';
import { reportOf } from './report/report-of.ts';
import { resolve } from './resolve/resolve.ts';
import { judge, type Link } from './rules/judge.ts';
import { remediesOf } from './rules/remedies.ts';
import type { JudgedPair } from './rules/rule.ts';
import { applyRules, inOrder, RULES, remarkFindings } from './rules/rules.ts';

/** What the clients of a target bring to it. */
export interface Asked {
  /** Each distinct hello of TDS 7.x. */
  readonly hellos: readonly ClientHelloProfile[];
  /** Some client says Encrypt=Strict. */
  readonly strict: boolean;
}

/** What a scan brought, or a sentence on why there was none. */
export type Scanned = { readonly observation: Observation } | { readonly reason: string };

export interface CheckInput {
  readonly workspace: Workspace;
  readonly policy: Policy;
  /** Text of the policy file, `''` without one: the connection strings in it are lexed from there. */
  readonly policyText: string;
  /** Asks a target what it answers to its clients. Only targets of the policy are ever handed in. */
  readonly scan: (target: Target, asked: Asked) => Promise<Scanned>;
  /** What every server of the policy file is to become, instead of its own plan. */
  readonly whatIf?: Plan | null;
  /** Findings of an earlier day that do not count; `null`: every one does. */
  readonly baseline?: Baseline | null;
  /** ISO date: suppressions expire. */
  readonly today: string;
}

export interface Checked {
  readonly report: CheckReport;
  /** The pairs with all that is known of them: `explain` tells one step by step. */
  readonly pairs: readonly JudgedPair[];
  readonly context: ReportContext;
  /** How many entries of the baseline are found no more. */
  readonly baselineGone: number;
  /** The files in which something is declared, as they were read. */
  readonly sources: readonly SourceText[];
}

export async function check({
  workspace,
  policy,
  policyText,
  scan,
  whatIf = null,
  baseline = null,
  today,
}: CheckInput): Promise<Checked> {
  const policySource = new SourceText(policy.file ?? '', policyText);
  const { declarations, sources, filesRead, skipped } = await discover(workspace, VOCABULARY, {
    exclude: policy.exclude,
    policyFile: policy.file,
  });
  const matches = (glob: string, path: string) => picomatch(glob, { dot: true })(path);
  const connections = policyConnections(policy, policySource);
  const resolved = configured(
    resolve(declarations, policy, connections, matches),
    declarations,
    policy,
    matches,
  );
  const { notChecked } = resolved;
  const supported = policy.withoutEndOfLife ? onSupported(today) : (client: Client) => client;
  const clients = resolved.clients.map(supported);
  const { targets, notChecked: unplanned } = await withPlans(resolved.targets, whatIf, workspace);
  const links = resolved.links.map(({ client, target }) => ({
    client: supported(client),
    target: targets.find(({ name }) => name === target.name) ?? target,
  }));
  const { observations, silent } = await observe(targets, links, scan);
  const profiles = new Map(
    targets.map((target) => {
      const seen = observations.get(target.name);
      return [target.name, seen ? mergeProfiles(profileOf(seen), target.described) : target.described];
    }),
  );
  const judged = judge(links, targets, profiles, today);
  const found = applyRules({ ...judged, clients, declarations, requirements: policy.requirements, today });
  const texts = [...sources.values(), policySource];
  const unasked = new Set(silent.map(({ subject }) => subject));
  const { findings, gone } = accepted(applyLevels(found, policy), policy, texts, unasked, baseline, today);
  return {
    report: reportOf({
      findings,
      ...judged,
      remedies: remediesOf(judged.pairs, findings),
      observations,
      declarations,
      notChecked: [...notChecked, ...unsearched(skipped), ...unplanned, ...silent],
    }),
    pairs: judged.pairs,
    context: {
      failOn: policy.failOn,
      filesRead,
      excerpt: excerpts(texts),
    },
    baselineGone: gone,
    sources: texts,
  };
}

/** What the policy file, comments and the baseline accept is marked; what is to say of suppressions joins the findings. */
function accepted(
  found: readonly Finding[],
  policy: Policy,
  sources: readonly SourceText[],
  unasked: ReadonlySet<string>,
  baseline: Baseline | null,
  today: string,
): { readonly findings: readonly Finding[]; readonly gone: number } {
  const known = RULES.map(({ meta }) => meta.id);
  const byPolicy = applySuppressions(found, policy, today, unasked);
  const inline = applyInlineIgnores(byPolicy.findings, sources, known);
  const said = applyLevels(remarkFindings([...byPolicy.remarks, ...inline.remarks]), policy);
  const { findings, gone } = baseline
    ? applyBaseline(inline.findings, baseline)
    : { findings: inline.findings, gone: 0 };
  return { findings: inOrder([...findings, ...said]), gone };
}

/** Systems that are out of support are left out where others are left: a client that runs on nothing else is judged there. */
function onSupported(today: string): (client: Client) => Client {
  return (client) => {
    const cases = client.cases.filter(({ supportEnds }) => supportEnds === null || supportEnds >= today);
    return cases.length > 0 ? { ...client, cases } : client;
  };
}

/** Lines to show, secrets masked. What stands before a mark is masked by itself, so that the mark stays in its place. */
function excerpts(sources: readonly SourceText[]): ReportContext['excerpt'] {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  return ({ file, line, column, endLine, endColumn }) => {
    const source = byFile.get(file);
    if (!source) return null;
    const start = source.offset(line, 1);
    const text = source.text.slice(start).split(/\r?\n/, 1)[0] ?? '';
    const shown = maskSecrets(text);
    const place = (units: number) => Math.min(maskSecrets(text.slice(0, units)).length, shown.length);
    return {
      text: shown,
      start: place(column - 1),
      end: endLine === line ? place(endColumn - 1) : shown.length,
    };
  };
}

/** Scans every policy target, each with the hellos of the clients that connect to it. */
async function observe(
  targets: readonly Target[],
  links: readonly Link[],
  scan: CheckInput['scan'],
): Promise<{ observations: ReadonlyMap<string, Observation>; silent: readonly NotChecked[] }> {
  const observations = new Map<string, Observation>();
  const silent: NotChecked[] = [];
  await Promise.all(
    targets
      .filter(({ origin }) => origin === 'policy')
      .map(async (target) => {
        const asked = askedOf(links.filter((link) => link.target === target));
        const scanned = await scan(target, asked);
        const reason = 'reason' in scanned ? scanned.reason : silence(scanned.observation, asked);
        const { file, line } = target.span;
        if (reason !== null) silent.push({ subject: target.name, reason, file, line });
        const unlearned = 'observation' in scanned ? (scanned.observation.login?.reason ?? null) : null;
        if (unlearned !== null)
          silent.push({ subject: target.name, reason: `login: ${unlearned}`, file, line });
        if ('observation' in scanned) observations.set(target.name, scanned.observation);
      }),
  );
  return { observations, silent: silent.sort((one, other) => (one.subject < other.subject ? -1 : 1)) };
}

/** Encrypt=Strict begins with TLS, so such a client's hello is none of TDS 7.x. */
function askedOf(links: readonly Link[]): Asked {
  const isStrict = ({ settings }: Link['client']) => settings.encrypt?.value === 'Strict';
  const clients = links.map(({ client }) => client);
  const offered = clients
    .filter((client) => !isStrict(client))
    .flatMap(({ cases }) => cases.flatMap(({ hello }) => (hello?.protocols.length ? [hello] : [])));
  return { hellos: distinctHellos(offered), strict: clients.some(isStrict) };
}

/** What a scan leaves open, in a sentence; `null` when it answered everything. */
function silence(observation: Observation, { hellos }: Asked): string | null {
  const reason = withoutTlsReason(observation);
  if (reason !== null) return reason;
  const unsent = hellos.filter((hello) => !observation.hellos.has(helloKey(hello))).length;
  return unsent > 0
    ? `${unsent} of ${hellos.length} client hellos were not sent: a scan sends no more`
    : null;
}
