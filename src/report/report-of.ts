/** The stages' results, flattened into the JSON contract. */
import { withoutFingerprint } from '../model/certificate.ts';
import type {
  CheckReport,
  DeclarationResult,
  NotChecked,
  PairResult,
  TargetResult,
} from '../model/check-report.ts';
import { formatEndpoint } from '../model/connection.ts';
import type { Declaration, TlsPolicyDeclaration } from '../model/declaration.ts';
import type { Finding } from '../model/finding.ts';
import type { EnumeratedSuites, HelloAnswer, Observation } from '../model/observation.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Remedy } from '../model/remedy.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import { formatAddress, type Target, type When } from '../model/target.ts';
import type { Verdict } from '../model/verdict.ts';

export interface Results {
  readonly findings: readonly Finding[];
  readonly pairs: readonly {
    readonly client: { readonly name: string };
    readonly target: { readonly name: string };
    readonly when: When;
    readonly from: string | null;
    readonly verdict: Verdict;
  }[];
  readonly remedies: readonly Remedy[];
  readonly targets: readonly { readonly target: Target; readonly server: ServerProfile }[];
  /** What was seen on the wire, by target name. */
  readonly observations: ReadonlyMap<string, Observation>;
  readonly declarations: readonly Declaration[];
  readonly notChecked: readonly NotChecked[];
}

export function reportOf(results: Results): CheckReport {
  return {
    schemaVersion: 1,
    findings: results.findings,
    pairs: results.pairs.map(pairResult),
    remedies: results.remedies,
    targets: results.targets.map(({ target, server }) =>
      targetResult(target, server, results.observations.get(target.name) ?? null),
    ),
    declarations: results.declarations.map(declarationResult),
    notChecked: results.notChecked,
  };
}

function pairResult({ client, target, when, from, verdict }: Results['pairs'][number]): PairResult {
  const { outcome, protocol, suite, step, scenario, rejection, confidence, reason } = verdict;
  return {
    client: client.name,
    target: target.name,
    when,
    from: when === 'planned' ? from : null,
    outcome,
    protocol,
    suite,
    step,
    scenario,
    rejection,
    confidence,
    reason,
  };
}

function targetResult(target: Target, server: ServerProfile, seen: Observation | null): TargetResult {
  return {
    name: target.name,
    endpoint: formatAddress(target.address, formatEndpoint),
    origin: target.origin,
    probed: seen !== null,
    product: server.product?.value ?? null,
    prelogin:
      seen?.prelogin.state === 'answered'
        ? { version: seen.prelogin.version, encryption: seen.prelogin.encryption }
        : null,
    strict: server.strict?.value ?? null,
    protocols: (seen?.protocols ?? []).map(({ version, answer }) => ({
      version,
      ...answerFields(version, answer),
      ...(seen?.enumerated?.version === version && enumeratedFields(seen.enumerated)),
    })),
    certificate: leafOf(target, seen),
    login: seen?.login ?? null,
    connections: seen?.connections ?? 0,
    milliseconds: seen?.milliseconds ?? 0,
  };
}

function leafOf({ address }: Target, seen: Observation | null): TargetResult['certificate'] {
  const leaf = seen?.certificates[0] ?? null;
  return leaf && address.kind === 'lab' ? withoutFingerprint(leaf) : leaf;
}

/** Where nothing was enumerated `suites` holds the one suite that a broad hello was answered with, and there is no order. */
function answerFields(
  version: Protocol,
  answer: HelloAnswer,
): Omit<TargetResult['protocols'][number], 'version'> {
  const { state } = answer;
  const none = { rejection: null, alert: null, suites: [], order: null, groups: [] };
  if (answer.state === 'rejected')
    return { ...none, state, rejection: answer.rejection, alert: answer.alert };
  if (answer.state === 'no-answer') return { ...none, state };
  // An answer in another version is a polite no to this one.
  if (answer.protocol !== version) return { ...none, state: 'rejected' };
  return { ...none, state, suites: [answer.suite], groups: answer.group === null ? [] : [answer.group] };
}

const enumeratedFields = ({ names, order }: EnumeratedSuites) => ({ suites: names, order });

export function declarationResult(declaration: Declaration): DeclarationResult {
  const { kind, span, text } = declaration;
  const { file, line, column, endLine, endColumn } = span;
  return { kind, file, line, column, endLine, endColumn, text, ...detailsOf(declaration) };
}

function detailsOf(declaration: Declaration): Record<string, string | number | boolean | null> {
  switch (declaration.kind) {
    case 'driver':
      return {
        driver: declaration.driver,
        package: declaration.package,
        ecosystem: declaration.ecosystem,
        version: declaration.version,
        role: declaration.role,
      };
    case 'connection':
      return {
        grammar: declaration.grammar,
        driver: declaration.names?.name ?? null,
        host: declaration.endpoint?.host ?? null,
        port: declaration.endpoint?.port ?? null,
        instance: declaration.endpoint?.instance ?? null,
        encrypt: declaration.encrypt?.value ?? null,
        trustServerCertificate: declaration.trustServerCertificate?.value ?? null,
        hostNameInCertificate: declaration.hostNameInCertificate?.value ?? null,
        ambiguous: declaration.ambiguous,
      };
    case 'server':
      return {
        product: declaration.product,
        server: declaration.server,
        stack: declaration.stack,
        host: declaration.endpoints[0]?.host ?? null,
        port: declaration.endpoints[0]?.port ?? null,
      };
    case 'runtime':
      return {
        platform: declaration.platform,
        version: declaration.version,
        lowerBound: declaration.lowerBound,
        stack: declaration.stack,
      };
    case 'tls-policy': {
      const { configuration, side, setting, subject, value } = declaration;
      return { configuration, side, setting, subject, value: listed(value) };
    }
    case 'unreadable':
      return { reason: declaration.reason };
  }
}

function listed(value: TlsPolicyDeclaration['value']): string | number | boolean | null {
  return typeof value === 'object' ? (value?.join(', ') ?? null) : value;
}
