import type { Draft, JudgedTarget, Rule } from './rule.ts';

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** The certificate has expired, or will within a month. */
export const certificateExpiring: Rule = {
  meta: {
    id: 'certificate-expiring',
    scenario: null,
    level: 'warning',
    title: 'The certificate expires',
    why: 'SQL Server goes on with an expired certificate until it is restarted, and then does not start with it; clients that validate refuse it from the first day. It is an error where a client validates and the day has passed, a warning in the 30 days before.',
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgeRepository({ targets, today }) {
    return targets.flatMap((judged) => expiring(judged, today));
  },
};

function expiring({ target, server: { certificate }, pairs }: JudgedTarget, today: string): readonly Draft[] {
  if (!certificate) return [];
  const { notAfter, notBefore, subject } = certificate.value;
  const last = notAfter.slice(0, 10);
  const days = Math.round((Date.parse(last) - Date.parse(today)) / DAY_MS);
  const first = notBefore.slice(0, 10);
  if (days > SOON_DAYS && first <= today) return [];
  const refused = pairs.filter(
    ({ verdict, when }) => when === 'current' && verdict.cause === 'certificate-expired',
  );
  const who =
    refused.length > 0 ? ` ${refused.map(({ client }) => client.name).join(', ')} will refuse it.` : '';
  const what =
    first > today
      ? `is valid from ${first} only`
      : days < 0
        ? `expired on ${last}`
        : `expires on ${last}, in ${days} days`;
  return [
    {
      span: target.span,
      level: refused.length > 0 ? 'error' : 'warning',
      message: `The certificate of ${target.name} (${subject}) ${what}.${who}`,
      fix: `Renew it and restart SQL Server on ${target.name}.`,
      client: null,
      target: target.name,
      evidence: [certificate.evidence],
      about: last,
    },
  ];
}
