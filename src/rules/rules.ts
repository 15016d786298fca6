/** Every rule, and findings from what they judge. */
import { createHash } from 'node:crypto';
import { type Strength, weakest } from '../model/evidence.ts';
import type { Finding, Level } from '../model/finding.ts';
import type { Remark } from '../model/remark.ts';
import { certificateExpiring } from './certificate-expiring.ts';
import { certificateNameMismatch } from './certificate-name-mismatch.ts';
import { certificateNotTrusted } from './certificate-not-trusted.ts';
import { certificateRefused } from './certificate-refused.ts';
import { clearTextLogin } from './clear-text-login.ts';
import { clientProtocolDisabled } from './client-protocol-disabled.ts';
import { driverEndOfSupport } from './driver-end-of-support.ts';
import { driverVersionUnknown } from './driver-version-unknown.ts';
import { encryptDefaultChanges } from './encrypt-default-changes.ts';
import { encryptionNotAvailable } from './encryption-not-available.ts';
import { encryptionOptional } from './encryption-optional.ts';
import { keyTooShort } from './key-too-short.ts';
import { legacyProtocolAccepted } from './legacy-protocol-accepted.ts';
import { type MergedDraft, merged } from './merged.ts';
import { passwordInRepository } from './password-in-repository.ts';
import { policyRequirement } from './policy-requirement.ts';
import { replicasDisagree } from './replicas-disagree.ts';
import { rsaKeyExchangeDisabled } from './rsa-key-exchange-disabled.ts';
import type { JudgedRepository, Rule, RuleMeta } from './rule.ts';
import { noCommonProtocol } from './scenario-1-no-common-protocol.ts';
import { noCommonCipherSuite } from './scenario-2-no-common-cipher-suite.ts';
import { dheEnabled } from './scenario-3-dhe-enabled.ts';
import { weakCertificateHash } from './scenario-4-weak-certificate-hash.ts';
import { dheLeadingZero } from './scenario-5-dhe-leading-zero.ts';
import { tcpHandshakeTimeout } from './scenario-6-tcp-handshake-timeout.ts';
import { schannelKeyIgnored } from './schannel-key-ignored.ts';
import { serverCertificateNotValidated } from './server-certificate-not-validated.ts';
import { serverDiffersFromPolicy } from './server-differs-from-policy.ts';
import { serverEndOfSupport } from './server-end-of-support.ts';
import { ssisRetainConnection } from './ssis-retain-connection.ts';
import { strictBecomesTrue } from './strict-becomes-true.ts';
import { strictNotSupported } from './strict-not-supported.ts';
import { strictRequired } from './strict-required.ts';
import { SUPPRESSION_RULES } from './suppressions.ts';
import { unreadable } from './unreadable.ts';
import { weakenedTlsPolicy } from './weakened-tls-policy.ts';

export const RULES: readonly Rule[] = [
  noCommonProtocol,
  noCommonCipherSuite,
  dheEnabled,
  weakCertificateHash,
  dheLeadingZero,
  tcpHandshakeTimeout,
  strictNotSupported,
  encryptionNotAvailable,
  strictRequired,
  strictBecomesTrue,
  encryptionOptional,
  encryptDefaultChanges,
  clearTextLogin,
  serverCertificateNotValidated,
  certificateNotTrusted,
  certificateNameMismatch,
  certificateRefused,
  certificateExpiring,
  keyTooShort,
  legacyProtocolAccepted,
  passwordInRepository,
  driverEndOfSupport,
  serverEndOfSupport,
  replicasDisagree,
  clientProtocolDisabled,
  rsaKeyExchangeDisabled,
  ssisRetainConnection,
  schannelKeyIgnored,
  weakenedTlsPolicy,
  driverVersionUnknown,
  serverDiffersFromPolicy,
  policyRequirement,
  unreadable,
  ...SUPPRESSION_RULES,
];

/** Findings of every rule, in the order of files and lines. A plan that fails as today does is not said twice. */
export function applyRules(judged: JudgedRepository): readonly Finding[] {
  const findings = RULES.flatMap((rule) => {
    const current = judged.pairs
      .filter(({ when }) => when === 'current')
      .flatMap((pair) => rule.judgePair?.(pair) ?? []);
    const planned = judged.pairs
      .filter(({ when }) => when === 'planned')
      .flatMap((pair) => rule.judgePair?.(pair) ?? []);
    const fails = new Set(current.map(({ client, target }) => `${client}\n${target}`));
    const drafts = [
      ...current,
      ...planned.filter(({ client, target }) => !fails.has(`${client}\n${target}`)),
      ...judged.targets.flatMap((target) => rule.judgeTarget?.(target) ?? []),
      ...judged.clients.flatMap((client) => rule.judgeClient?.(client) ?? []),
      ...(rule.judgeRepository?.(judged) ?? []),
    ];
    return merged(drafts, judged.clients).map((draft) => finding(rule.meta, draft));
  });
  return distinctFingerprints(findings.sort(byPlace));
}

/** What is to say of suppressions, as findings. */
export function remarkFindings(remarks: readonly Remark[]): readonly Finding[] {
  const findings = remarks.flatMap(({ rule, span, ...words }) => {
    const meta = RULES.find(({ meta }) => meta.id === rule)?.meta;
    const statement = words.message;
    const evidence = [{ strength: 'declared', statement, span } as const];
    return meta ? [finding(meta, { ...words, span, client: null, target: null, evidence, alsoAt: [] })] : [];
  });
  return distinctFingerprints(findings.sort(byPlace));
}

/** Every rule's findings together, as a report shows them. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(byPlace);
}

function finding(meta: RuleMeta, draft: MergedDraft): Finding {
  const { span, evidence } = draft;
  const confidence = weakest(evidence);
  return {
    rule: meta.id,
    scenario: meta.scenario,
    level: sure(draft.level ?? meta.level, confidence),
    confidence,
    file: span.file,
    line: span.line,
    column: span.column,
    endLine: span.endLine,
    endColumn: span.endColumn,
    message: draft.message,
    fix: draft.fix,
    changes: draft.changes ?? [],
    helpUri: meta.helpUri,
    client: draft.client,
    target: draft.target,
    evidence,
    fingerprint: fingerprint([meta.id, span.file, withoutLine(draft.client), draft.target, draft.about]),
    alsoAt: draft.alsoAt.map(({ start: _, end: __, ...place }) => place),
    suppressed: null,
  };
}

/** What is only supposed is no error. */
const sure = (level: Level, confidence: Strength): Level =>
  level === 'error' && confidence === 'assumed' ? 'warning' : level;

/** 16 hexadecimal digits of SHA-256 over the parts: the same finding on another line keeps its fingerprint. */
function fingerprint(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Clients of one folder are told apart by the line of their strings: `app [db.config:12]`. */
const withoutLine = (client: string | null) => client?.replace(/:\d+\]$/, ']') ?? null;

/** The second of two equal findings in one file (the same string twice), in the order of the file, is another one. */
function distinctFingerprints(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return findings.map((one) => {
    const nth = (seen.get(one.fingerprint) ?? 0) + 1;
    seen.set(one.fingerprint, nth);
    return nth === 1 ? one : { ...one, fingerprint: fingerprint([one.fingerprint, String(nth)]) };
  });
}

function byPlace(one: Finding, other: Finding): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column || (one.rule < other.rule ? -1 : 1);
}
