import { upgradeChanges } from './changes/upgrade.ts';
import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** Encrypt=Strict (TDS 8.0) where the driver or the server does not know it. */
export const strictNotSupported: Rule = {
  meta: {
    id: 'strict-not-supported',
    scenario: null,
    level: 'error',
    title: 'Encrypt=Strict is not supported',
    why: '`Encrypt=Strict` is TDS 8.0: the connection begins with TLS, and PRELOGIN follows inside. SQL Server before 2022 takes the ClientHello for a broken PRELOGIN and hangs up; drivers before their TDS 8.0 build do not know the keyword or take it for `true`.',
    helpUri: 'https://learn.microsoft.com/sql/relational-databases/security/networking/tds-8',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.step !== 'strict' || verdict.outcome !== 'fails') return [];
    return [
      {
        span: client.encryptSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} cannot connect to ${target.name} with Encrypt=Strict: ${verdict.reason}.`,
        fix: 'Set Encrypt=Mandatory, or move both sides to TDS 8.0 (SQL Server 2022 or later).',
        changes: upgradeChanges(client, 'strict', pair.today),
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};
