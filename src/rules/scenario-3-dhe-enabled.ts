import type { Level } from '../model/finding.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import { isDhe, WITHOUT_DHE } from './dhe.ts';
import type { JudgedPair, JudgedTarget, Rule } from './rule.ts';

const ARTICLE =
  'https://learn.microsoft.com/troubleshoot/windows-server/certificates-and-public-key-infrastructure-pki/apps-forcibly-closed-tls-connection-errors';

/** Scenario 3: TLS_DHE suites between generations of Windows. */
export const dheEnabled: Rule = {
  meta: {
    id: 'dhe-enabled',
    scenario: 3,
    level: 'warning',
    title: 'TLS_DHE cipher suites are enabled',
    why: "Scenario 3 of Microsoft's article. Generations of Windows compute finite-field Diffie-Hellman keys differently: where a handshake comes to a `TLS_DHE_` suite, one in some hundred fails, and the next succeeds. With the lists that Windows comes with this is what a Windows Server 2016, 2019 or 2022 chooses for clients on Windows Server 2008 R2, 2012 and 2012 R2. It is an error where such a client is known to get one; a warning where the server's list has been seen or declared; a notice where it is only the default. SQL Server on Linux has no such suite by default.",
    helpUri: ARTICLE,
  },
  judgeTarget(judged) {
    const { target, server, pairs } = judged;
    if (server.dropsSilently?.value === false || isLinux(server)) return [];
    const chosen = pairs.filter((pair) => pair.when === 'current' && choosesDhe(pair));
    const listed = (server.suites?.value.names ?? []).filter(isDhe);
    if (listed.length === 0 && chosen.length === 0) return [];
    const names = listed.length > 0 ? listed : [...new Set(chosen.flatMap(dheSuites))];
    const who = chosen.map(({ client }) => client.name);
    const evidence = server.suites
      ? [server.suites.evidence]
      : chosen.flatMap(({ verdict }) => verdict.evidence);
    return [
      {
        span: target.span,
        level: levelOf(judged, chosen),
        message: `${target.name} takes ${named(names)}${who.length > 0 ? `, and ${list(who)} ${who.length === 1 ? 'gets' : 'get'} one of them` : ''}: generations of Windows compute such keys differently, and a handshake between them fails now and then.`,
        fix: `Switch the TLS_DHE suites off on the Windows of ${target.name} (cipher suite order policy, or Disable-TlsCipherSuite for each) and restart it.`,
        changes: [WITHOUT_DHE],
        client: null,
        target: target.name,
        evidence,
        about: names.join(),
      },
    ];
  },
};

const isLinux = ({ product, os }: ServerProfile) =>
  /linux/i.test(product?.value ?? '') || (os !== undefined && !/windows/i.test(os.value));

const dheSuites = ({ cases }: JudgedPair) =>
  cases.flatMap(({ verdict: { suite } }) => (suite !== null && isDhe(suite) ? [suite] : []));
const choosesDhe = (pair: JudgedPair) => dheSuites(pair).length > 0;

/** On Windows a client computes keys as its generation does; of other stacks nothing is reported against DHE as such. */
const onWindows = ({ cases }: JudgedPair) =>
  cases.some(
    ({ of, verdict: { suite } }) => of.stack?.startsWith('schannel') && suite !== null && isDhe(suite),
  );

function levelOf({ server }: JudgedTarget, chosen: readonly JudgedPair[]): Level {
  const sure = chosen.filter(
    (pair) => onWindows(pair) && pair.cases.every(({ verdict: { suite } }) => suite !== null && isDhe(suite)),
  );
  if (sure.some(({ verdict }) => verdict.confidence !== 'assumed')) return 'error';
  if (chosen.some(onWindows)) return 'warning';
  const { strength } = server.suites?.evidence ?? { strength: 'assumed' };
  return strength === 'observed' || strength === 'declared' ? 'warning' : 'notice';
}

const MAX_NAMES = 2;
const named = (names: readonly string[]) =>
  names.length <= MAX_NAMES
    ? names.join(' and ')
    : `${names.slice(0, MAX_NAMES).join(', ')} and ${names.length - MAX_NAMES} more`;
const list = (names: readonly string[]) => names.join(', ');
