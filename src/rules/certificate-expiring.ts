import { certificatesOf, type TargetCertificate } from './certificates.ts';
import type { Draft, JudgedTarget, Rule } from './rule.ts';

/** Days before the last one from which it is said. */
const NOTICE_DAYS = 30;
const DAY_MS = 86_400_000;

/** The server's certificate is past its last day, or soon will be. */
export const certificateExpiring: Rule = {
  meta: {
    id: 'certificate-expiring',
    scenario: null,
    level: 'warning',
    title: 'The certificate expires',
    why: `After the last day of its certificate every client that validates is cut off at once, and SQL Server does not start with a certificate that has expired. From ${NOTICE_DAYS} days before, this says so.`,
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgeRepository({ targets, today }) {
    return targets.flatMap((judged) =>
      certificatesOf(judged).flatMap((one) => expiring(judged, one, one.from ?? today)),
    );
  },
};

/** `at`: the first day on which it is used. */
function expiring({ target }: JudgedTarget, found: TargetCertificate, at: string): readonly Draft[] {
  const { certificate, pairs, when } = found;
  const last = certificate.value.notAfter.slice(0, 10);
  const days = Math.floor((Date.parse(last) - Date.parse(at)) / DAY_MS);
  if (days > NOTICE_DAYS) return [];
  const lost = pairs.filter(
    ({ verdict }) => verdict.cause === 'certificate-expired' && verdict.outcome === 'fails',
  );
  const who =
    lost.length > 0 ? ` ${lost.map(({ client }) => client.name).join(', ')} validates it and fails.` : '';
  const name = `The ${when === 'planned' ? 'planned ' : ''}certificate of ${target.name} (${certificate.value.subject})`;
  const left = `${days} ${days === 1 ? 'day' : 'days'} ${when === 'planned' && found.from ? `after ${found.from}` : 'from today'}`;
  return [
    {
      span: target.span,
      level: lost.length > 0 && when === 'current' ? 'error' : 'warning',
      message:
        days < 0
          ? `${name} expired on ${last}.${who}`
          : `${name} expires on ${last}, ${left}: clients that validate it then fail.`,
      fix: `Renew it before ${days < 0 ? 'it is used' : last}, and restart SQL Server.`,
      client: null,
      target: target.name,
      evidence: [certificate.evidence],
      about: `${when} ${last}`,
    },
  ];
}
