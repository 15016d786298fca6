import { TDS7_PROTOCOLS } from '../model/protocol.ts';
import type { JudgedTarget, Rule } from './rule.ts';

/** What the server answers is not what the policy file says of it: the answer wins, and the difference is said. */
export const serverDiffersFromPolicy: Rule = {
  meta: {
    id: 'server-differs-from-policy',
    scenario: null,
    level: 'notice',
    title: 'The server is not what the policy file says',
    why: 'The policy file describes the server, and the server answered otherwise. Verdicts go by the answer; the description should be put right, or the endpoint is not the one that was meant.',
    helpUri: 'https://learn.microsoft.com/troubleshoot/sql/releases/download-and-install-latest-updates',
  },
  judgeTarget(judged) {
    const found = [...buildDifference(judged), ...protocolDifferences(judged)];
    if (found.length === 0) return [];
    const { target, server } = judged;
    const evidence = [server.build, ...TDS7_PROTOCOLS.map((version) => server.protocols[version])];
    return [
      {
        span: target.span,
        message: `${target.name} is not what the policy file says: ${found.join('; ')}. The verdicts here go by what was seen.`,
        fix: 'Correct `server` of this target, or its endpoint if another server was meant.',
        client: null,
        target: target.name,
        evidence: evidence.flatMap((fact) => (fact?.evidence.strength === 'observed' ? [fact.evidence] : [])),
        about: found.join(),
      },
    ];
  },
};

/** Service packs and updates come and go; another major version is another server. */
function buildDifference({ target, server }: JudgedTarget): string[] {
  const said = target.described.build?.value;
  const seen = server.build?.evidence.strength === 'observed' ? server.build.value : undefined;
  if (said === undefined || seen === undefined || branch(said) === branch(seen)) return [];
  return [`it is declared as ${target.described.product?.value ?? said} (${said}) and answers as ${seen}`];
}

const branch = (build: string) => build.split('.').slice(0, 2).join('.');

/** A hardened server takes less than its documentation says: only what contradicts someone's word is a difference. */
function protocolDifferences({ target, server }: JudgedTarget): string[] {
  return TDS7_PROTOCOLS.flatMap((version) => {
    const said = target.described.protocols[version];
    const seen = server.protocols[version];
    if (!said || seen?.evidence.strength !== 'observed' || said.value === seen.value) return [];
    if (seen.value === 'accepted') return [`it takes ${version} (said of it: ${said.evidence.statement})`];
    return said.evidence.strength === 'declared'
      ? [`it does not take ${version}, which the policy file lists`]
      : [];
  });
}
