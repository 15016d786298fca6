// What the probe finds is what OpenSSL was told, exactly: protocols, suites, order, groups, DH group, certificate.
import { afterEach, expect, test } from '@jest/globals';
import { probe } from '../../src/observe/probe.ts';
import { suiteByName } from '../../src/tls/cipher-suites.ts';
import { CONFIGURATIONS, opensslOptions, usableSuites } from './configurations.ts';
import { opensslTds } from './openssl-tds.ts';
import type { RawServer } from './raw-server.ts';

let server: RawServer | undefined;
afterEach(() => server?.close());

test.each(CONFIGURATIONS)(
  '$name',
  async (configuration) => {
    server = await opensslTds(opensslOptions(configuration));
    const where = { host: '127.0.0.1', port: server.port, instance: null, serverName: null };
    const { target } = await probe(where, { endpoint: 'openssl', deadlineMs: 4000, hellos: [] });

    const found = target.protocols.filter(({ state }) => state === 'accepted');
    expect(found.map(({ version }) => version)).toEqual(configuration.versions);
    for (const { version, suites, order, groups, suiteFacts } of found) {
      const expected = usableSuites(configuration, version);
      expect([...suites].sort()).toEqual([...expected].sort());
      if (configuration.order === 'server') expect(suites).toEqual(expected);
      expect(order).toBe(expected.length > 1 ? configuration.order : null);
      const namesGroup = expected.some((name) => suiteByName(name)?.keyExchange === 'ECDHE');
      expect([...groups].sort()).toEqual(namesGroup ? [...configuration.groups].sort() : []);
      const dh = new Set(suiteFacts.map((fact) => fact.dh?.name ?? null));
      const named = configuration.dh === 'modp2' ? 'Oakley group 2' : 'MODP group 14';
      expect(dh.has(named)).toBe(expected.some((name) => suiteByName(name)?.keyExchange === 'DHE'));
    }
    const [keyType, size = ''] = configuration.certificate.key.split(' ');
    expect(target.certificate).toMatchObject({
      subject: 'CN=sql01.contoso.example',
      keyType: keyType === 'EC' ? 'ECDSA' : 'RSA',
      keyBits: Number(size.replace('P-', '')),
      signatureHash: configuration.certificate.hash.toUpperCase().replace('SHA', 'SHA-'),
      selfSigned: true,
    });
    expect(target).toMatchObject({ strict: false, reason: null, prelogin: { version: '15.0.2000' } });
    // Accepted suites and three more for each version asked, SSL 3.0 and PRELOGIN's other answers and TDS 8.0 apart.
    const accepted = found.reduce((sum, { suites }) => sum + suites.length, 0);
    expect(target.connections).toBeLessThanOrEqual(accepted + 3 * 3 + 1 + 3 + 1);
  },
  20_000,
);
