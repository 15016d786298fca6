/** A server's certificate on a probe's page: what it is, whether it fits, and what is wrong with it. */
import type { CertificateFacts } from '../model/certificate.ts';
import type { CertificateChecks, CertificateRequirement } from '../model/certificate-checks.ts';
import type { ProbedTarget } from '../model/probe-report.ts';
import { cutTo } from './bounded.ts';
import { wrapped } from './display-width.ts';
import { MARGIN, type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';
import { printable } from './words.ts';

type Certified = Pick<ProbedTarget, 'certificate' | 'chain' | 'certificateChecks'>;
/** `level`: how a line that is wrong stands out. */
interface Line {
  readonly text: string;
  readonly level: 'error' | 'warning' | null;
}

/** Of one line's text: servers choose their names. */
const MOST_BYTES = 600;
/** Names beyond these are counted alone. */
const MOST_NAMES = 8;
/** Said in other lines already. */
const ELSEWHERE = ['validity', 'host-name'];

export function certificateRows(
  { certificate, chain, certificateChecks }: Certified,
  width: number,
  paint: Paint,
): readonly Row[] {
  if (!certificate) {
    const reason = certificateChecks?.trust.reason;
    return reason === undefined ? [] : [row('certificate', paint.level('warning', printable(reason)))];
  }
  const lines = [
    plain(
      `${certificate.subject || 'no subject'}: ${keyWords(certificate)}, ${signatureWords(certificate, chain.length)}`,
    ),
    validity(certificate, certificateChecks),
    ...(certificate.sqlServerFallback
      ? [plain('SQL Server made it for itself: a client that verifies certificates refuses it')]
      : []),
    ...names(certificate),
    ...(certificateChecks ? checkLines(certificate, certificateChecks) : []),
  ];
  return lines
    .flatMap(({ text, level }) =>
      wrapped(cutTo(printable(text), MOST_BYTES), width - MARGIN).map((part) =>
        level ? paint.level(level, part) : part,
      ),
    )
    .map((text, at) => row(at === 0 ? 'certificate' : '', text));
}

const plain = (text: string): Line => ({ text, level: null });

function keyWords({ keyType, keyBits, curve }: CertificateFacts): string {
  return [keyType, curve ?? keyBits].filter((part) => part !== null).join(' ');
}

function signatureWords(
  { signatureHash, signatureOid, selfSigned, issuer }: CertificateFacts,
  sent: number,
): string {
  const by = selfSigned ? 'itself' : issuer;
  return `signed with ${signatureHash ?? signatureOid} by ${by}${sent > 1 ? `, ${sent} certificates sent` : ''}`;
}

function validity({ notBefore, notAfter }: CertificateFacts, checks: CertificateChecks | null): Line {
  const judged = checks?.requirements.find(({ id }) => id === 'validity');
  if (judged?.state === 'not-met') return { text: judged.reason, level: 'error' };
  return plain(`valid from ${day(notBefore)} until ${day(notAfter)}`);
}

function names({ subjectAltNames }: CertificateFacts): Line[] {
  if (subjectAltNames.length === 0) return [];
  const more = subjectAltNames.length - MOST_NAMES;
  const shown = subjectAltNames.slice(0, MOST_NAMES).join(', ');
  return [plain(`names ${shown}${more > 0 ? ` and ${more} more` : ''}`)];
}

function checkLines(
  certificate: CertificateFacts,
  { host, nameMatches, trust, requirements }: CertificateChecks,
): Line[] {
  // Of a certificate that names nobody and that nobody signed there is nothing more to say.
  const fallback = certificate.sqlServerFallback;
  return [
    ...(nameMatches === null || fallback ? [] : [nameLine(`${host}`, nameMatches)]),
    ...(fallback && trust.state === 'self-signed' ? [] : [trustLine(trust)]),
    ...requirements.filter(({ id, state }) => state === 'not-met' && !ELSEWHERE.includes(id)).map(unmetLine),
  ];
}

const nameLine = (host: string, matches: boolean): Line =>
  matches ? plain(`it names ${host}`) : { text: `it does not name ${host}`, level: 'warning' };

function trustLine({ state, reason, roots }: CertificateChecks['trust']): Line {
  const text = `${state === 'trusted' ? 'trusted' : 'not trusted'}: ${reason} (roots: ${roots})`;
  return { text, level: state === 'trusted' ? null : 'warning' };
}

const unmetLine = ({ of, reason }: CertificateRequirement): Line => ({
  text: of === 'SQL Server' ? `against what SQL Server requires: ${reason}` : reason,
  level: 'warning',
});

const day = (time: string) => time.slice(0, 'YYYY-MM-DD'.length);
