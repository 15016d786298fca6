import type { Level } from '../model/finding.ts';
import { NEVER_IN_SCHANNEL, signatureIsOffered, WEAK_HASHES } from '../tls/certificate-rules.ts';
import { clientWords, type JudgedPair, type JudgedTarget, levelOf, opening, type Rule } from './rule.ts';

/** Scenario 4: the server certificate is signed with a hash that peers do not list. Self-signed ones are exempt. */
export const weakCertificateHash: Rule = {
  meta: {
    id: 'weak-certificate-hash',
    scenario: 4,
    level: 'error',
    title: 'Weak or unsupported certificate hash',
    why: "Scenario 4 of Microsoft's article. In TLS 1.2 a client lists the hashes it takes in signatures. Schannel never lists MD5 or SHA-224, and SHA-512 only on newer Windows; current OpenSSL, Node, Go, rustls and JDK builds no longer list SHA-1. A certificate signed with a hash that is not listed ends the handshake. Certificates that SQL Server makes for itself are exempt, but for one case: on Windows Server 2012 R2 and older the server hangs up when the hello does not list the SHA-1 of the certificate that SQL Server 2016 and older made.",
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgeTarget(judged) {
    const { target, server, pairs } = judged;
    const certificate = server.certificate;
    if (!certificate || !isWeak(judged)) return [];
    const { signatureHash, subject } = certificate.value;
    const level = targetLevel(judged);
    const lost = pairs.filter(({ verdict, when }) => when === 'current' && verdict.step === 'certificate');
    const who =
      lost.length > 0 ? ` ${lost.map(({ client }) => client.name).join(', ')} will not get past it.` : '';
    return [
      {
        span: target.span,
        level,
        message: `The certificate of ${target.name} (${subject}) is signed with ${signatureHash}: in TLS 1.2, Windows that does not list this hash drops the handshake.${who}`,
        fix: 'Replace it by a certificate signed with SHA-256 (RSA 2048 or more, KeySpec AT_KEYEXCHANGE) and restart SQL Server.',
        client: null,
        target: target.name,
        evidence: [certificate.evidence],
        about: `${signatureHash}`,
      },
    ];
  },
  judgePair(pair) {
    const { client, target, verdict, server } = pair;
    if (verdict.scenario !== 4) return [];
    // The target's own finding already says it, once for all clients.
    if (pair.when === 'current' && isWeak({ server })) return [];
    return [
      {
        span: client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} and ${target.name} fail over the certificate's signature: ${verdict.reason}.`,
        fix: FIXES[verdict.cause === 'sha1-fallback-certificate' ? 'own' : 'given'](target.name),
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: `${verdict.outcome} ${pair.when}`,
      },
    ];
  },
};

/** On the client only the security level may go down, never the lowest version. */
const FIXES = {
  own: (name: string) =>
    `Give ${name} a certificate signed with SHA-256 (RSA 2048 or more, KeySpec AT_KEYEXCHANGE) and restart SQL Server. Until then a client on OpenSSL can list SHA-1 again with SECLEVEL=1 (0 for OpenSSL 3) and MinProtocol = TLSv1.2.`,
  given: (name: string) => `Provision a SHA-256 certificate on ${name}.`,
};

function isWeak({ server }: Pick<JudgedTarget, 'server'>): boolean {
  const certificate = server.certificate?.value;
  return (
    !!certificate &&
    !certificate.selfSigned &&
    certificate.signatureHash !== null &&
    WEAK_HASHES.includes(certificate.signatureHash)
  );
}

/** SHA-512 is a warning only where both sides are known to list it: Windows 10 or later, or not Windows. */
function targetLevel({ server, pairs }: JudgedTarget): Level {
  const certificate = server.certificate?.value;
  if (
    !certificate ||
    (certificate.signatureHash !== null && NEVER_IN_SCHANNEL.includes(certificate.signatureHash))
  )
    return 'error';
  const offered = (pair: JudgedPair) =>
    pair.cases.every(
      ({ of }) => of.hello !== null && signatureIsOffered(certificate, of.hello.signatureAlgorithms) === true,
    );
  return server.os !== undefined && pairs.length > 0 && pairs.every(offered) ? 'warning' : 'error';
}
