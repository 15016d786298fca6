/** Hash of a certificate's signature, by the OID in its DER (RFC 8017, RFC 5758). */
export type SignatureHash = 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'none';

/** What a certificate as sent by a server says of itself. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectAltNames: readonly string[];
  /** Object identifier of the signature algorithm, e.g. `1.2.840.113549.1.1.13`. */
  readonly signatureOid: string;
  /** `null` when the OID is not in the table. */
  readonly signatureHash: SignatureHash | null;
  readonly keyType: 'RSA' | 'ECDSA' | 'DSA' | 'Ed25519' | 'Ed448' | 'unknown';
  readonly keyBits: number | null;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Issuer equals subject and the signature verifies with the certificate's own key. */
  readonly selfSigned: boolean;
  /** SQL Server's own auto-generated certificate, `CN=SSL_Self_Signed_Fallback`. */
  readonly sqlServerFallback: boolean;
  readonly serialNegative: boolean;
}
