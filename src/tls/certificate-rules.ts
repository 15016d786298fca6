/**
 * Scenario 4: in TLS 1.2 a peer drops a certificate whose signature is not in its `signature_algorithms`
 * (RFC 5246 §7.4.2 and §7.4.1.4.1). Schannel lists neither MD5 nor SHA-224, and SHA-512 only after KB2973337.
 */
import type { CertificateFacts, SignatureHash } from '../model/certificate.ts';

/** Hashes that Microsoft's article names for scenario 4. */
export const WEAK_HASHES: readonly SignatureHash[] = ['MD5', 'SHA-224', 'SHA-512'];

/** Article and tls-stacks notes: no Schannel ever listed these. */
export const NEVER_IN_SCHANNEL: readonly SignatureHash[] = ['MD5', 'SHA-224'];

const SCHEME_HASH: Readonly<Record<SignatureHash, string | null>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  none: null,
};

/** Does a client's list hold the hash? `null` when it cannot be told: an unknown hash, or a hello without the extension. */
export function hashIsListed(
  hash: SignatureHash | null,
  signatureAlgorithms: readonly string[],
): boolean | null {
  const name = hash === null ? null : SCHEME_HASH[hash];
  if (name === null || signatureAlgorithms.length === 0) return null;
  return signatureAlgorithms.some((scheme) => scheme.endsWith(`_${name}`));
}

/**
 * Would a client take the certificate's signature? A self-signed certificate's own proves nothing to it, and those that
 * SQL Server makes for itself are exempt by the article.
 */
export function signatureIsOffered(
  certificate: Pick<CertificateFacts, 'selfSigned' | 'signatureHash'>,
  signatureAlgorithms: readonly string[],
): boolean | null {
  return certificate.selfSigned || hashIsListed(certificate.signatureHash, signatureAlgorithms);
}
