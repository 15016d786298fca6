/**
 * Who would agree on what, as SQL Server meets it: PRELOGIN encryption → version → cipher suite → certificate → key
 * exchange. The verdict says the step at which it dies. Live answers of a server win over the model; the model is proven
 * against OpenSSL (test/differential).
 */
import { type ClientHelloProfile, helloKey } from '../model/hello.ts';
import type { Protocol } from '../model/protocol.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import type { Verdict } from '../model/verdict.ts';
import { accepted, refused } from './negotiation/answered.ts';
import { clientCertificateStep, serverCertificateStep } from './negotiation/certificate.ts';
import { encryptionStep } from './negotiation/encryption.ts';
import { connects, unknown } from './negotiation/ending.ts';
import { keyExchangeStep } from './negotiation/key-exchange.ts';
import type { Offer } from './negotiation/offer.ts';
import { suiteStep } from './negotiation/suite.ts';
import { evidenceOf, possibleVersions, versionStep } from './negotiation/version.ts';

export function negotiate(offer: Offer, server: ServerProfile): Verdict {
  const before = encryptionStep(offer, server);
  if (before) return before;
  const { hello } = offer;
  if (hello === null) return unknown('what this client offers is not known', offer.evidence);
  const verdict = handshake(hello, offer, server);
  return offer.encrypt === 'Strict' ? ofStrict(verdict) : verdict;
}

/** TDS 8.0 may agree on TLS 1.3, which is not modelled: what the client holds against the certificate counts all the same. */
function ofStrict(verdict: Verdict): Verdict {
  if (verdict.step === 'certificate' && verdict.wire?.by === 'client') return verdict;
  return unknown(
    'Encrypt=Strict: both sides may know TDS 8.0; what they agree on there is not modelled',
    verdict.evidence,
  );
}

function handshake(hello: ClientHelloProfile, offer: Offer, server: ServerProfile): Verdict {
  const answer = server.answers.size > 0 ? server.answers.get(helloKey(hello)) : undefined;
  if (answer?.state === 'accepted') return accepted(answer, hello, offer, server);
  const protocol = versionStep(hello, answer, offer, server);
  if (protocol) return protocol;
  if (answer?.state === 'rejected') return refused(answer, hello, offer, server);
  if (answer?.state === 'no-answer')
    return unknown(`the server gave no answer: ${answer.reason}`, offer.evidence);
  return modelled(hello, offer, server);
}

/** Nothing was asked on the wire: reasons from what is declared or documented. */
function modelled(hello: ClientHelloProfile, offer: Offer, server: ServerProfile): Verdict {
  const verdicts = possibleVersions(hello, server).map((version) =>
    modelledIn(version, hello, offer, server),
  );
  const [first] = verdicts;
  if (!first) return unknown('which TLS versions the server takes is not known', offer.evidence);
  return verdicts.find(({ outcome }) => outcome === 'fails' || outcome === 'may-fail') === undefined
    ? (verdicts.find(({ outcome }) => outcome === 'unknown') ?? first)
    : worst(verdicts, first);
}

/** Which version is agreed on is open: where not all of them fail, it may fail. */
function worst(verdicts: readonly Verdict[], first: Verdict): Verdict {
  if (verdicts.length === 1) return first;
  const failing = verdicts.filter(({ outcome }) => outcome === 'fails');
  if (failing.length === verdicts.length) return first;
  const one = failing[0] ?? verdicts.find(({ outcome }) => outcome === 'may-fail') ?? first;
  return { ...one, outcome: 'may-fail', confidence: 'assumed' };
}

function modelledIn(
  protocol: Protocol,
  hello: ClientHelloProfile,
  offer: Offer,
  server: ServerProfile,
): Verdict {
  const before = [...offer.evidence, ...evidenceOf(server, protocol)];
  const chosen = suiteStep(protocol, hello, server, before);
  if ('end' in chosen) return chosen.end;
  const agreed = { protocol, suite: chosen.agreed.name };
  return (
    serverCertificateStep(protocol, hello, server, chosen.evidence) ??
    clientCertificateStep(agreed, hello, offer, server.certificate, chosen.evidence) ??
    keyExchangeStep(agreed, offer, server, chosen.evidence) ??
    connects(agreed, `${protocol} with ${agreed.suite}`, chosen.evidence)
  );
}
