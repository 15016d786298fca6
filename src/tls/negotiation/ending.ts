/** How a negotiation ends. */
import type { Cause } from '../../model/cause.ts';
import { type Evidence, weakest } from '../../model/evidence.ts';
import type { Rejection } from '../../model/observation.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ServerProfile } from '../../model/server-profile.ts';
import type { Scenario, Step, Verdict, Wire } from '../../model/verdict.ts';

/** AlertDescription, RFC 5246 §7.2. */
export const ALERT = {
  handshakeFailure: 40,
  badCertificate: 42,
  unsupportedCertificate: 43,
  certificateExpired: 45,
  certificateUnknown: 46,
  unknownCa: 48,
  decryptError: 51,
  protocolVersion: 70,
} as const;

/** A step that both sides pass, with what they agree on; or the end. */
export type Passed<T> =
  | { readonly agreed: T; readonly evidence: readonly Evidence[] }
  | { readonly end: Verdict };

interface Death {
  readonly step: Step;
  readonly scenario?: Scenario;
  readonly cause: Cause | null;
  readonly reason: string;
  readonly rejection?: Rejection | null;
  readonly wire: Wire | null;
  readonly protocol?: Protocol;
  readonly suite?: string;
  readonly evidence: readonly Evidence[];
}

const NOTHING = {
  protocol: null,
  suite: null,
  step: null,
  scenario: null,
  cause: null,
  rejection: null,
  wire: null,
} as const;

export function fails(death: Death): Verdict {
  return { ...NOTHING, outcome: 'fails', confidence: weakest(death.evidence), ...death };
}

/** It dies so on some of what the server or the client could be. */
export function mayFail(death: Death): Verdict {
  return { ...fails(death), outcome: 'may-fail' };
}

export function connects(
  agreed: { readonly protocol: Protocol; readonly suite: string } | null,
  reason: string,
  evidence: readonly Evidence[],
): Verdict {
  return { ...NOTHING, outcome: 'connects', ...agreed, reason, confidence: weakest(evidence), evidence };
}

export function unknown(reason: string, evidence: readonly Evidence[]): Verdict {
  return { ...NOTHING, outcome: 'unknown', reason, confidence: weakest(evidence), evidence };
}

/** What the server does where it gives up: Schannel drops the connection, OpenSSL sends the alert first. */
export function serverGivesUp({ dropsSilently }: ServerProfile, alert: number): Wire {
  return dropsSilently?.value ? { by: 'server', how: 'reset', alert } : { by: 'server', how: 'alert', alert };
}

export const clientGivesUp = (alert: number): Wire => ({ by: 'client', how: 'alert', alert });

export const observed = (statement: string): Evidence => ({ strength: 'observed', statement });
export const assumed = (statement: string): Evidence => ({ strength: 'assumed', statement });
