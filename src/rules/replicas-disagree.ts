import { NO_LIMITS } from '../model/client.ts';
import type { ClientHelloProfile } from '../model/hello.ts';
import { compareProtocols, PROTOCOLS } from '../model/protocol.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import type { Verdict } from '../model/verdict.ts';
import { negotiate } from '../tls/negotiate.ts';
import { isDhe } from './dhe.ts';
import type { Draft, JudgedRepository, JudgedTarget, Rule } from './rule.ts';

/** Replicas of one availability group that cannot reach each other, or come to TLS_DHE. */
export const replicasDisagree: Rule = {
  meta: {
    id: 'replicas-disagree',
    scenario: null,
    level: 'error',
    title: 'Replicas of an availability group disagree on TLS',
    why: 'Each replica of an availability group is a client of the others: its lists are what it offers, theirs what they take. A node that is added with another Windows, a cipher suite policy of its own, or other versions switched off connects now and then or not at all (`SSL_PE_NO_CIPHER` on endpoint 5022). The rule judges what is seen, declared or documented of each replica against every other, by the `availability-group` of the policy file. Endpoints of mirroring are no TDS and are never probed.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/ssl-pe-no-cipher-error-endpoint-5022',
  },
  judgeRepository,
};

const NEW_NODE =
  'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/intermittent-connection-errors-when-a-new-node-is-added';

function judgeRepository({ targets }: JudgedRepository): readonly Draft[] {
  return targets.flatMap((from) =>
    targets
      .filter((to) => to !== from && to.target.availabilityGroup === from.target.availabilityGroup)
      .flatMap((to) => (from.target.availabilityGroup === undefined ? [] : disagreement(from, to))),
  );
}

function disagreement(from: JudgedTarget, to: JudgedTarget): readonly Draft[] {
  const verdict = reached(from.server, to.server);
  if (verdict === null) return [];
  const [one, other] = [from.target.name, to.target.name];
  const dhe = verdict.outcome === 'connects' && verdict.suite !== null && isDhe(verdict.suite);
  if (verdict.outcome !== 'fails' && !dhe) return [];
  return [
    {
      span: from.target.span,
      level: dhe ? 'warning' : 'error',
      message: dhe
        ? `${one} reaches ${other}, a replica of ${from.target.availabilityGroup}, with ${verdict.suite}: generations of Windows compute such keys differently, and connections fail now and then.`
        : `${one} cannot reach ${other}, a replica of ${from.target.availabilityGroup}: ${verdict.reason}.`,
      fix: `Give every replica of ${from.target.availabilityGroup} the same TLS versions and cipher suite order, without TLS_DHE, and restart their Windows (${NEW_NODE}).`,
      client: null,
      target: one,
      evidence: verdict.evidence,
      about: other,
    },
  ];
}

/** A replica offers what it takes; `null` where its lists are not known. */
function reached(from: ServerProfile, to: ServerProfile): Verdict | null {
  const { suites, groups, signatureAlgorithms } = from;
  const protocols = PROTOCOLS.filter(
    (version) => from.protocols[version]?.value === 'accepted' && compareProtocols(version, 'TLS 1.2') <= 0,
  );
  if (!suites || protocols.length === 0) return null;
  const hello: ClientHelloProfile = {
    protocols,
    suites: suites.value.names,
    groups: groups?.value ?? [],
    signatureAlgorithms: protocols.includes('TLS 1.2') ? (signatureAlgorithms?.value ?? []) : [],
    extendedMasterSecret: true,
  };
  const evidence = [
    suites.evidence,
    ...protocols.flatMap((version) => from.protocols[version]?.evidence ?? []),
  ];
  return negotiate(
    {
      hello,
      clearText: false,
      encrypt: null,
      strict: null,
      limits: NO_LIMITS,
      validation: null,
      evidence,
    },
    { ...to, answers: new Map() },
  );
}
