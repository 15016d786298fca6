/** What a server was seen to answer to this very hello: stronger than anything derived. */
import type { Evidence } from '../../model/evidence.ts';
import { type ClientHelloProfile, helloKey } from '../../model/hello.ts';
import type { HelloAnswer } from '../../model/observation.ts';
import type { ServerProfile } from '../../model/server-profile.ts';
import type { Verdict } from '../../model/verdict.ts';
import { broadened } from '../broadened.ts';
import { hashIsListed } from '../certificate-rules.ts';
import { rejectionWords, takes } from '../refusal-words.ts';
import { clientCertificateStep, unlistedCause } from './certificate.ts';
import { ALERT, clientGivesUp, connects, fails, observed, serverGivesUp } from './ending.ts';
import { keyExchangeStep } from './key-exchange.ts';
import type { Offer } from './offer.ts';
import { commonVersions, evidenceOf, list } from './version.ts';

type Accepted = HelloAnswer & { readonly state: 'accepted' };
type Rejected = HelloAnswer & { readonly state: 'rejected' };

/** The server sent its flight: the rest is the client's. */
export function accepted(
  answer: Accepted,
  hello: ClientHelloProfile,
  offer: Offer,
  server: ServerProfile,
): Verdict {
  const { protocol, suite, dhBits } = answer;
  const seen = observed(`the server answered this client's hello with ${protocol} and ${suite}`);
  const evidence = [...offer.evidence, seen];
  if (!hello.protocols.includes(protocol)) {
    return fails({
      step: 'protocol',
      scenario: 1,
      cause: 'server-protocols',
      reason: `the server chose ${protocol}; the client takes ${list(hello.protocols)} and hangs up`,
      wire: clientGivesUp(ALERT.protocolVersion),
      evidence,
    });
  }
  const agreed = { protocol, suite };
  const prime = dhBits === null ? {} : { dhBits: { value: dhBits, evidence: seen } };
  return (
    clientCertificateStep(agreed, hello, offer, server.certificate, evidence) ??
    keyExchangeStep(agreed, offer, { ...server, ...prime }, evidence) ??
    connects(agreed, `${protocol} with ${suite}`, evidence)
  );
}

/** The server refused this very hello, though a version is in common: says which later step it must be. */
export function refused(
  answer: Rejected,
  hello: ClientHelloProfile,
  offer: Offer,
  server: ServerProfile,
): Verdict {
  const how = rejectionWords(answer);
  const evidence = [...offer.evidence, observed(`the server ${how} after this client's hello`)];
  const wire = { by: 'server', how: answer.rejection, alert: answer.alert } as const;
  const broader = server.answers.get(helloKey(broadened(hello)));
  const group =
    broader?.state === 'accepted' && broader.group !== null && !hello.groups.includes(broader.group);
  const certificate = server.certificate?.value;
  if (
    certificate &&
    broader?.state !== 'rejected' &&
    !group &&
    hashIsListed(certificate.signatureHash, hello.signatureAlgorithms) === false
  )
    return hashRefused(answer, certificate, server, evidence);
  const taken = commonVersions(hello, server);
  const common = {
    step: 'cipher-suite',
    scenario: 2,
    rejection: answer.rejection,
    wire,
    evidence: [...evidence, ...taken.flatMap((version) => evidenceOf(server, version))],
  } as const;
  if (broader?.state === 'accepted') {
    return fails({
      ...common,
      ...(group ? {} : { step: 'certificate', scenario: 4 }),
      cause: group ? 'groups-disjoint' : 'signature-algorithms-disjoint',
      reason: `the server ${how}; the same suites with every signature algorithm and named group were accepted, so one of those is missing in the client's hello`,
      evidence: [
        ...common.evidence,
        observed(`the same suites with every signature algorithm got ${broader.suite}`),
      ],
    });
  }
  return fails({
    ...common,
    cause: 'suites-disjoint',
    reason: `${list(taken) || 'the version'} ${taken.length > 1 ? 'are' : 'is'} in common, but none of the client's ${hello.suites.length} suites is taken: the server ${how}${takes(server)}`,
  });
}

function hashRefused(
  { rejection, alert }: Rejected,
  certificate: NonNullable<ServerProfile['certificate']>['value'],
  server: ServerProfile,
  evidence: readonly Evidence[],
): Verdict {
  return fails({
    step: 'certificate',
    scenario: 4,
    cause: unlistedCause(certificate),
    reason: `the server's ${certificate.sqlServerFallback ? 'own ' : ''}certificate is signed with ${certificate.signatureHash}, which the client does not list, and the server ${rejectionWords({ rejection, alert, state: 'rejected' })}`,
    rejection,
    wire:
      rejection === 'alert'
        ? { by: 'server', how: rejection, alert }
        : serverGivesUp(server, ALERT.handshakeFailure),
    evidence: server.certificate ? [...evidence, server.certificate.evidence] : evidence,
  });
}
