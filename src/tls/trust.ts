/**
 * Does a chain lead to a trusted root? Path building as RFC 4158 describes it, of as much of RFC 5280 §6 as private CAs use:
 * names, signatures, validity, cA and keyCertSign. Not looked at: revocation, name constraints, path lengths, policies, the
 * purposes of CAs.
 */
import { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../model/certificate.ts';
import type { Trust, TrustState } from '../model/certificate-checks.ts';
import { decodeCertificate } from './certificate.ts';

/** More are not looked at. */
export const MAX_SENT = 20;
/** Certificates from the leaf to the root. */
export const MAX_DEPTH = 10;
/** Signatures checked for one chain: certificates with equal names could branch without end. */
const MAX_SIGNATURES = 100;

/** From the best to the worst; of several ways to a root the best one counts. */
const RANKS: readonly TrustState[] = [
  'trusted',
  'expired',
  'not-yet-valid',
  'issuer-no-ca',
  'self-signed',
  'unknown-issuer',
  'broken',
];

interface Certificate {
  readonly x509: X509Certificate;
  readonly facts: CertificateFacts;
}

/**
 * `chain`: DER as sent, the leaf first; the rest may stand in any order and hold what does not belong. `roots`: a certificate
 * among them ends the way, whoever signed it. `at`: ISO 8601, UTC.
 */
export function judgeTrust(
  chain: readonly Uint8Array[],
  roots: readonly X509Certificate[],
  at: string,
): Trust {
  const [leaf, ...others] = chain.slice(0, MAX_SENT).flatMap((der) => certificateOf(() => read(der)));
  const first = chain[0];
  if (!leaf || !first || !leaf.x509.raw.equals(first)) {
    return { state: 'broken', reason: 'the server sent no certificate that can be read' };
  }
  const anchors = new Set(roots.map(({ fingerprint256 }) => fingerprint256));
  const sent = others.filter(({ x509 }) => !anchors.has(x509.fingerprint256));
  let signatures = 0;

  function walk(path: readonly Certificate[]): Trust {
    const last = path.at(-1) ?? leaf;
    if (!last) return unknown(path);
    if (anchors.has(last.x509.fingerprint256)) return judgePath(path, at);
    if (path.length >= MAX_DEPTH) {
      return { state: 'broken', reason: `after ${MAX_DEPTH} certificates there is no end to its chain` };
    }
    if (last.facts.selfSigned) return unknown(path);
    const issuers = [...issuersOf(last, roots), ...sent].filter(
      (one) => one.x509.subject === last.x509.issuer && !path.some((used) => isSame(used, one)),
    );
    if (issuers.length === 0) return unknown(path);
    return best(issuers.map((issuer) => across(path, last, issuer)));
  }

  function across(path: readonly Certificate[], last: Certificate, issuer: Certificate): Trust {
    signatures += 1;
    if (signatures > MAX_SIGNATURES) {
      return { state: 'broken', reason: 'its chain branches too often to be followed' };
    }
    return verifies(last, issuer) ? walk([...path, issuer]) : broken(last, issuer);
  }

  return walk([leaf]);
}

function read(der: Uint8Array): Certificate {
  return { x509: new X509Certificate(der), facts: decodeCertificate(der) };
}

/** None where the bytes are no certificate. */
function certificateOf(make: () => Certificate): Certificate[] {
  try {
    return [make()];
  } catch {
    return [];
  }
}

/** Only those of the right name are decoded: a system has some hundred roots. */
function issuersOf({ x509 }: Certificate, roots: readonly X509Certificate[]): Certificate[] {
  return roots
    .filter(({ subject }) => subject === x509.issuer)
    .flatMap((root) => certificateOf(() => ({ x509: root, facts: decodeCertificate(root.raw) })));
}

const isSame = (one: Certificate, other: Certificate) => one.x509.raw.equals(other.x509.raw);

function verifies({ x509 }: Certificate, issuer: Certificate): boolean {
  try {
    return x509.verify(issuer.x509.publicKey);
  } catch {
    return false;
  }
}

/** A way that ends in a root: is each certificate valid now, and each issuer allowed to issue? */
function judgePath(path: readonly Certificate[], at: string): Trust {
  const [, ...issuers] = path;
  for (const { facts } of path) {
    if (facts.notAfter < at) {
      return { state: 'expired', reason: `${facts.subject} was valid until ${day(facts.notAfter)}` };
    }
    if (facts.notBefore > at) {
      return { state: 'not-yet-valid', reason: `${facts.subject} is valid from ${day(facts.notBefore)}` };
    }
  }
  const impostor = issuers.find((issuer) => !mayIssue(issuer, issuer === path.at(-1)));
  if (impostor) {
    const { subject, ca } = impostor.facts;
    const lack = ca ? 'its key usage lacks keyCertSign' : 'it is not marked as a CA';
    return { state: 'issuer-no-ca', reason: `${subject} may not issue certificates: ${lack}` };
  }
  const root = path.at(-1)?.facts.subject;
  const reason = issuers.length === 0 ? 'it is itself among the roots' : `its chain leads to ${root}`;
  return { state: 'trusted', reason };
}

/** RFC 5280 §6.1.4 (k) and (n); a root of X.509 v1 has no extension to say so. */
function mayIssue({ facts: { ca, version, keyUsage } }: Certificate, isRoot: boolean): boolean {
  return (ca === true || (isRoot && version === 1)) && (keyUsage?.includes('keyCertSign') ?? true);
}

function unknown(path: readonly Certificate[]): Trust {
  const last = path.at(-1)?.facts;
  if (path.length === 1 && last?.selfSigned) {
    return { state: 'self-signed', reason: 'it is signed by itself and not among the roots' };
  }
  const reason = last?.selfSigned
    ? `its chain leads to ${last.subject}, which is not among the roots`
    : `its issuer ${last?.issuer} was not sent and is not among the roots`;
  return { state: 'unknown-issuer', reason };
}

const broken = ({ facts }: Certificate, issuer: Certificate): Trust => ({
  state: 'broken',
  reason: `the signature of ${facts.subject} does not verify with the key of ${issuer.facts.subject}`,
});

const rank = ({ state }: Trust) => RANKS.indexOf(state);
const best = (found: readonly Trust[]): Trust =>
  found.reduce((one, other) => (rank(other) < rank(one) ? other : one));
const day = (time: string) => time.slice(0, 'YYYY-MM-DD'.length);
