/** Hash of a certificate's signature, by the OID in its DER (RFC 8017, RFC 5758). */
export type SignatureHash = 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'none';

/** What a certificate as sent by a server says of itself. */
export interface CertificateFacts {
  /** Of X.509: 1, or 3 where there are extensions. */
  readonly version: number;
  /** Hexadecimal, upper case; with a minus sign where it is negative. */
  readonly serialNumber: string;
  /** SHA-256 of the DER, hexadecimal, upper case; `null` for a lab server's, whose key is another in each process. */
  readonly fingerprint: string | null;
  readonly subject: string;
  /** The last CN of the subject, unescaped. */
  readonly commonName: string | null;
  readonly issuer: string;
  /** Of every kind. */
  readonly subjectAltNames: readonly string[];
  /** `dNSName` alone, as written. */
  readonly dnsNames: readonly string[];
  /** `iPAddress` alone; IPv6 as RFC 5952 writes it. */
  readonly ipAddresses: readonly string[];
  /** Object identifier of the signature algorithm, e.g. `1.2.840.113549.1.1.13`. */
  readonly signatureOid: string;
  /** `null` when the OID is not in the table. */
  readonly signatureHash: SignatureHash | null;
  readonly keyType: 'RSA' | 'ECDSA' | 'DSA' | 'Ed25519' | 'Ed448' | 'unknown';
  readonly keyBits: number | null;
  /** Named group of an ECDSA key, as TLS calls it (`secp256r1`); OpenSSL's name where TLS has none. */
  readonly curve: string | null;
  /** RFC 5280 §4.2.1.3 names, e.g. `keyEncipherment`; `null`: no such extension, so no limit. */
  readonly keyUsage: readonly string[] | null;
  /** RFC 5280 §4.2.1.12 names, e.g. `serverAuth`, else object identifiers; `null`: no such extension. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** cA of basicConstraints, RFC 5280 §4.2.1.9; `null`: no such extension. */
  readonly ca: boolean | null;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Issuer equals subject and the signature verifies with the certificate's own key. */
  readonly selfSigned: boolean;
  /** SQL Server's own auto-generated certificate, `CN=SSL_Self_Signed_Fallback`. */
  readonly sqlServerFallback: boolean;
  readonly serialNegative: boolean;
}

/** Lab servers have a new key in each process, and reports must be the same on every run. */
export const withoutFingerprint = (certificate: CertificateFacts): CertificateFacts => ({
  ...certificate,
  fingerprint: null,
});
