/** The server's certificate: whether the server sends it at all, and whether the client takes it. */
import type { Cause } from '../../model/cause.ts';
import type { CertificateFacts } from '../../model/certificate.ts';
import type { Evidence, Fact } from '../../model/evidence.ts';
import type { ClientHelloProfile } from '../../model/hello.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ServerProfile } from '../../model/server-profile.ts';
import type { Verdict } from '../../model/verdict.ts';
import { certificateNames } from '../certificate-names.ts';
import { hashIsListed, signatureIsOffered } from '../certificate-rules.ts';
import { ALERT, assumed, clientGivesUp, fails, mayFail, serverGivesUp } from './ending.ts';
import type { Offer, Validation } from './offer.ts';

interface Agreed {
  readonly protocol: Protocol;
  readonly suite: string;
}

/**
 * Windows Server 2012 R2 and older closes where the hello does not list the hash of its certificate; of a certificate that
 * SQL Server made for itself too. `null`: it goes on.
 */
export function serverCertificateStep(
  protocol: Protocol,
  hello: ClientHelloProfile,
  server: ServerProfile,
  before: readonly Evidence[],
): Verdict | null {
  const { refusesUnlistedHash, certificate, fallbackHash } = server;
  if (!refusesUnlistedHash?.value || protocol !== 'TLS 1.2') return null;
  const evidence = [...before, refusesUnlistedHash.evidence];
  const wire = serverGivesUp(server, ALERT.handshakeFailure);
  if (certificate) {
    const { signatureHash } = certificate.value;
    if (hashIsListed(signatureHash, hello.signatureAlgorithms) !== false) return null;
    return fails({
      step: 'certificate',
      scenario: 4,
      cause: unlistedCause(certificate.value),
      reason: `the client does not list the ${signatureHash} that the server's certificate is signed with, and this Windows then closes`,
      wire,
      protocol,
      evidence: [...evidence, certificate.evidence],
    });
  }
  if (!fallbackHash || hashIsListed(fallbackHash.value, hello.signatureAlgorithms) !== false) return null;
  return mayFail({
    step: 'certificate',
    scenario: 4,
    cause: 'sha1-fallback-certificate',
    reason: `unless someone gave the server a certificate it has one of its own, signed with ${fallbackHash.value}, which the client does not list, and this Windows then closes`,
    wire,
    protocol,
    evidence: [...evidence, fallbackHash.evidence, assumed('nobody gave the server a certificate')],
  });
}

export function unlistedCause({ sqlServerFallback, signatureHash }: CertificateFacts): Cause {
  return sqlServerFallback && signatureHash === 'SHA-1' ? 'sha1-fallback-certificate' : 'certificate-hash';
}

/** What the client holds against the certificate it got; `null`: nothing that is known. */
export function clientCertificateStep(
  agreed: Agreed,
  hello: ClientHelloProfile,
  offer: Offer,
  certificate: Fact<CertificateFacts> | undefined,
  before: readonly Evidence[],
): Verdict | null {
  if (!certificate) return null;
  const { limits, validation } = offer;
  const facts = certificate.value;
  const evidence = [...before, certificate.evidence, ...(validation?.evidence ?? [])];
  const looks = validation !== null || limits.unlistedHash === 'refused';
  for (const objection of OBJECTIONS) {
    const found = objection({ facts, hello, limits, validation, looks, protocol: agreed.protocol });
    if (!found) continue;
    const { cause, alert, reason, scenario, unsure } = found;
    const death = {
      step: 'certificate' as const,
      ...(scenario && { scenario }),
      cause,
      reason,
      wire: clientGivesUp(alert),
      ...agreed,
      evidence: unsure === undefined ? evidence : [...evidence, assumed(unsure)],
    };
    return unsure === undefined ? fails(death) : mayFail(death);
  }
  return null;
}

interface Presented {
  readonly facts: CertificateFacts;
  readonly hello: ClientHelloProfile;
  readonly limits: Offer['limits'];
  readonly validation: Validation | null;
  /** It looks at the certificate itself, beside the names and who issued it. */
  readonly looks: boolean;
  readonly protocol: Protocol;
}

interface Objection {
  readonly cause: Cause;
  readonly alert: number;
  readonly reason: string;
  readonly scenario?: 4;
  /** What must be so for it to count. */
  readonly unsure?: string;
}

const OBJECTIONS: readonly ((presented: Presented) => Objection | null)[] = [
  ({ facts: { serialNegative }, limits }) =>
    serialNegative && limits.refusesNegativeSerial
      ? {
          cause: 'negative-serial-number',
          alert: ALERT.badCertificate,
          reason:
            'the serial number of the certificate is negative, and this client refuses such a certificate, trusted or not',
        }
      : null,
  ({ facts: { version }, limits }) =>
    version < 3 && limits.refusesX509v1
      ? {
          cause: 'x509-version',
          alert: ALERT.unsupportedCertificate,
          reason: `the certificate is of X.509 version ${version}, and this client takes version 3 alone, trusted or not`,
        }
      : null,
  ({ facts, hello, limits, looks, protocol }) =>
    looks &&
    limits.unlistedHash !== 'taken' &&
    protocol === 'TLS 1.2' &&
    signatureIsOffered(facts, hello.signatureAlgorithms) === false
      ? {
          cause: 'certificate-hash',
          alert: ALERT.unsupportedCertificate,
          scenario: 4,
          reason: `the server certificate is signed with ${facts.signatureHash}, which is not among the signature algorithms of this client`,
        }
      : null,
  ({ facts: { keyType, keyBits }, limits: { minRsaBits }, looks }) =>
    looks && keyType === 'RSA' && keyBits !== null && minRsaBits !== null && keyBits < minRsaBits
      ? {
          cause: 'certificate-key-size',
          alert: ALERT.badCertificate,
          reason: `the certificate's RSA key has ${keyBits} bits; this client takes ${minRsaBits} or more`,
        }
      : null,
  ({ facts, validation }) => (validation ? untrusted(facts, validation) : null),
  ({ facts: { notBefore, notAfter }, validation }) =>
    validation &&
    (notAfter.slice(0, 10) < validation.at.slice(0, 10) ||
      notBefore.slice(0, 10) > validation.at.slice(0, 10))
      ? {
          cause: 'certificate-expired',
          alert: ALERT.certificateExpired,
          reason:
            notAfter < validation.at
              ? `the certificate expired on ${notAfter.slice(0, 10)}`
              : `the certificate is valid from ${notBefore.slice(0, 10)} only`,
        }
      : null,
  ({ facts, validation }) =>
    validation?.host != null && !certificateNames(facts, validation.host)
      ? {
          cause: 'certificate-name',
          alert: ALERT.certificateUnknown,
          reason: `the certificate does not name ${validation.host}`,
        }
      : null,
];

function untrusted(
  { selfSigned, sqlServerFallback }: CertificateFacts,
  { trusted }: Validation,
): Objection | null {
  if (trusted === true) return null;
  const objection = { cause: 'certificate-not-trusted', alert: ALERT.unknownCa } as const;
  if (sqlServerFallback)
    return {
      ...objection,
      reason:
        'the client validates the certificate, and the one that SQL Server makes for itself at each start is trusted by nobody',
    };
  if (trusted === false)
    return { ...objection, reason: 'the client does not trust who issued the certificate' };
  return selfSigned
    ? {
        ...objection,
        reason: 'the client validates the certificate, which is self-signed',
        unsure: 'nobody made the client trust this certificate',
      }
    : null;
}
