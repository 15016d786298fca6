// The model against the wire: random lab servers, asked inside TDS by the probe's scan, answer as `negotiate` says of their settings.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mintCertificate } from '../../src/lab/certificates.ts';
import { type LabProfile, labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import { NO_LIMITS } from '../../src/model/client.ts';
import type { Evidence, Fact } from '../../src/model/evidence.ts';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import { TDS7_PROTOCOLS } from '../../src/model/protocol.ts';
import type { ServerProfile } from '../../src/model/server-profile.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { profileOf } from '../../src/observe/profile.ts';
import { scan } from '../../src/observe/scan.ts';
import { broadened } from '../../src/tls/broadened.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { negotiate } from '../../src/tls/negotiate.ts';
import type { Offer } from '../../src/tls/negotiation/offer.ts';
import { GROUPS, SCHEMES, SUITES, some } from './pair.ts';

const SERVERS = 60;
const HELLOS = 12;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
/** Each is to be met. */
const ENDS = [
  'fails strict',
  'fails encryption',
  'fails protocol',
  'fails cipher-suite',
  'fails certificate',
  'connects TLS 1.0',
  'connects TLS 1.1',
  'connects TLS 1.2',
];
const LIMIT_MS = 240_000;
const DEADLINE_MS = 5000;

const tds7 = fc
  .tuple(fc.nat(2), fc.nat(2))
  .map(([one, other]) => TDS7_PROTOCOLS.slice(Math.min(one, other), Math.max(one, other) + 1));

const hellos: fc.Arbitrary<ClientHelloProfile> = fc
  .record({ protocols: tds7, suites: some(SUITES), groups: some(GROUPS), signatureAlgorithms: some(SCHEMES) })
  .map((parts) => ({
    ...parts,
    signatureAlgorithms: parts.protocols.includes('TLS 1.2') ? parts.signatureAlgorithms : [],
    extendedMasterSecret: true,
  }));

/**
 * Of the RSA certificates that the lab mints; every other setting at random. A server without a suite for one of its
 * versions cannot be told from one without the version, so there always is one.
 */
const servers: fc.Arbitrary<LabProfile> = fc
  .record({
    protocols: tds7,
    suites: some(SUITES).map((names) => [...new Set([...names, 'TLS_RSA_WITH_AES_128_CBC_SHA'])]),
    groups: some(GROUPS),
    signatureAlgorithms: some(SCHEMES).map((names) => [...new Set([...names, 'rsa_pkcs1_sha256'])]),
    encryption: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('OFF' as const, 'ON' as const) },
      { weight: 1, arbitrary: fc.constant('NOT_SUP' as const) },
    ),
    strictOnly: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
    refusal: fc.constantFrom('alert' as const, 'close' as const, 'reset' as const),
    hash: fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const),
  })
  .map(({ hash, strictOnly, ...settings }) => {
    const base = labProfile('sql-server-2022');
    if (!base) throw new Error('the lab has no sql-server-2022');
    const certificate = { ...base.certificate, hash };
    const random = { ...base, ...settings, name: 'random', certificate };
    return strictOnly ? { ...random, protocols: ['TLS 1.2'], strict: 'only' } : random;
  });

const evidence: Evidence = { strength: 'declared', statement: 'as configured' };
const fact = <T>(value: T): Fact<T> => ({ value, evidence });

/** One more hello tells a suite from these, not one of them from another. */
const isGroupOrScheme = ({ cause }: Verdict) =>
  cause === 'groups-disjoint' || cause === 'signature-algorithms-disjoint' || cause === 'certificate-hash';

/** What the lab server's settings say of it. OpenSSL's own TLS_DHE prime is as strong as its key. */
function described(lab: LabProfile): ServerProfile {
  const [leaf = ''] = mintCertificate(lab.certificate).chain.split('-----END CERTIFICATE-----');
  const der = Buffer.from(leaf.replace('-----BEGIN CERTIFICATE-----', ''), 'base64');
  return {
    protocols: Object.fromEntries(
      TDS7_PROTOCOLS.map((version) => [
        version,
        fact(lab.protocols.includes(version) ? 'accepted' : 'rejected'),
      ]),
    ),
    encryption: fact(lab.encryption),
    ...(lab.strict === 'only' && { forceStrict: fact(true) }),
    suites: fact({ names: lab.suites, order: 'server' as const }),
    groups: fact(lab.groups),
    signatureAlgorithms: fact(lab.signatureAlgorithms),
    certificate: fact(decodeCertificate(der)),
    dhBits: fact(2048),
    answers: new Map(),
  };
}

test(
  `${SERVERS} servers × ${HELLOS} hellos: what is seen on the wire is what the settings say`,
  async () => {
    const drawn = fc.sample(
      fc.record({ server: servers, offered: fc.array(hellos, { minLength: HELLOS, maxLength: HELLOS }) }),
      {
        numRuns: SERVERS,
        seed: SEED,
      },
    );
    const differences: unknown[] = [];
    const outcomes = new Map<string, number>();
    for (const { server, offered } of drawn) {
      const lab = await startLab(server);
      const where = { host: '127.0.0.1', port: lab.port, instance: null, serverName: null };
      const options = { deadlineMs: DEADLINE_MS, afterRejection: broadened };
      const observation = await scan(where, offered, options).finally(() => lab.close());
      for (const hello of offered) {
        const offer: Offer = {
          hello,
          clearText: false,
          encrypt: 'Mandatory',
          strict: null,
          limits: NO_LIMITS,
          validation: null,
          evidence: [],
        };
        const said = negotiate(offer, described(server));
        const seen = negotiate(offer, profileOf(observation));
        const end = `${said.outcome} ${said.step ?? said.protocol}`;
        outcomes.set(end, (outcomes.get(end) ?? 0) + 1);
        const keys =
          said.outcome === 'connects'
            ? (['outcome', 'protocol', 'suite'] as const)
            : (['outcome', 'step'] as const);
        if (keys.some((key) => said[key] !== seen[key]) && !(isGroupOrScheme(said) && isGroupOrScheme(seen)))
          differences.push({ said, seen, hello, server });
      }
    }
    process.stdout.write(
      `seed ${SEED}: ${[...outcomes].map(([end, count]) => `${count} ${end}`).join(', ')}\n`,
    );
    expect(differences.slice(0, 1)).toEqual([]);
    expect(ENDS.filter((end) => !outcomes.has(end))).toEqual([]);
  },
  LIMIT_MS,
);
