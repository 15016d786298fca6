import { suiteByName } from '../tls/cipher-suites.ts';
import { clientWords, type JudgedPair, levelOf, opening, type Rule } from './rule.ts';
import { settingFix, settingSpan } from './setting-span.ts';

/** Scenario 2: a TLS version is in common, but no cipher suite. */
export const noCommonCipherSuite: Rule = {
  meta: {
    id: 'no-common-cipher-suite',
    scenario: 2,
    level: 'error',
    title: 'No common cipher suite',
    why: "Scenario 2 of Microsoft's article. Both sides have a TLS version in common, but no cipher suite that fits it, the server's certificate and a common named group. Servers answer by hanging up. It follows suite order policies that were applied to one side only, clients that dropped static RSA key exchange, and certificates of a kind of key for which the client has no suite.",
    helpUri: 'https://learn.microsoft.com/windows/win32/secauthn/cipher-suites-in-schannel',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.step !== 'cipher-suite' || (verdict.outcome !== 'fails' && verdict.outcome !== 'may-fail'))
      return [];
    return [
      {
        span: settingSpan(pair) ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} and ${target.name} share no cipher suite: ${verdict.reason}.`,
        fix: settingFix(pair) ?? fix(pair),
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: `${verdict.outcome} ${pair.when}`,
      },
    ];
  },
};

/** Names suites that the client has and that fit an RSA certificate: the server's side is the smaller change. */
function fix({ target, cases }: JudgedPair): string {
  const failing = cases.find(({ verdict }) => verdict.outcome === 'fails');
  const wanted = (failing?.of.hello?.suites ?? []).filter((name) => {
    const suite = suiteByName(name);
    return suite?.authentication === 'RSA' && suite.verdict !== 'insecure' && suite.keyExchange === 'ECDHE';
  });
  const [one, another] = wanted;
  if (one === undefined)
    return `Let the client offer a suite that ${target.name} takes: move it to a newer driver or runtime.`;
  const names = another === undefined ? one : `${one} or ${another}`;
  return `Enable ${names} on ${target.name} (cipher suite order policy, Enable-TlsCipherSuite, or network.tlsciphers on Linux).`;
}
