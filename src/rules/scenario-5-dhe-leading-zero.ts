import type { Level } from '../model/finding.ts';
import { WITHOUT_DHE } from './dhe.ts';
import { clientWords, type JudgedPair, opening, type Rule } from './rule.ts';

/** Scenario 5: TLS_DHE, and one side alone strips leading zero bytes of the shared secret. */
export const dheLeadingZero: Rule = {
  meta: {
    id: 'dhe-leading-zero',
    scenario: 5,
    level: 'error',
    title: 'TLS_DHE without the leading-zero fix on one side',
    why: "Scenario 5 of Microsoft's article. Up to TLS 1.2 leading zero bytes of a Diffie-Hellman secret are stripped before keys are made of it (RFC 5246 §8.1.2). Windows releases before 10 1511 keep them, and so does Windows Server 2016 without KB4537806: where one side strips and the other does not, each full handshake whose secret begins with a zero byte fails, about 1 in 256. Applications see a 10054 now and then that is gone on the next try. `probe --deep` measures which kind a server is.",
    helpUri:
      'https://learn.microsoft.com/troubleshoot/windows-server/certificates-and-public-key-infrastructure-pki/apps-forcibly-closed-tls-connection-errors',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.cause !== 'dhe-leading-zero') return [];
    return [
      {
        span: client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} and ${target.name} come to a TLS_DHE suite, and handshakes fail now and then: ${verdict.reason}.`,
        fix: `Switch the TLS_DHE suites off on one side (Disable-TlsCipherSuite, or the cipher suite order policy), or bring the older Windows up to date: Windows Server 2016 with KB4537806 or later, else a newer release.`,
        changes: [WITHOUT_DHE],
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};

/** It is rare, but sure, where every case of the client has it and both Windows are known. */
function levelOf({ cases, server, verdict, when, onlyUnsupported }: JudgedPair): Level {
  const sure =
    server.leadingZeroFix?.value !== 'needs-update' &&
    cases.every(
      ({ of, verdict: { cause } }) =>
        cause === 'dhe-leading-zero' && of.limits.leadingZeroFix !== 'needs-update',
    );
  if (sure && when === 'current' && verdict.confidence !== 'assumed') return 'error';
  return onlyUnsupported && !sure ? 'notice' : 'warning';
}
