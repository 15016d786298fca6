import type { Cause } from './cause.ts';
import type { Evidence, Strength } from './evidence.ts';
import type { Rejection } from './observation.ts';
import type { Protocol } from './protocol.ts';

export type Outcome = 'connects' | 'fails' | 'may-fail' | 'unknown';

/** Where in the connection it is decided, in the order SQL Server meets them. */
export type Step =
  | 'tcp'
  | 'strict'
  | 'encryption'
  | 'protocol'
  | 'cipher-suite'
  | 'certificate'
  | 'handshake';

/** Number of the scenario in Microsoft's 10054 article. */
export type Scenario = 1 | 2 | 3 | 4 | 5 | 6;

/** What would be seen on the wire where it dies. */
export interface Wire {
  /** Who gives up. */
  readonly by: 'client' | 'server';
  readonly how: Rejection;
  /** AlertDescription of RFC 5246 §7.2; `null` when there is no alert. */
  readonly alert: number | null;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly protocol: Protocol | null;
  /** IANA name of the suite that would be used. */
  readonly suite: string | null;
  /** The step at which the connection dies, for `fails` and `may-fail`. */
  readonly step: Step | null;
  readonly scenario: Scenario | null;
  /** `null` where it connects, and where an answer was seen whose reason is not known. */
  readonly cause: Cause | null;
  /** One sentence in terms of what both sides have. */
  readonly reason: string;
  /** How the server said no, when it was seen. */
  readonly rejection: Rejection | null;
  /** What the model says would be seen; `null` where it connects or is unknown. */
  readonly wire: Wire | null;
  readonly confidence: Strength;
  readonly evidence: readonly Evidence[];
}
