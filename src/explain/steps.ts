/** A verdict told as the steps of a connection: what each side brings, what they agree on, where it dies. */

import type { Evidence } from '../model/evidence.ts';
import { type ExplainedStep, HANDSHAKE } from '../model/explanation.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import type { Verdict } from '../model/verdict.ts';
import type { JudgedPair } from '../rules/rule.ts';
import { suiteByName } from '../tls/cipher-suites.ts';
import type { CaseVerdict } from '../tls/quantify.ts';
import { clientSides, serverSides, validates } from './sides.ts';

type StepName = ExplainedStep['step'];

export function stepsOf(pair: JudgedPair, one: CaseVerdict): readonly ExplainedStep[] {
  const clients = clientSides(pair, one.of);
  const servers = serverSides(pair, one);
  const { verdict } = one;
  const end = endOf(verdict, pair.server);
  const last = end === null ? HANDSHAKE.length : HANDSHAKE.indexOf(end);
  const noTls = verdict.outcome === 'connects' && verdict.protocol === null;
  return HANDSHAKE.map((step, at): ExplainedStep => {
    const sides = { step, client: clients[step], server: servers[step] };
    const evidence = evidenceOf(step, pair.server, one);
    if (noTls && at > 1) return { ...sides, result: 'not-reached', detail: 'there is no TLS', evidence: [] };
    if (at > last) return { ...sides, result: 'not-reached', detail: null, evidence };
    if (at === last) return { ...sides, result: resultOf(verdict), detail: verdict.reason, evidence };
    return { ...sides, result: 'passes', detail: agreed(step, pair, verdict), evidence };
  });
}

const resultOf = ({ outcome }: Verdict): ExplainedStep['result'] =>
  outcome === 'fails' ? 'dies' : outcome === 'may-fail' ? 'may-die' : 'unknown';

/** The step at which it ends or is not known any more; `null` when it gets through. */
function endOf(verdict: Verdict, server: ServerProfile): StepName | null {
  const { outcome, step, cause } = verdict;
  if (outcome === 'connects') return null;
  switch (step) {
    case 'tcp':
      return 'tcp';
    case 'strict':
    case 'encryption':
      return 'prelogin';
    case 'protocol':
      return 'version';
    case 'cipher-suite':
    case 'certificate':
      return step;
    case 'handshake':
      return cause === 'dhe-leading-zero' ? 'finished' : 'key-exchange';
    case null:
      return Object.keys(server.protocols).length > 0 && server.suites === undefined
        ? 'cipher-suite'
        : 'version';
  }
}

/** What both hold once a step is passed. */
function agreed(step: StepName, { client, server }: JudgedPair, verdict: Verdict): string | null {
  const { protocol, suite } = verdict;
  const encrypt = client.settings.encrypt?.value;
  switch (step) {
    case 'tcp':
      return null;
    case 'prelogin':
      if (encrypt === 'Strict') return 'TLS begins at once (TDS 8.0)';
      if (verdict.outcome === 'connects' && protocol === null)
        return 'no encryption: the login goes in clear text';
      return encrypt === 'Optional' && !server.forceEncryption?.value
        ? 'TLS for the login alone: the whole handshake happens all the same'
        : 'TLS for the whole session';
    case 'version':
      return protocol;
    case 'cipher-suite':
      return suite;
    case 'certificate':
      return validates(client) && !server.certificate
        ? 'whether the client trusts it is not known'
        : 'the client goes on with it';
    case 'key-exchange':
      return suite === null ? null : (KEY_EXCHANGE[suiteByName(suite)?.keyExchange ?? ''] ?? null);
    case 'finished':
      return 'both have the same keys: the login follows';
  }
}

const KEY_EXCHANGE: Readonly<Record<string, string>> = {
  ECDHE: 'elliptic curves (ECDHE)',
  DHE: 'finite fields (TLS_DHE)',
  RSA: 'static RSA: the client encrypts the secret with the key of the certificate',
};

function evidenceOf(
  step: StepName,
  server: ServerProfile,
  { of, verdict }: CaseVerdict,
): readonly Evidence[] {
  const facts = (...found: readonly ({ readonly evidence: Evidence } | undefined)[]) =>
    found.flatMap((fact) => (fact ? [fact.evidence] : []));
  switch (step) {
    case 'tcp':
    case 'finished':
      return step === 'finished' ? facts(server.leadingZeroFix) : [];
    case 'prelogin':
      return facts(server.encryption, server.forceEncryption, server.strict, server.forceStrict);
    case 'version':
      return [
        ...of.evidence,
        ...Object.values(server.protocols).flatMap((fact) => facts(fact)),
        ...verdict.evidence.filter(({ strength }) => strength === 'observed'),
      ].filter(distinct);
    case 'cipher-suite':
      return facts(server.suites, server.groups);
    case 'certificate':
      return facts(server.certificate, server.fallbackHash, server.refusesUnlistedHash);
    case 'key-exchange':
      return facts(server.dhBits, server.groups);
  }
}

const distinct = (one: Evidence, at: number, all: readonly Evidence[]) =>
  all.findIndex(({ statement }) => statement === one.statement) === at;
