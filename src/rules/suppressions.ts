/** Rules about suppressions themselves. What they say is found where suppressions are applied, after every other rule. */
import type { Remark } from '../model/remark.ts';
import type { Rule } from './rule.ts';

const helpUri =
  'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-exist-connection-closed';

export const SUPPRESSION_RULES: readonly (Rule & { readonly meta: { readonly id: Remark['rule'] } })[] = [
  {
    meta: {
      id: 'suppression-expired',
      scenario: null,
      level: 'warning',
      title: 'Suppression expired',
      why: 'A suppression with `expires` holds until that day, inclusive. From the next day on what it hid counts again, and this says so where the suppression stands, so that nobody wonders why a build that was green fails.',
      helpUri,
    },
  },
  {
    meta: {
      id: 'suppression-unused',
      scenario: null,
      level: 'notice',
      title: 'Suppression unused',
      why: 'A suppression that hides nothing is left over: what it accepted was mended, or it was written for something else. It would hide the same mistake if it came back. Nothing is said of a suppression in the policy file while a target that it could speak of was not asked.',
      helpUri,
    },
  },
  {
    meta: {
      id: 'suppression-not-counted',
      scenario: null,
      level: 'notice',
      title: 'Suppression not counted',
      why: 'A comment `mssql-tls-preflight: ignore[rule] reason` counts only with a rule that exists and a reason: whoever reads it later must be able to tell why it was accepted.',
      helpUri,
    },
  },
];
