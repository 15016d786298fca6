import type { Rejection } from './observation.ts';
import type { Protocol } from './protocol.ts';

/**
 * The Diffie-Hellman secret Z of a handshake. `ordinary`: it begins with another byte than zero. Otherwise it begins
 * with a zero byte that we strip, as RFC 5246 §8.1.2 says, or keep, as Windows without KB4537806 does.
 */
export type SharedSecret = 'ordinary' | 'zero stripped' | 'zero kept';

/** One DHE handshake that was meant to end. Three states: silence is no refusal. */
export interface DheAttempt {
  readonly secret: SharedSecret;
  /** Whether our hello offered `extended_master_secret`. */
  readonly extendedMasterSecret: boolean;
  readonly state: 'completed' | 'rejected' | 'no-answer';
  /** What the server refused: with the keys it has to do only where it is `finished`. */
  readonly at: 'prelogin' | 'hello' | 'finished' | null;
  readonly rejection: Rejection | null;
  /** AlertDescription, RFC 5246 §7.2. */
  readonly alert: number | null;
}

export type LeadingZeroVerdict = 'fixed' | 'unfixed' | 'unknown';

/** Scenario 5: does a server strip the leading zero bytes of a DHE secret? */
export interface LeadingZero {
  readonly verdict: LeadingZeroVerdict;
  /** What it rests on, or why it is not known. A sentence without its full stop. */
  readonly reason: string;
  /** What the server chose; `null` when it chose nothing. */
  readonly protocol: Protocol | null;
  readonly suite: string | null;
  /** Bits of the prime. */
  readonly dhBits: number | null;
  /** RFC 7627: did the server take it up? */
  readonly extendedMasterSecret: boolean | null;
  /**
   * The verdict for clients that do not know `extended_master_secret`: Windows updates since October 2019 treat them
   * differently (KB4528489). `null` where the first verdict holds for them as well, or is not known.
   */
  readonly withoutExtendedMasterSecret: LeadingZeroVerdict | null;
  /** In the order they were made; one TCP connection each. */
  readonly attempts: readonly DheAttempt[];
  /**
   * The server's public values in these few handshakes. About 1 in 256 begins with a zero byte, so that neither kind
   * seen is the usual thing and says nothing; it has no part in the verdict.
   */
  readonly publicValues: {
    readonly seen: number;
    readonly distinct: number;
    /** As long as the prime though the first byte is zero: this server pads. */
    readonly padded: number;
    /** Shorter than the prime: this server strips, which Schannel clients of old dislike. */
    readonly shorter: number;
  };
}

/** Of a server that there was no use to ask. */
export function unaskedLeadingZero(reason: string): LeadingZero {
  return {
    verdict: 'unknown',
    reason,
    protocol: null,
    suite: null,
    dhBits: null,
    extendedMasterSecret: null,
    withoutExtendedMasterSecret: null,
    attempts: [],
    publicValues: { seen: 0, distinct: 0, padded: 0, shorter: 0 },
  };
}
