// TDS 8.0: told apart are a server that takes it too, one that forces it, and one that cannot.
import type { AddressInfo } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, test } from '@jest/globals';
import { type LabProfile, labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import { probe } from '../../src/observe/probe.ts';
import { ALPN } from '../../src/observe/strict.ts';
import { pem, RSA } from '../tls/made-certificate.ts';
import { ISSUER, LEAF, ROOT } from '../tls/made-chains.ts';

async function probed(name: string, parts: Partial<LabProfile> = {}) {
  const found = labProfile(name);
  if (!found) throw new Error(`no lab profile ${name}`);
  const profile = { ...found, ...parts };
  const lab = await startLab(profile);
  try {
    const where = { host: '127.0.0.1', port: lab.port, instance: null, serverName: null };
    return { profile, ...(await probe(where, { endpoint: name, deadlineMs: 2000, hellos: [] })).target };
  } finally {
    await lab.close();
  }
}

test('beside TDS 7.x: TLS 1.3 there and only there', async () => {
  const { profile, prelogin, strict, forcesStrict, protocols, strictProtocols } =
    await probed('sql-server-2022-strict');
  expect({ strict, forcesStrict, prelogin: prelogin?.version }).toEqual({
    strict: true,
    forcesStrict: false,
    prelogin: '16.0.4195',
  });
  const tls13 = profile.suites.slice(0, 2);
  const tls12 = profile.suites.slice(2);
  const accepted = protocols.filter(({ state }) => state === 'accepted');
  expect(accepted.map(({ version, suites }) => ({ version, suites }))).toEqual([
    { version: 'TLS 1.2', suites: tls12 },
  ]);
  expect(strictProtocols.map(({ version, suites, order }) => ({ version, suites, order }))).toEqual([
    { version: 'TLS 1.2', suites: tls12, order: 'server' },
    { version: 'TLS 1.3', suites: tls13, order: 'server' },
  ]);
  expect(strictProtocols.map(({ groups }) => [...groups].sort())).toEqual([
    [...profile.groups].sort(),
    [...profile.groups].sort(),
  ]);
});

test('forced: TDS 7.x is closed, and the certificate is still seen', async () => {
  const { prelogin, strict, forcesStrict, protocols, strictProtocols, certificate, reason } = await probed(
    'sql-server-2022-force-strict',
  );
  expect({ prelogin, strict, forcesStrict, protocols }).toEqual({
    prelogin: null,
    strict: true,
    forcesStrict: true,
    protocols: [],
  });
  expect(strictProtocols.map(({ version, state }) => `${version} ${state}`)).toEqual([
    'TLS 1.2 accepted',
    'TLS 1.3 accepted',
  ]);
  expect(certificate?.subject).toBe('CN=sql.contoso.example');
  expect(reason).toContain('Encrypt=Strict');
});

test('TLS 1.3 alone hides its certificate until the handshake is whole', async () => {
  const { certificate, strictProtocols } = await probed('sql-server-2022-force-strict', {
    protocols: ['TLS 1.3'],
  });
  expect(strictProtocols.map(({ version, state }) => `${version} ${state}`)).toEqual([
    'TLS 1.2 rejected',
    'TLS 1.3 accepted',
  ]);
  expect(certificate?.subject).toBe('CN=sql.contoso.example');
});

test('TLS 1.3 alone: the chain is what was sent, whatever this machine trusts', async () => {
  const key = RSA.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const cert = pem(LEAF) + pem(ISSUER);
  const server = createServer({ key, cert, minVersion: 'TLSv1.3', ALPNProtocols: [ALPN] }, (socket) =>
    socket.on('error', () => {}).resume(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const known = getCACertificates('default');
  setDefaultCACertificates([pem(ROOT)]);
  try {
    const where = { host: '127.0.0.1', port, instance: null, serverName: null };
    const { target } = await probe(where, { endpoint: 'strict', deadlineMs: 2000, hellos: [] });
    expect(target.chain.map(({ subject }) => subject)).toEqual([
      'CN=sql01.contoso.example',
      'CN=Contoso Issuing CA',
    ]);
  } finally {
    setDefaultCACertificates(known);
    server.close();
  }
});

test('unable', async () => {
  expect(await probed('sql-server-2019-tls12-only')).toMatchObject({
    strict: false,
    forcesStrict: false,
    strictProtocols: [],
  });
});
