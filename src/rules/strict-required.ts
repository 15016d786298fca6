import { editTo } from './edits.ts';
import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** The server takes nothing but TDS 8.0 and the client does not begin with TLS. */
export const strictRequired: Rule = {
  meta: {
    id: 'strict-required',
    scenario: null,
    level: 'error',
    title: 'The server requires Encrypt=Strict',
    why: 'With Force Strict Encryption SQL Server 2022 and later take connections of TDS 8.0 alone: they begin with TLS. A client that begins with PRELOGIN, as every `Encrypt` but `Strict` does, is cut off before any error text, and the application reads a 10054.',
    helpUri: 'https://learn.microsoft.com/sql/relational-databases/security/networking/tds-8',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.cause !== 'server-forces-strict') return [];
    const { driver, encryptSpan } = client;
    const able = driver.strict !== false;
    return [
      {
        span: encryptSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} cannot connect to ${target.name}: ${verdict.reason}.`,
        fix: able
          ? 'Set Encrypt=Strict, with a certificate on the server that the client trusts and that names it.'
          : `Move to a build of ${driver.label} with TDS 8.0 and set Encrypt=Strict, or switch Force Strict Encryption off on ${target.name}.`,
        changes: able && encryptSpan ? [editTo(encryptSpan, 'Strict', false)] : [],
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};
