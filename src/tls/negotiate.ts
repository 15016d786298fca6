/**
 * Who would agree on what: RFC 5246 selection as SQL Server meets it. PRELOGIN encryption → version → suite →
 * certificate; the step at which it dies names the scenario. Live answers of a server win over this model.
 */
import type { CertificateFacts } from '../model/certificate.ts';
import type { EncryptMode } from '../model/connection.ts';
import { type Evidence, weakest } from '../model/evidence.ts';
import { type ClientHelloProfile, helloKey } from '../model/hello.ts';
import type { HelloAnswer } from '../model/observation.ts';
import { compareProtocols, type Protocol } from '../model/protocol.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import type { Verdict } from '../model/verdict.ts';
import { broadened } from './broadened.ts';
import { signatureIsOffered } from './certificate-rules.ts';
import { suiteByName } from './cipher-suites.ts';
import { rejectionWords, takes } from './refusal-words.ts';

/** What one client case brings to a connection. */
export interface Offer {
  /** `null`: not known. */
  readonly hello: ClientHelloProfile | null;
  /** The driver says NOT_SUP and never starts TLS. */
  readonly clearText: boolean;
  readonly encrypt: EncryptMode | null;
  /** The driver can do TDS 8.0. */
  readonly strict: boolean | null;
  readonly evidence: readonly Evidence[];
}

export function negotiate(offer: Offer, server: ServerProfile): Verdict {
  const before = encryptionStep(offer, server);
  if (before) return before;
  const { hello } = offer;
  if (hello === null) return unknown('what this client offers is not known', offer.evidence);
  const answer = server.answers.get(helloKey(hello));
  if (answer?.state === 'accepted') return accepted(answer, hello, offer, server);
  const protocol = protocolStep(hello, answer, offer, server);
  if (protocol) return protocol;
  if (answer?.state === 'rejected') return refused(answer, hello, offer, server);
  if (answer?.state === 'no-answer')
    return unknown(`the server gave no answer: ${answer.reason}`, offer.evidence);
  return modelled(hello, offer, server);
}

/** [MS-TDS] 2.2.6.5: what PRELOGIN agrees on before any TLS. `null` when a TLS 1.0–1.2 handshake follows. */
function encryptionStep(offer: Offer, server: ServerProfile): Verdict | null {
  if (offer.encrypt === 'Strict') return strictStep(offer, server);
  if (offer.clearText) {
    return verdict('connects', {
      reason:
        'no TLS at all: this driver sends its login in clear text, and only a server that forces encryption refuses it',
      evidence: [...offer.evidence, assumed('the server does not force encryption')],
    });
  }
  if (server.encryption?.value !== 'NOT_SUP') return null;
  const evidence = [...offer.evidence, server.encryption.evidence];
  return offer.encrypt === 'Mandatory'
    ? verdict('fails', {
        step: 'encryption',
        reason: 'the server answers ENCRYPT_NOT_SUP and this client insists on encryption',
        evidence,
      })
    : verdict('connects', { reason: 'the server offers no TLS, so the login goes in clear text', evidence });
}

function strictStep(offer: Offer, server: ServerProfile): Verdict {
  if (offer.strict === false) {
    return verdict('fails', {
      step: 'strict',
      reason: 'this driver build does not know Encrypt=Strict (TDS 8.0)',
      evidence: offer.evidence,
    });
  }
  if (server.strict?.value === false) {
    return verdict('fails', {
      step: 'strict',
      reason:
        'the server does not speak TDS 8.0, so it closes a connection that begins with TLS (Encrypt=Strict)',
      evidence: [...offer.evidence, server.strict.evidence],
    });
  }
  return unknown('Encrypt=Strict: handshakes of TDS 8.0 are not modelled or probed yet', offer.evidence);
}

/** Fails when no version can be in common; `null` when one is or may be. */
function protocolStep(
  hello: ClientHelloProfile,
  answer: HelloAnswer | undefined,
  offer: Offer,
  server: ServerProfile,
): Verdict | null {
  if (hello.protocols.length === 0) {
    return verdict('fails', {
      step: 'protocol',
      scenario: 1,
      reason: 'the driver and its TLS stack have no protocol version left to offer',
      evidence: offer.evidence,
    });
  }
  const facts = hello.protocols.map((version) => server.protocols[version]);
  if (!facts.every((fact) => fact?.value === 'rejected')) return null;
  return verdict('fails', {
    step: 'protocol',
    scenario: 1,
    reason: `the client offers ${list(hello.protocols)}; the server takes ${list(versionsOf(server)) || 'none of them'}`,
    rejection: answer?.state === 'rejected' ? answer.rejection : null,
    evidence: [...offer.evidence, ...facts.flatMap((fact) => (fact ? [fact.evidence] : []))],
  });
}

function accepted(
  answer: HelloAnswer & { state: 'accepted' },
  hello: ClientHelloProfile,
  offer: Offer,
  server: ServerProfile,
): Verdict {
  const evidence = [
    ...offer.evidence,
    observed(`the server answered this client's hello with ${answer.protocol} and ${answer.suite}`),
  ];
  if (!hello.protocols.includes(answer.protocol)) {
    return verdict('fails', {
      step: 'protocol',
      scenario: 1,
      reason: `the server chose ${answer.protocol}; the client takes ${list(hello.protocols)} and hangs up`,
      evidence,
    });
  }
  const { certificate } = server;
  if (
    certificate &&
    answer.protocol === 'TLS 1.2' &&
    signatureIsOffered(certificate.value, hello.signatureAlgorithms) === false
  ) {
    return certificateVerdict(certificate.value, [...evidence, certificate.evidence], null);
  }
  return verdict('connects', {
    protocol: answer.protocol,
    suite: answer.suite,
    reason: `${answer.protocol} with ${answer.suite}`,
    evidence,
  });
}

/** The server refused this very hello, though a version is in common: says which later step it must be. */
function refused(
  answer: HelloAnswer & { state: 'rejected' },
  hello: ClientHelloProfile,
  offer: Offer,
  server: ServerProfile,
): Verdict {
  const how = rejectionWords(answer);
  const evidence = [...offer.evidence, observed(`the server ${how} after this client's hello`)];
  const { certificate } = server;
  const broader = server.answers.get(helloKey(broadened(hello)));
  const objection = certificate ? signatureIsOffered(certificate.value, hello.signatureAlgorithms) : null;
  if (certificate && broader?.state !== 'rejected' && objection === false) {
    return certificateVerdict(certificate.value, [...evidence, certificate.evidence], answer);
  }
  if (broader?.state === 'accepted') {
    return verdict('fails', {
      step: 'certificate',
      scenario: 4,
      reason: `the server ${how}; the same suites with every signature algorithm and group were accepted, so one of those is missing in the client's hello`,
      rejection: answer.rejection,
      evidence: [
        ...evidence,
        observed(`the same suites with every signature algorithm got ${broader.suite}`),
      ],
    });
  }
  const taken = versionsOf(server);
  return verdict('fails', {
    step: 'cipher-suite',
    scenario: 2,
    reason: `${list(common(hello, taken)) || 'the version'} is in common, but none of the client's ${hello.suites.length} suites is taken: the server ${how}${takes(server)}`,
    rejection: answer.rejection,
    evidence: [...evidence, ...taken.flatMap((version) => evidenceOf(server, version))],
  });
}

/** Nothing was asked on the wire: reasons from what is declared or documented. */
function modelled(hello: ClientHelloProfile, offer: Offer, server: ServerProfile): Verdict {
  const versions = common(hello, versionsOf(server));
  const protocol = versions.at(-1);
  if (protocol === undefined)
    return unknown('which TLS versions the server takes is not known', offer.evidence);
  const evidence = [...offer.evidence, ...evidenceOf(server, protocol)];
  if (!server.suites)
    return unknown(`both sides have ${protocol}; the server's cipher suites are not known`, evidence);
  const key = keyType(server);
  const mutual = server.suites.value.names.filter((name) => hello.suites.includes(name));
  const usable = mutual.filter((name) => isUsable(name, protocol, key.type, hello, server));
  const suite =
    server.suites.value.order === 'server' ? usable[0] : hello.suites.find((name) => usable.includes(name));
  const known = [...evidence, server.suites.evidence, key.evidence];
  if (suite === undefined) {
    return verdict('fails', {
      step: 'cipher-suite',
      scenario: 2,
      reason: `both sides have ${protocol}, but no cipher suite is usable on both (client ${hello.suites.length}, server ${server.suites.value.names.length})`,
      evidence: known,
    });
  }
  const certificate = server.certificate;
  if (
    certificate &&
    protocol === 'TLS 1.2' &&
    signatureIsOffered(certificate.value, hello.signatureAlgorithms) === false
  ) {
    return certificateVerdict(certificate.value, [...known, certificate.evidence], null);
  }
  return verdict('connects', { protocol, suite, reason: `${protocol} with ${suite}`, evidence: known });
}

function isUsable(
  name: string,
  protocol: Protocol,
  key: CertificateFacts['keyType'],
  hello: ClientHelloProfile,
  server: ServerProfile,
): boolean {
  const suite = suiteByName(name);
  if (!suite) return false;
  if (compareProtocols(protocol, suite.minProtocol) < 0 || compareProtocols(protocol, suite.maxProtocol) > 0)
    return false;
  if (suite.authentication !== key) return false;
  if (suite.keyExchange !== 'ECDHE' || !server.groups || hello.groups.length === 0) return true;
  return server.groups.value.some((group) => hello.groups.includes(group));
}

/** Almost every SQL Server certificate is RSA (SQL Server itself generates nothing else). */
function keyType(server: ServerProfile): { type: CertificateFacts['keyType']; evidence: Evidence } {
  return server.certificate
    ? { type: server.certificate.value.keyType, evidence: server.certificate.evidence }
    : {
        type: 'RSA',
        evidence: {
          strength: 'documented',
          statement: "the server's key is RSA, as every certificate SQL Server generates",
        },
      };
}

function certificateVerdict(
  certificate: CertificateFacts,
  evidence: readonly Evidence[],
  answer: (HelloAnswer & { state: 'rejected' }) | null,
): Verdict {
  return verdict('fails', {
    step: 'certificate',
    scenario: 4,
    reason: `the server certificate is signed with ${certificate.signatureHash}, which is not among the signature algorithms of this client`,
    rejection: answer?.rejection ?? null,
    evidence,
  });
}

function versionsOf(server: ServerProfile): Protocol[] {
  return (Object.keys(server.protocols) as Protocol[])
    .filter((version) => server.protocols[version]?.value === 'accepted')
    .sort(compareProtocols);
}

const common = (hello: ClientHelloProfile, versions: readonly Protocol[]) =>
  versions.filter((version) => hello.protocols.includes(version));

function evidenceOf(server: ServerProfile, version: Protocol): Evidence[] {
  const fact = server.protocols[version];
  return fact ? [fact.evidence] : [];
}

const list = (versions: readonly string[]) => versions.join(', ');
const observed = (statement: string): Evidence => ({ strength: 'observed', statement });
const assumed = (statement: string): Evidence => ({ strength: 'assumed', statement });

function verdict(
  outcome: Verdict['outcome'],
  parts: Partial<Verdict> & { reason: string; evidence: readonly Evidence[] },
): Verdict {
  return {
    outcome,
    protocol: null,
    suite: null,
    step: null,
    scenario: null,
    cause: null,
    rejection: null,
    wire: null,
    confidence: weakest(parts.evidence),
    ...parts,
  };
}

const unknown = (reason: string, evidence: readonly Evidence[]) => verdict('unknown', { reason, evidence });
