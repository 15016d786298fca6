/** RFC 5246 §E.1, RFC 8446 §4.2.1: the highest version of both sides. */
import type { Evidence } from '../../model/evidence.ts';
import type { ClientHelloProfile } from '../../model/hello.ts';
import type { HelloAnswer } from '../../model/observation.ts';
import { compareProtocols, type Protocol } from '../../model/protocol.ts';
import type { ServerProfile } from '../../model/server-profile.ts';
import type { Verdict } from '../../model/verdict.ts';
import { ALERT, clientGivesUp, fails, serverGivesUp } from './ending.ts';
import type { Offer } from './offer.ts';

/** The end where no version can be in common, whatever else is known; `null` when one is or may be. */
export function versionStep(
  hello: ClientHelloProfile,
  answer: HelloAnswer | undefined,
  offer: Offer,
  server: ServerProfile,
): Verdict | null {
  if (hello.protocols.length === 0) {
    return fails({
      step: 'protocol',
      scenario: 1,
      cause: 'client-protocols',
      reason: 'the driver and its TLS stack have no protocol version left to offer',
      wire: clientGivesUp(ALERT.protocolVersion),
      evidence: offer.evidence,
    });
  }
  const facts = hello.protocols.map((version) => server.protocols[version]);
  if (!facts.every((fact) => fact?.value === 'rejected')) return null;
  const taken = versionsOf(server);
  const newest = taken.at(-1);
  const behind = newest !== undefined && hello.protocols.every((own) => compareProtocols(own, newest) < 0);
  return fails({
    step: 'protocol',
    scenario: 1,
    cause: behind ? 'client-protocols' : 'server-protocols',
    reason: `the client offers ${list(hello.protocols)}; the server takes ${list(taken) || 'none of them'}`,
    rejection: answer?.state === 'rejected' ? answer.rejection : null,
    wire: belowClient(hello, newest)
      ? clientGivesUp(ALERT.protocolVersion)
      : serverGivesUp(server, ALERT.protocolVersion),
    evidence: [...offer.evidence, ...facts.flatMap((fact) => (fact ? [fact.evidence] : []))],
  });
}

/**
 * Before TLS 1.3 a hello says the newest version alone: a server that is older than all of the client's answers in its own
 * version, and the client hangs up.
 */
const belowClient = (hello: ClientHelloProfile, newest: Protocol | undefined) =>
  newest !== undefined &&
  !hello.protocols.includes('TLS 1.3') &&
  hello.protocols.every((own) => compareProtocols(own, newest) > 0);

/**
 * The versions that the two may agree on, oldest first: the newest that both are known to take, and those above it of
 * which it is not known whether the server takes them. Empty when none is known.
 */
export function possibleVersions(hello: ClientHelloProfile, server: ServerProfile): readonly Protocol[] {
  const sure = commonVersions(hello, server).at(-1);
  if (sure === undefined) return [];
  const open = hello.protocols.filter(
    (version) => server.protocols[version] === undefined && compareProtocols(version, sure) > 0,
  );
  return [sure, ...open];
}

export function versionsOf(server: ServerProfile): Protocol[] {
  return (Object.keys(server.protocols) as Protocol[])
    .filter((version) => server.protocols[version]?.value === 'accepted')
    .sort(compareProtocols);
}

export const commonVersions = (hello: ClientHelloProfile, server: ServerProfile) =>
  versionsOf(server).filter((version) => hello.protocols.includes(version));

export function evidenceOf(server: ServerProfile, version: Protocol): readonly Evidence[] {
  const fact = server.protocols[version];
  return fact ? [fact.evidence] : [];
}

export const list = (names: readonly string[]) => names.join(', ');
