// Java's TLS behind TDS, with everything on that was ever switched off. Skipped, and said, where there is no JDK.
import { afterAll, describe, expect, test } from '@jest/globals';
import type { ProbedTarget } from '../../src/model/probe-report.ts';
import { type Protocol, TDS7_PROTOCOLS } from '../../src/model/protocol.ts';
import { broadHello } from '../../src/observe/peel/broad-hello.ts';
import { probe } from '../../src/observe/probe.ts';
import { STRICT_PROTOCOLS } from '../../src/observe/strict.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { type Configured, PROCESSES } from './jsse/configurations.ts';
import { JssePrograms, jsseObstacle, type RunningJsse } from './jsse/servers.ts';

const LIMIT_MS = 60_000;
const EXPORT_BITS = 512;
const INSIDE_TDS: readonly Protocol[] = ['SSL 3.0', ...TDS7_PROTOCOLS];

interface Pair {
  readonly configured: Configured;
  readonly running: RunningJsse;
  readonly groups: readonly string[];
}

const obstacle = jsseObstacle();
const programs = obstacle === null ? new JssePrograms() : null;
const pairs = programs
  ? (
      await Promise.all(
        PROCESSES.map(async ({ properties, servers, groups }) =>
          (
            await programs.start(properties, servers)
          ).map((running, index): [string, Pair] => {
            const configured = servers[index] as Configured;
            return [configured.name, { configured, running, groups }];
          }),
        ),
      )
    ).flat()
  : PROCESSES.flatMap(({ servers }) => servers.map(({ name }): [string, Pair | null] => [name, null]));
afterAll(() => programs?.stop());

/** Why a configured suite cannot be had in a version, whatever a client offers. */
const NEVER: readonly {
  readonly why: string;
  readonly suite: RegExp;
  /** It can be had in these versions, with such keys. */
  readonly unless: (version: Protocol, keys: readonly string[]) => boolean;
}[] = [
  {
    why: 'RFC 5246: its MAC or AEAD came with TLS 1.2',
    suite: /_WITH_.*(SHA256|SHA384)$/,
    unless: (version) => version === 'TLS 1.2',
  },
  {
    why: 'RFC 8446: TLS 1.3 has suites of its own',
    suite: /^TLS_(AES|CHACHA20)_/,
    unless: (version) => version === 'TLS 1.3',
  },
  { why: 'RFC 8446: and no other', suite: /_WITH_/, unless: (version) => version !== 'TLS 1.3' },
  {
    why: 'RFC 4346: EXPORT ended with TLS 1.0',
    suite: /_EXPORT_/,
    unless: (version) => /TLS 1.0|SSL 3.0/.test(version),
  },
  {
    why: 'RFC 5246: DES ended with TLS 1.1',
    suite: /_WITH_DES_/,
    unless: (version) => version !== 'TLS 1.2',
  },
  {
    why: 'no RSA key',
    suite: /^TLS_((EC)?DHE_)?RSA_/,
    unless: (_, keys) => keys.some((key) => key.startsWith('RSA:')),
  },
  { why: 'no DSA key', suite: /_DSS_/, unless: (_, keys) => keys.some((key) => key.startsWith('DSA:')) },
  {
    why: 'no EC key',
    suite: /_ECDSA_|^TLS_ECDH_RSA_/,
    unless: (_, keys) => keys.some((key) => key.startsWith('EC')),
  },
];

const possible =
  (version: Protocol, { keys }: Configured) =>
  (suite: string) =>
    NEVER.every((rule) => !rule.suite.test(suite) || rule.unless(version, keys));

const found = (protocols: ProbedTarget['protocols']) =>
  protocols
    .filter(({ state }) => state === 'accepted')
    .map(({ version, suites, order }) => ({ version, suites, order }));

/** What the probe is to say, of nothing but the configuration and what Java's own client could negotiate. */
function expected({ configured: { order, protocols }, running }: Pair, among: readonly Protocol[]) {
  return among
    .filter((version) => protocols.includes(version))
    .map((version) => {
      const negotiated = [...(running.negotiated.get(version)?.keys() ?? [])];
      const offered = broadHello(version).suites;
      return {
        version,
        suites:
          order === 'server'
            ? negotiated
            : negotiated.toSorted((one, other) => offered.indexOf(one) - offered.indexOf(other)),
        order: negotiated.length > 1 ? order : null,
      };
    });
}

(obstacle === null ? describe : describe.skip)(
  `Java’s TLS, all of it and nothing else${obstacle ? ` (skipped: ${obstacle})` : ''}`,
  () => {
    describe.each(pairs)('%s', (_, pair) => {
      if (pair === null) return test.skip('not started', () => {});
      const { configured, running, groups } = pair;
      if (running.unknown.length > 0)
        return test.skip(`skipped: this Java does not have ${running.unknown}`, () => {});

      test('Java’s own client gets what is configured; what it cannot get has its reason', () => {
        for (const [version, suites] of running.negotiated) {
          expect([version, ...suites.keys()]).toEqual([
            version,
            ...running.suites.filter(possible(version, configured)),
          ]);
          for (const [suite, bits] of suites)
            if (suite.includes('_DHE_'))
              expect([suite, bits]).toEqual([
                suite,
                suite.includes('_EXPORT_') ? EXPORT_BITS : configured.dhBits,
              ]);
        }
      });

      test(
        'the probe',
        async () => {
          const where = { host: '127.0.0.1', port: running.port, instance: null, serverName: null };
          const { target } = await probe(where, { endpoint: 'jsse', deadlineMs: 10_000, hellos: [] });
          expect(target).toMatchObject({
            prelogin: { version: '16.0.1000', encryption: 'ON' },
            strict: configured.protocols.includes('TLS 1.3'),
            reason: null,
          });
          expect(found(target.protocols)).toEqual(expected(pair, INSIDE_TDS));
          expect(found(target.strictProtocols)).toEqual(
            target.strict ? expected(pair, STRICT_PROTOCOLS) : [],
          );
          const newest = target.protocols.findLast(({ state }) => state === 'accepted');

          const withGroups = newest?.suites.some((name) => /_ECDHE_|_ECDH_anon_/.test(name));
          // Java takes the first of the client's groups that it has.
          const ordered = broadHello('TLS 1.3').groups.filter((name) => groups.includes(name));
          const curves = ordered.filter((name) => !name.startsWith('ffdhe'));
          expect(newest?.groups).toEqual(withGroups ? curves : []);
          expect(target.strictProtocols.at(-1)?.groups ?? ordered).toEqual(ordered);

          const sizes = target.protocols.flatMap(({ version, suiteFacts }) =>
            suiteFacts.map(({ name, dh }) => [version, name, dh?.bits ?? 0]),
          );
          expect(sizes).toEqual(
            sizes.map(([version, name]) => [
              version,
              name,
              running.negotiated.get(version as Protocol)?.get(`${name}`),
            ]),
          );

          const certificates = running.certificates.map((der) =>
            decodeCertificate(Buffer.from(der, 'base64')),
          );
          expect(certificates.length > 0 ? certificates : [null]).toContainEqual(target.certificate);
        },
        LIMIT_MS,
      );
    });
  },
);
