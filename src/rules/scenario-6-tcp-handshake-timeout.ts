import type { Client } from '../model/client.ts';
import type { Setting } from '../model/connection.ts';
import { clientWords, type Rule } from './rule.ts';

/** Below it an attempt is given up before a queue of logins is through; the drivers' default is 15 seconds. */
const SHORT_TIMEOUT_S = 5;

/** Scenario 6: SQL Server 2017 and earlier take logins with the workers that do everything else. */
export const tcpHandshakeTimeout: Rule = {
  meta: {
    id: 'tcp-handshake-timeout',
    scenario: 6,
    level: 'notice',
    title: 'TCP handshakes may time out on SQL Server 2017 and earlier',
    why: "Scenario 6 of Microsoft's article. SQL Server 2017 and earlier take new connections with the I/O completion workers that do everything else: under a burst of logins they run out, TCP handshakes time out or are reset, and it looks like a TLS failure. SQL Server 2019 has threads of its own for logins. Clients that open a connection for every query, or give up after a few seconds, meet it first. With `timings: true` on a target, `check` times twenty short connections and warns where they wait as those of such a server do; it is a hint, never a verdict.",
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-exist-connection-closed',
  },
  judgeTarget({ target, server }) {
    const { shortOfWorkers } = server;
    if (!shortOfWorkers?.value) return [];
    return [
      {
        span: target.span,
        level: 'warning',
        message: `${target.name}: ${shortOfWorkers.evidence.statement}`,
        fix: 'Move to SQL Server 2019 or later; until then pool connections, spread logins and raise connection timeouts.',
        client: null,
        target: target.name,
        evidence: [shortOfWorkers.evidence],
        about: 'observed',
      },
    ];
  },
  judgePair({ client, target, server, when }) {
    const { loginDispatcher } = server;
    const exposed = exposure(client);
    if (when !== 'current' || loginDispatcher?.value !== false || exposed === null) return [];
    const { setting, words, fix } = exposed;
    return [
      {
        span: setting.span,
        message: `${clientWords(client)}: ${setting.keyword}=${setting.written} ${words}, and ${target.name} (${loginDispatcher.evidence.statement}) can run out of them under a burst: TCP handshakes then time out.`,
        fix,
        client: client.name,
        target: target.name,
        evidence: [
          { strength: 'declared', statement: `${setting.keyword}=${setting.written}`, span: setting.span },
          loginDispatcher.evidence,
        ],
        about: setting.keyword,
      },
    ];
  },
};

interface Exposure {
  readonly setting: Setting<unknown>;
  readonly words: string;
  readonly fix: string;
}

function exposure({ settings: { pooling, connectTimeout } }: Client): Exposure | null {
  if (pooling?.value === false)
    return {
      setting: pooling,
      words: 'opens a connection for every use',
      fix: 'Leave pooling on (its default), or move to SQL Server 2019 or later.',
    };
  const seconds = connectTimeout?.value;
  if (connectTimeout && seconds != null && seconds > 0 && seconds < SHORT_TIMEOUT_S)
    return {
      setting: connectTimeout,
      words: `gives a connection ${seconds} s`,
      fix: 'Give it 15 seconds (the default) or more, with retries, or move to SQL Server 2019 or later.',
    };
  return null;
}
