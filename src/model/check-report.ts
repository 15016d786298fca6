import type { CertificateFacts } from './certificate.ts';
import type { Strength } from './evidence.ts';
import type { Finding, Level } from './finding.ts';
import type { EncryptionOption, Rejection } from './observation.ts';
import type { ProbedProtocol } from './probe-report.ts';
import type { Protocol } from './protocol.ts';
import type { Remedy } from './remedy.ts';
import type { ServerLogin } from './server-evidence.ts';
import type { Place } from './span.ts';
import type { When } from './target.ts';
import type { Outcome, Scenario, Step } from './verdict.ts';

/** The verdict for one client and one target, flat. */
export interface PairResult {
  readonly client: string;
  readonly target: string;
  readonly when: When;
  /** ISO date from which a planned server counts; `null` for `current` and for a plan without a date. */
  readonly from: string | null;
  readonly outcome: Outcome;
  readonly protocol: Protocol | null;
  readonly suite: string | null;
  readonly step: Step | null;
  readonly scenario: Scenario | null;
  readonly rejection: Rejection | null;
  readonly confidence: Strength;
  readonly reason: string;
}

export interface TargetResult {
  readonly name: string;
  /** As declared: `host,port`, `host\instance` or `lab:profile`. */
  readonly endpoint: string;
  readonly origin: 'policy' | 'repository';
  /** Was it asked on the wire? */
  readonly probed: boolean;
  readonly product: string | null;
  readonly prelogin: { readonly version: string; readonly encryption: EncryptionOption } | null;
  readonly strict: boolean | null;
  /** `suites` and `groups` hold the one that a broad hello was answered with: `check` enumerates nothing. */
  readonly protocols: readonly ProbedProtocol[];
  readonly certificate: CertificateFacts | null;
  /** What a login learned; `null` when none was asked for. */
  readonly login: ServerLogin | null;
  readonly connections: number;
  readonly milliseconds: number;
}

/** A declaration as the JSON shows it; absent fields do not apply to its kind. */
export interface DeclarationResult {
  readonly kind: 'driver' | 'connection' | 'endpoint' | 'server' | 'runtime' | 'tls-policy' | 'unreadable';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
  readonly [detail: string]: string | number | boolean | null;
}

/** Something a person could believe was checked, and why it was not. */
export interface NotChecked {
  /** What: a target, a file, a pair, a policy pack. */
  readonly subject: string;
  readonly reason: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** What `check` found. This shape is the JSON contract (schema/check.schema.json): fields are added, never renamed. */
export interface CheckReport {
  readonly schemaVersion: 1;
  readonly findings: readonly Finding[];
  readonly pairs: readonly PairResult[];
  /** The smallest set of changes found that lets every client connect. */
  readonly remedies: readonly Remedy[];
  readonly targets: readonly TargetResult[];
  readonly declarations: readonly DeclarationResult[];
  readonly notChecked: readonly NotChecked[];
}

/** One line of a file as it may be shown: secrets masked. */
export interface Excerpt {
  readonly text: string;
  /** Of the marked part, in UTF-16 units of `text`; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** What reporters get beside the report itself. */
export interface ReportContext {
  readonly failOn: Level | 'never';
  /** The first line of a place; `null` when the file's text is not at hand. */
  readonly excerpt: (place: Place) => Excerpt | null;
  readonly filesRead: number;
}
