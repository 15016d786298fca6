import type { Client } from '../model/client.ts';
import { upgradeChanges } from './changes/upgrade.ts';
import { clientWords, type Draft, type Rule } from './rule.ts';

/** Nobody mends this build of the driver any more. */
export const driverEndOfSupport: Rule = {
  meta: {
    id: 'driver-end-of-support',
    scenario: null,
    level: 'warning',
    title: 'The driver is out of support',
    why: 'A driver that is out of support gets no TLS fixes: the next version that servers require, or the next hash they drop, will find it lacking. Dates are those of the vendor, the latest where there are several.',
    helpUri: 'https://learn.microsoft.com/sql/connect/sql-connection-libraries',
  },
  judgeRepository({ clients, today }) {
    return clients.flatMap((client) => ended(client, today));
  },
};

function ended(client: Client, today: string): readonly Draft[] {
  const { supportEnds, givenUp, id } = client.driver;
  const over = supportEnds !== null && supportEnds < today;
  if (!over && !givenUp) return [];
  const statement = over ? `its support ended on ${supportEnds}` : 'its vendor has given it up';
  return [
    {
      span: client.driverSpan,
      message: `${clientWords(client)}: ${statement}.`,
      fix: 'Move to a build that is supported, or to the driver that took its place.',
      changes: upgradeChanges(client, 'support', today),
      client: client.name,
      target: null,
      evidence: [{ strength: 'documented', statement }],
      about: id,
    },
  ];
}
