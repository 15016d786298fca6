// What `probe` says of a certificate, from the wire on.
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type CertificateOptions, certified } from '../../src/edge/certified.ts';
import { prober } from '../../src/edge/prober.ts';
import { type ProbedTarget, unreachedTarget } from '../../src/model/probe-report.ts';
import type { Address } from '../../src/model/target.ts';
import { opensslTds } from '../observe/openssl-tds.ts';
import { der, extension, pem, purposes, RSA, SERVER_AUTH, sequence } from '../tls/made-certificate.ts';
import { ISSUER, leafOf, ROOT } from '../tls/made-chains.ts';

const REACH = { refuse: () => null, log: () => {}, deadlineMs: 5000 };
const OURS: CertificateOptions = {
  ca: { certificates: [new X509Certificate(ROOT)], from: 'roots.pem' },
  hostName: null,
};

async function probed(address: Address, certificate?: CertificateOptions): Promise<ProbedTarget> {
  const asked = { simulate: false, timings: null, deep: false, ...(certificate && { certificate }) };
  const found = await prober(REACH, asked)(address, 'asked');
  if (!('endpoint' in found)) throw new Error(found.reason);
  return found;
}

describe('a server with a certificate of a private CA', () => {
  const address = der(0x87, Uint8Array.of(127, 0, 0, 1));
  const names = extension('2.5.29.17', sequence(der(0x82, 'sql01.contoso.example'), address));
  const leaf = leafOf({ dnsNames: [], extensions: [names, purposes(SERVER_AUTH)] });
  const key = RSA.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  async function asked(certificate?: CertificateOptions): Promise<ProbedTarget> {
    const server = await opensslTds({ key, cert: pem(leaf) + pem(ISSUER) });
    try {
      const endpoint = { host: '127.0.0.1', port: server.port, instance: null };
      return await probed({ kind: 'network', endpoint }, certificate);
    } finally {
      await server.close();
    }
  }

  test('trusted with its root, and it names the address', async () => {
    const { certificate, chain, certificateChecks } = await asked(OURS);
    expect(chain.map(({ subject }) => subject)).toEqual([
      'CN=sql01.contoso.example',
      'CN=Contoso Issuing CA',
    ]);
    expect(chain[0]).toEqual(certificate);
    expect(certificate?.fingerprint).toBe(new X509Certificate(leaf).fingerprint256.replaceAll(':', ''));
    expect(certificateChecks).toMatchObject({
      host: '127.0.0.1',
      nameMatches: true,
      trust: { state: 'trusted', reason: 'its chain leads to CN=Contoso Root', roots: 'roots.pem' },
    });
  });

  test('HostNameInCertificate replaces the host', async () => {
    const { certificateChecks } = await asked({ ...OURS, hostName: 'sql02.contoso.example' });
    expect(certificateChecks).toMatchObject({ host: 'sql02.contoso.example', nameMatches: false });
  });

  test('the system does not know it', async () => {
    const { certificateChecks } = await asked();
    expect(certificateChecks?.trust).toMatchObject({
      state: 'unknown-issuer',
      roots: expect.stringMatching(/system|\/etc|Node/),
    });
  });
});

test('a certificate that cannot be read is said, not passed over', async () => {
  const endpoint = { host: 'sql01', port: null, instance: null };
  const sent = { address: { kind: 'network', endpoint }, chain: [Buffer.from('no')] } as const;
  const { certificateChecks } = await certified(unreachedTarget('sql01', ''), sent, OURS);
  expect(certificateChecks).toMatchObject({
    nameMatches: null,
    trust: { state: 'broken', reason: 'the server sent no certificate that can be read' },
    requirements: [],
  });
});

describe('a lab server', () => {
  test('no host to compare, no roots, no fingerprint: the same on every machine', async () => {
    const { certificate, chain, certificateChecks } = await probed({
      kind: 'lab',
      profile: 'sql-server-2022',
    });
    expect([certificate, ...chain].map((one) => one?.fingerprint)).toEqual([null, null, null]);
    expect(certificateChecks).toMatchObject({
      host: null,
      nameMatches: null,
      trust: { state: 'unknown-issuer', roots: 'none, for a lab server' },
    });
    const again = await probed({ kind: 'lab', profile: 'sql-server-2022' });
    expect(again.certificateChecks).toEqual(certificateChecks);
  });

  test('no TLS, no certificate', async () => {
    expect(await probed({ kind: 'lab', profile: 'sql-server-2019-no-encryption' })).toMatchObject({
      certificate: null,
      chain: [],
      certificateChecks: null,
    });
  });

  test('TDS 8.0 alone: the certificate comes from there', async () => {
    const { certificate, chain } = await probed({ kind: 'lab', profile: 'sql-server-2022-force-strict' });
    expect(certificate).not.toBeNull();
    expect(chain.length).toBeGreaterThan(0);
  });
});
