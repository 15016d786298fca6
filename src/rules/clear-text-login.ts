import type { Client } from '../model/client.ts';
import { clientWords, type Draft, levelOf, opening, type Rule } from './rule.ts';

/** A driver that sends its login, password included, without any TLS. */
export const clearTextLogin: Rule = {
  meta: {
    id: 'clear-text-login',
    scenario: null,
    level: 'warning',
    title: 'The login crosses the network in clear text',
    why: "Microsoft's drivers encrypt the login even with `Encrypt` off. Others do not: tedious with `encrypt: false`, jTDS without `ssl`, go-mssqldb with `encrypt=disable`, python-tds without a CA file, old pymssql and sqlx. The password then crosses the network as it is, a TLS mismatch cannot happen, and a server that forces encryption hangs up.",
    helpUri:
      'https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/60f56408-0188-4cd5-8b90-25c6f2423868',
  },
  judgeClient(client) {
    const { cases, connectionSpan, local } = client;
    if (local || connectionSpan === null || cases.length === 0 || !cases.every((one) => one.clearText))
      return [];
    return [
      draft(client, {
        message: `${clientWords(client)} starts no TLS: its login, password included, crosses the network in clear text.`,
        target: null,
        evidence: cases.flatMap((one) => one.evidence),
        about: 'sent',
      }),
    ];
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.cause !== 'client-without-encryption') return [];
    return [
      draft(client, {
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} cannot connect to ${target.name}: ${verdict.reason}.`,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      }),
    ];
  },
};

function draft(
  { name, encryptSpan, connectionSpan, driverSpan }: Client,
  parts: Pick<Draft, 'message' | 'target' | 'evidence' | 'about' | 'level'>,
): Draft {
  return {
    span: encryptSpan ?? connectionSpan ?? driverSpan,
    fix: 'Switch encryption on in the connection, or move to a driver or build that encrypts its login.',
    client: name,
    ...parts,
  };
}
