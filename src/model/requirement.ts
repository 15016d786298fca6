import type { SignatureHash } from './certificate.ts';
import type { EncryptMode } from './connection.ts';
import type { Level } from './finding.ts';
import type { Protocol } from './protocol.ts';

/** What one row of a policy pack asks for; what it does not name it does not judge. */
export interface Demand {
  /** Nothing older may be negotiated. */
  readonly minProtocol?: Protocol;
  /** IANA names; no others. */
  readonly allowedSuites?: readonly string[];
  /** IANA names. */
  readonly forbiddenSuites?: readonly string[];
  /** Named groups as TLS calls them; no others. */
  readonly allowedGroups?: readonly string[];
  /** Of a certificate's RSA key. */
  readonly minRsaBits?: number;
  /** Of a certificate's ECDSA key. */
  readonly minEcBits?: number;
  /** Of the TLS_DHE prime. */
  readonly minDhBits?: number;
  /** Of a certificate's signature. */
  readonly forbiddenHashes?: readonly SignatureHash[];
  readonly encrypt?: readonly EncryptMode[];
  readonly trustServerCertificate?: false;
}

/** A row together with where it comes from. */
export interface Requirement extends Demand {
  /** e.g. `nist-sp-800-52r2`. */
  readonly pack: string;
  /** Of the document, e.g. `§3.1`. */
  readonly section: string;
  /** Link to the document. */
  readonly source: string;
  /** When it is not the rule's default. */
  readonly level?: Level;
}
