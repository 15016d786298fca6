/** What `explain` writes: one pair, step by step. The JSON is a contract: fields are added, never renamed. */
import type { Cause } from './cause.ts';
import type { Change } from './change.ts';
import type { Evidence, Strength } from './evidence.ts';
import type { Level } from './finding.ts';
import type { Rejection } from './observation.ts';
import type { Protocol } from './protocol.ts';
import type { Outcome, Scenario, Step } from './verdict.ts';

/** Steps of a connection with SQL Server, in their order. */
export const HANDSHAKE = [
  'tcp',
  'prelogin',
  'version',
  'cipher-suite',
  'certificate',
  'key-exchange',
  'finished',
] as const;

export interface ExplainedStep {
  readonly step: (typeof HANDSHAKE)[number];
  /** What each side brings to it. */
  readonly client: string;
  readonly server: string;
  readonly result: 'passes' | 'dies' | 'may-die' | 'unknown' | 'not-reached';
  /** What they agree on, or why it ends here; `null` where there is nothing to say. */
  readonly detail: string | null;
  readonly evidence: readonly Evidence[];
}

/** One way the client could be meant, in brief. */
export interface ExplainedCase {
  readonly label: string;
  readonly condition: string | null;
  readonly outcome: Outcome;
  readonly protocol: Protocol | null;
  readonly suite: string | null;
  readonly step: Step | null;
  readonly cause: Cause | null;
  readonly reason: string;
}

export interface ExplainedPair {
  readonly client: string;
  readonly target: string;
  readonly when: 'current' | 'planned';
  /** ISO date from which a plan counts. */
  readonly from: string | null;
  readonly outcome: Outcome;
  readonly protocol: Protocol | null;
  readonly suite: string | null;
  readonly step: Step | null;
  readonly scenario: Scenario | null;
  readonly cause: Cause | null;
  readonly confidence: Strength;
  readonly understood: {
    readonly driver: string | null;
    /** Catalog id, as in the declarations of `check`. */
    readonly driverId: string | null;
    readonly version: string | null;
    /** The TLS stack, or all that could be meant. */
    readonly stack: string | null;
    /** Catalog ids of those. */
    readonly stackIds: readonly string[];
    readonly product: string | null;
    readonly build: string | null;
    readonly os: string | null;
    readonly certificate: string | null;
    readonly encrypt: string | null;
    readonly trustServerCertificate: boolean | null;
  };
  /** What was written and means nothing here, each with what may have been meant. */
  readonly notUnderstood: readonly string[];
  readonly reason: string;
  /** `null` where nothing has to be done, and where no rule knows a cure. */
  readonly fix: string | null;
  readonly changes: readonly Change[];
  /** The rule that says the same in `check`. */
  readonly rule: string | null;
  readonly helpUri: string | null;
  /** The case that `steps` are about: the worst. */
  readonly steppedThrough: string | null;
  readonly steps: readonly ExplainedStep[];
  readonly cases: readonly ExplainedCase[];
  /** Where the server's system is not said: how it ends on each that it could run on. */
  readonly systems: readonly {
    readonly os: string;
    readonly outcome: Outcome;
    readonly protocol: Protocol | null;
    readonly suite: string | null;
    readonly reason: string;
  }[];
  /** What a network trace shows where it dies. */
  readonly wire: {
    readonly by: 'client' | 'server';
    readonly how: Rejection;
    readonly alert: number | null;
    readonly words: string;
  } | null;
  /** What the application shows. */
  readonly error: { readonly text: string; readonly source: string } | null;
  /** What else `check` would say of this pair. */
  readonly advice: readonly {
    readonly rule: string;
    readonly level: Level;
    readonly message: string;
    readonly fix: string;
  }[];
  readonly sources: readonly string[];
}

export interface PairExplanation {
  readonly schemaVersion: 1;
  readonly pair: ExplainedPair;
  /** The same pair as the policy plans it; `null` without a plan. */
  readonly planned: ExplainedPair | null;
}

export interface ExplainedRule {
  readonly id: string;
  readonly scenario: Scenario | null;
  readonly level: Level;
  readonly title: string;
  readonly why: string;
  readonly helpUri: string;
}

export interface RuleExplanation {
  readonly schemaVersion: 1;
  readonly rule: ExplainedRule;
}

export interface RuleList {
  readonly schemaVersion: 1;
  readonly rules: readonly ExplainedRule[];
}
