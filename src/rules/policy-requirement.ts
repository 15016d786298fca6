/** What a policy pack asks for and a client or a target does not keep. Each row of a pack is judged here, and nowhere else. */
import { weakest } from '../model/evidence.ts';
import type { Breach } from './breach.ts';
import { clientBreaches } from './requirement-client.ts';
import { targetBreaches } from './requirement-target.ts';
import type { Draft, Rule } from './rule.ts';

export const policyRequirement: Rule = {
  meta: {
    id: 'policy-requirement',
    scenario: null,
    level: 'warning',
    title: 'A policy pack asks for more',
    why: 'The policy file names policy packs (`extends`), and a client or a server does not keep what a row of them asks for. The finding names every pack and section it breaks. What is not known breaks nothing: a client is found only where every supported system it could run on breaks the row, and a server only by what was seen, declared or documented.',
    helpUri: 'https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings',
  },
  judgeRepository({ requirements, clients, targets, today }) {
    if (requirements.length === 0) return [];
    return [
      ...clients.flatMap((client) =>
        clientBreaches(client, requirements, today).map((breach) => draft(breach, client.name, null)),
      ),
      ...targets.flatMap((target) =>
        targetBreaches(target, requirements).map((breach) => draft(breach, null, target.target.name)),
      ),
    ];
  },
};

function draft(
  { span, found, fix, by, evidence, about }: Breach,
  client: string | null,
  target: string | null,
): Draft {
  const asked = [...new Set(by.map(({ pack, section }) => `${pack} ${section}`))].join('; ');
  const error = by.some(({ level }) => level === 'error') && weakest(evidence) !== 'assumed';
  return {
    span,
    ...(error ? { level: 'error' as const } : {}),
    message: `${asked}: ${found}.`,
    fix,
    client,
    target,
    evidence,
    about,
  };
}
