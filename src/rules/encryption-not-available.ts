import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** The client insists on encryption and the server answers PRELOGIN with ENCRYPT_NOT_SUP. */
export const encryptionNotAvailable: Rule = {
  meta: {
    id: 'encryption-not-available',
    scenario: null,
    level: 'error',
    title: 'The server offers no encryption',
    why: 'In PRELOGIN a SQL Server can answer `ENCRYPT_NOT_SUP`: it was built or started without TLS. A client that insists on encryption (`Encrypt=Mandatory`) hangs up; one that does not sends its login in clear text.',
    helpUri:
      'https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/60f56408-0188-4cd5-8b90-25c6f2423868',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.step !== 'encryption' || verdict.outcome !== 'fails') return [];
    return [
      {
        span: client.encryptSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} cannot connect to ${target.name}: ${verdict.reason}. A SQL Server that answers so could not set up TLS at its start (certificate, Schannel or OpenSSL).`,
        fix: `Look for errors 26014 to 26017 and 17182 in the error log of ${target.name}, mend its certificate or protocols, and restart it.`,
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};
