import type { Change } from '../model/change.ts';
import { labels } from '../tls/quantify.ts';
import { upgradeChanges } from './changes/upgrade.ts';
import { clientWords, type JudgedPair, levelOf, opening, type Rule, seen } from './rule.ts';
import { settingFix, settingSpan } from './setting-span.ts';

/** Scenario 1: client and server have no TLS version in common. */
export const noCommonProtocol: Rule = {
  meta: {
    id: 'no-common-protocol',
    scenario: 1,
    level: 'error',
    title: 'No common TLS protocol',
    why: 'Scenario 1 of Microsoft\'s article. The ClientHello names the TLS versions of the client; where the server takes none of them it hangs up, and the application reads "An existing connection was forcibly closed by the remote host". Either side can be the one that lacks TLS 1.2: an old driver or runtime, a SQL Server build before its TLS 1.2 update, or a registry policy that switched a version off.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-1-2-support-microsoft-sql-server',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.step !== 'protocol' || (verdict.outcome !== 'fails' && verdict.outcome !== 'may-fail'))
      return [];
    const side = lackingSide(pair);
    return [
      {
        span:
          settingSpan(pair) ?? (side === 'server' ? (client.endpointSpan ?? target.span) : client.driverSpan),
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} and ${target.name} have no TLS version in common: ${verdict.reason}.${seen(pair)}`,
        fix: settingFix(pair) ?? (side === 'server' ? serverFix(pair) : clientFix(pair)),
        changes:
          settingFix(pair) !== null
            ? []
            : side === 'server'
              ? serverUpdate(pair)
              : upgradeChanges(client, 'tls12', pair.today),
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: `${verdict.outcome} ${pair.when} ${side}`,
      },
    ];
  },
};

const failing = ({ cases }: JudgedPair) => cases.filter(({ verdict }) => verdict.outcome === 'fails');

/** Who has to move: the server, when a failing client case does offer TLS 1.2. */
function lackingSide(pair: JudgedPair): 'client' | 'server' {
  return failing(pair).some(({ of }) => of.hello?.protocols.includes('TLS 1.2')) ? 'server' : 'client';
}

function clientFix(pair: JudgedPair): string {
  const fixes = [...new Set(failing(pair).map(({ of }) => of.tls12Fix))].filter((fix) => fix !== null);
  const connecting = pair.cases.filter(({ verdict }) => verdict.outcome === 'connects');
  const [first = 'give the client TLS 1.2'] = fixes;
  const pin =
    connecting.length > 0
      ? `; or, if it runs only on ${labels(connecting)}, say so with \`runs-on\` or \`runtime\` in the policy file`
      : '';
  return sentence(`${first}${pin}`);
}

/** The KB of each branch is not in the catalog; the build leads to it. */
function serverUpdate({ server: { product, tls12From } }: JudgedPair): readonly Change[] {
  if (!tls12From) return [];
  const { value: build, evidence } = tls12From;
  const source = evidence.source ?? null;
  return [{ kind: 'server-update', product: product?.value ?? 'SQL Server', build, kb: null, source }];
}

function serverFix({ target, server }: JudgedPair): string {
  const build = server.build ? ` (build ${server.build.value})` : '';
  return `Give ${target.name}${build} TLS 1.2: a SQL Server build with its TLS 1.2 update (KB3135244), and TLS 1.2 enabled for the Server role on its Windows.`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
