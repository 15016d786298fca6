import type { CertificateFacts } from './certificate.ts';
import type { EncryptionOption, Rejection } from './observation.ts';
import type { Protocol } from './protocol.ts';
import type { Outcome, Scenario, Step } from './verdict.ts';

/** What one version of TLS is to a server, every suite of it. */
export interface ProbedProtocol {
  readonly version: Protocol;
  readonly state: 'accepted' | 'rejected' | 'no-answer';
  readonly rejection: Rejection | null;
  readonly alert: number | null;
  /** Every suite it takes, IANA names; in its own order of preference where `order` is `server`. */
  readonly suites: readonly string[];
  /** Whose order decides; `null` with fewer than two suites, or when it could not be told. */
  readonly order: 'server' | 'client' | null;
  /** Named groups it takes for ECDHE, in the order it prefers them. */
  readonly groups: readonly string[];
}

export interface ProbedTarget {
  /** As it was asked for. */
  readonly endpoint: string;
  readonly prelogin: { readonly version: string; readonly encryption: EncryptionOption } | null;
  /** TDS 8.0: does it take a connection that begins with TLS? `null`: it did not say. */
  readonly strict: boolean | null;
  readonly protocols: readonly ProbedProtocol[];
  /** The leaf. */
  readonly certificate: CertificateFacts | null;
  /** TCP connections opened. */
  readonly connections: number;
  readonly milliseconds: number;
  /** Who could connect, when that was asked; `null` otherwise. */
  readonly drivers: readonly SimulatedDriver[] | null;
  /** Why less is known than was asked, in a sentence; `null` when all of it is. */
  readonly reason: string | null;
}

/** What a driver's own hello got from a server, over every stack it can run on. */
export interface SimulatedDriver {
  /** Catalog id. */
  readonly driver: string;
  readonly label: string;
  readonly versions: string;
  readonly outcome: Outcome;
  readonly protocol: Protocol | null;
  readonly suite: string | null;
  readonly step: Step | null;
  readonly scenario: Scenario | null;
  readonly reason: string;
}

/** What `probe` found. This shape is the JSON contract: fields are added, never renamed. */
export interface ProbeReport {
  readonly schemaVersion: 1;
  readonly targets: readonly ProbedTarget[];
}
