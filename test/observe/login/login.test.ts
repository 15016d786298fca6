// A login against the lab: what it learns, and what it says when it learns nothing. Never more than one login, nowhere else.
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { mintCertificate } from '../../../src/lab/certificates.ts';
import type { LabSession } from '../../../src/lab/lab-session.ts';
import { type LabProfile, labProfile } from '../../../src/lab/profiles.ts';
import { startLab } from '../../../src/lab/server.ts';
import { type LoginOptions, logIn } from '../../../src/observe/login/login.ts';
import { hostOfVersion } from '../../../src/observe/login/login-queries.ts';
import { encodeMessage, PACKET_TYPE } from '../../../src/tds/packet.ts';
import { encodePrelogin } from '../../../src/tds/prelogin.ts';

const SECRETS = { user: 'canary-user-5c1e', password: 'canary-pass-9b2d' };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function profileOf(name: string, session?: LabSession): LabProfile {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  return session ? { ...profile, session } : profile;
}

/** Logs in to a lab server; `lines`: everything that was logged by either side. */
async function login(profile: LabProfile, options: Partial<LoginOptions> = {}) {
  const lines: string[] = [];
  const lab = await startLab(profile, { onEvent: (line) => lines.push(line) });
  closing.push(() => lab.close());
  const where = { host: '127.0.0.1', port: lab.port, instance: null, serverName: 'sql.contoso.example' };
  const found = await logIn(where, SECRETS, {
    deadlineMs: 5000,
    trustServerCertificate: true,
    strict: false,
    onConnection: (line) => lines.push(line),
    ...options,
  });
  for (const secret of Object.values(SECRETS))
    expect(JSON.stringify(found) + lines.join('\n')).not.toContain(secret);
  return { ...found, handshakes: lines.filter((line) => line.startsWith('handshake')).length };
}

const evidenceOf = async (profile: LabProfile, options?: Partial<LoginOptions>) => {
  const { state, reason, evidence } = await login(profile, options);
  expect({ state, reason }).toEqual({ state: 'accepted', reason: null });
  if (!evidence) throw new Error('no evidence');
  return evidence;
};

describe('what a login learns', () => {
  test('everything, with every permission', async () => {
    expect(await evidenceOf(profileOf('sql-server-2022'))).toEqual({
      product: {
        build: '16.0.4195.1',
        level: 'RTM',
        updateLevel: null,
        edition: 'Developer Edition (64-bit)',
        version: expect.stringMatching(/^Microsoft SQL Server 2022 \(RTM\) - 16\.0\.4195\.1 .*Build 20348/),
      },
      host: {
        platform: 'Windows',
        distribution: 'Windows Server 2022 Standard',
        release: '10.0',
        windowsBuild: 20348,
      },
      session: { encrypted: true, transport: 'TCP', authentication: 'SQL', tdsVersion: '0x74000004' },
      certificate: {
        seen: expect.stringMatching(/^[0-9a-f]{40}$/),
        configured: expect.stringMatching(/^[0-9a-f]{40}$/),
        relation: 'as configured',
        forceEncryption: false,
        forceStrict: false,
      },
      connectivity: expect.objectContaining({
        records: 4,
        unreadable: 0,
        oldestSeconds: 240,
        newestSeconds: 60,
      }),
      workers: {
        maxWorkers: 512,
        currentWorkers: 64,
        activeWorkers: 21,
        waitingTasks: 0,
        schedulers: 4,
        threadpoolWaits: 3,
        threadpoolWaitMs: 1250,
      },
      dispatcherPools: [
        {
          name: 'XE Engine main dispatcher pool',
          dispatchers: 1,
          idealDispatchers: 1,
          waiting: 1,
          queueLength: 0,
        },
        { name: 'Login dispatcher pool', dispatchers: 2, idealDispatchers: 2, waiting: 2, queueLength: 0 },
      ],
      notes: [],
    });
  });

  test('the connectivity ring buffer by cause, 10054 among them, and login timers', async () => {
    const { connectivity } = await evidenceOf(profileOf('sql-server-2022'));
    expect(connectivity?.causes[0]).toEqual({
      count: 2,
      recordType: 'LoginTimers',
      recordSource: null,
      osError: null,
      sniConsumerError: 17830,
      tdsInputBufferError: 10054,
      tdsOutputBufferError: null,
      disconnectFlags: [],
    });
    expect(connectivity?.causes).toHaveLength(3);
    expect(connectivity?.loginTimers).toMatchObject({ count: 2, longest: { total: 16340, enqueued: 15210 } });
  });

  test.each([
    ['sql-server-2019-tls12-only', 'self-generated or picked', false],
    ['sql-server-2019-force-encryption', 'self-generated or picked', true],
    ['sql-server-2022-gcm-only', 'as configured', false],
  ])('%s: its certificate is %s', async (name, relation, forceEncryption) => {
    const profile = profileOf(name);
    const { fallback: _, ...named } = profile.certificate;
    const certificate = relation === 'as configured' ? named : { ...named, fallback: true as const };
    const evidence = await evidenceOf({ ...profile, certificate });
    expect(evidence.certificate).toMatchObject({ relation, forceEncryption });
  });

  test('Linux, whose certificate no view names', async () => {
    const linux = await evidenceOf(profileOf('sql-server-2019-on-linux'));
    expect(linux.host).toEqual({
      platform: 'Linux',
      distribution: 'Ubuntu',
      release: '22.04',
      windowsBuild: null,
    });
    expect(linux.certificate).toMatchObject({ configured: null, relation: null });
    expect(linux.notes).toEqual([
      'sys.dm_server_registry: it shows no certificate and no Force Encryption, as always on Linux',
    ]);
  });

  test('TDS 8.0 where a server takes nothing else; that the certificate is verified cannot be turned off', async () => {
    const profile = profileOf('sql-server-2022-force-strict');
    const strict = { strict: true, ca: [mintCertificate(profile.certificate).chain] };
    const { session, certificate } = await evidenceOf(profile, strict);
    expect(session).toMatchObject({ tdsVersion: '0x08000000' });
    expect(certificate).toMatchObject({ forceStrict: true });
    expect(await login(profile, { strict: true })).toMatchObject({
      state: 'not-asked',
      reason: expect.stringMatching(
        /cannot be verified.*password was not sent; Encrypt=Strict takes no other/,
      ),
    });
  });

  test('a view that may not be read, or is not there, is a note', async () => {
    const denied = await evidenceOf(profileOf('sql-server-2019-tls12-only', { denies: 'all' }));
    expect(denied).toMatchObject({
      session: null,
      connectivity: null,
      workers: null,
      dispatcherPools: null,
      certificate: { seen: expect.any(String), configured: null },
    });
    expect(denied.product?.build).toBe('15.0.4430.1');
    // @@VERSION needs no permission.
    expect(denied.host).toMatchObject({ distribution: 'Windows Server 2019 Standard', windowsBuild: 17763 });
    expect(denied.notes).toHaveLength(6);
    for (const note of denied.notes)
      expect(note).toMatch(
        /^sys\.dm_\w+: permission denied \(error 300\); it needs VIEW SERVER STATE, from SQL Server 2022 on VIEW SERVER (PERFORMANCE|SECURITY) STATE$/,
      );
    const old = profileOf('sql-server-2016-dhe-fixed', { denies: ['sys.dm_os_ring_buffers'] });
    const { notes, workers, host } = await evidenceOf(old);
    expect(host).toMatchObject({ distribution: 'Windows Server 2016 Standard', windowsBuild: 14393 });
    expect(workers).not.toBeNull();
    expect(notes).toEqual([
      'sys.dm_os_host_info: this version of SQL Server does not have it (error 208)',
      expect.stringMatching(/^sys\.dm_os_ring_buffers: permission denied/),
    ]);
  });

  test('a session that the server sees without TLS', async () => {
    const { session, notes } = await evidenceOf(profileOf('sql-server-2022', { clear: true }));
    expect(session?.encrypted).toBe(false);
    expect(notes).toEqual([expect.stringMatching(/something before it ends TLS/)]);
  });
});

describe('a server that misbehaves after the login', () => {
  const view = 'sys.dm_os_dispatcher_pools';

  test.each([
    ['silence', `${view}: no answer in time`],
    ['garbage', expect.stringMatching(/^sys\.dm_os_dispatcher_pools: not read/)],
    ['stump', expect.stringMatching(/^sys\.dm_os_dispatcher_pools: not read/)],
    ['flood', `${view}: more rows than were asked for`],
  ] as const)('%s: a note, and what came before stays', async (how, note) => {
    const { dispatcherPools, workers, notes } = await evidenceOf(
      profileOf('sql-server-2022', { misbehaves: { view, how } }),
      { deadlineMs: 400 },
    );
    expect(dispatcherPools).toBeNull();
    expect(workers).not.toBeNull();
    expect(notes).toEqual([note]);
  });

  test('what is left when the connection ends is not asked for', async () => {
    const session: LabSession = { misbehaves: { view: 'sys.dm_os_host_info', how: 'garbage' } };
    const { product, notes } = await evidenceOf(profileOf('sql-server-2022', session));
    expect(product).not.toBeNull();
    expect(notes).toHaveLength(6);
    expect(notes.at(-1)).toBe(`${view}: not asked, as the connection had ended`);
  });
});

describe('a login that brings nothing: one sentence, one attempt', () => {
  test.each([
    [18456, /error 18456: the user or the password is wrong/],
    [18486, /error 18486: the login is locked out/],
    // Transient for a driver, which would try again.
    [40613, /error 40613: the database is not available/],
    [50_123, /error 50123: sys\.messages says/],
  ])('refused with %i', async (refuses, reason) => {
    const found = await login(profileOf('sql-server-2022', { refuses }));
    expect(found).toEqual({
      state: 'rejected',
      reason: expect.stringMatching(reason),
      evidence: null,
      handshakes: 1,
    });
  });

  test('a server that sends logins on: nobody else is dialled', async () => {
    const other = { dialled: 0 };
    const elsewhere = createServer(() => {
      other.dialled++;
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    closing.push(() => new Promise((closed) => elsewhere.close(() => closed())));
    const address = elsewhere.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const found = await login(profileOf('sql-server-2022', { routesTo: { host: '127.0.0.1', port } }));
    expect(found).toMatchObject({
      state: 'rejected',
      reason: 'the server sends logins on to another server (routing), and that is not followed',
      handshakes: 1,
    });
    expect(other.dialled).toBe(0);
  });

  test.each([
    ['sql-server-2022', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['sql-server-2019-self-signed-sha512', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('%s: a certificate that is not trusted keeps the password back', async (name, code) => {
    const found = await login(profileOf(name), { trustServerCertificate: false });
    expect(found).toMatchObject({
      state: 'not-asked',
      reason: `the server's certificate cannot be verified (${code}), so the password was not sent; with trust-server-certificate the login is made all the same`,
    });
  });

  test('a certificate of a known authority is trusted for its own name alone', async () => {
    const profile = profileOf('sql-server-2022');
    const ca = [mintCertificate(profile.certificate).chain];
    await evidenceOf(profile, { trustServerCertificate: false, ca });
    const certificate = { ...profile.certificate, dnsNames: ['other.example'], commonName: 'other.example' };
    const other = { ...profile, certificate };
    const found = await login(other, {
      trustServerCertificate: false,
      ca: [mintCertificate(certificate).chain],
    });
    expect(found).toMatchObject({
      state: 'not-asked',
      reason: expect.stringMatching(/ERR_TLS_CERT_ALTNAME_INVALID/),
    });
  });

  test.each([
    ['sql-server-2019-no-encryption', 'not-asked', /offers no encryption, so the password was not sent/],
    ['sql-server-2014-rtm', 'not-asked', /no TLS handshake \(ERR_SSL_\w+\), so the password was not sent/],
    ['silent', 'no-answer', /the login was not answered within 300 ms/],
    ['closing', 'no-answer', /the connection ended before the login was answered/],
  ])('%s: %s', async (name, state, reason) => {
    const found = await login(profileOf(name), { deadlineMs: name === 'silent' ? 300 : 5000 });
    expect(found).toMatchObject({ state, reason: expect.stringMatching(reason), evidence: null });
  });

  test('servers that speak no TDS, whatever they say', async () => {
    const prelogin = encodePrelogin({ version: '16.0.0', encryption: 'ON', instance: '' }, 'server');
    const said = [
      Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      Buffer.alloc(4096),
      encodeMessage(PACKET_TYPE.TABULAR_RESULT, Buffer.from([0xff])),
      encodeMessage(PACKET_TYPE.TABULAR_RESULT, prelogin.subarray(0, 9)),
      Buffer.concat([encodeMessage(PACKET_TYPE.TABULAR_RESULT, prelogin), Buffer.alloc(64, 0x17)]),
      Buffer.concat([
        encodeMessage(PACKET_TYPE.TABULAR_RESULT, prelogin),
        encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.alloc(64, 0x16)),
      ]),
    ];
    for (const bytes of said) {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(bytes));
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      closing.push(() => new Promise((closed) => server.close(() => closed())));
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const where = { host: '127.0.0.1', port, instance: null, serverName: null };
      const options = { deadlineMs: 1000, trustServerCertificate: true, strict: false };
      const { state, evidence, reason } = await logIn(where, SECRETS, options);
      expect([state, evidence]).toEqual([expect.stringMatching(/no-answer|not-asked/), null]);
      expect(reason).toEqual(expect.any(String));
    }
  });

  test('nothing listens', async () => {
    const lab = await startLab(profileOf('closing'));
    await lab.close();
    const where = { host: '127.0.0.1', port: lab.port, instance: null, serverName: null };
    const options = { deadlineMs: 5000, trustServerCertificate: true, strict: false };
    expect(await logIn(where, SECRETS, options)).toMatchObject({
      state: 'no-answer',
      reason: 'the connection ended before the login was answered (ECONNREFUSED)',
    });
  });
});

test.each([
  [
    'Microsoft SQL Server 2012 (SP4) on Windows NT 6.3 <X64> (Build 9600: ) (Hypervisor)',
    { platform: 'Windows', distribution: 'Windows NT', release: '6.3', windowsBuild: 9600 },
  ],
  [
    'Microsoft SQL Server 2016 (SP3) on Windows Server 2016 Standard 10.0 <X64> (Build 14393: ) (Hypervisor)',
    {
      platform: 'Windows',
      distribution: 'Windows Server 2016 Standard',
      release: '10.0',
      windowsBuild: 14393,
    },
  ],
  [
    'Microsoft SQL Server 2022 (RTM-CU14) on Linux (Ubuntu 22.04.4 LTS) <X64>',
    { platform: 'Linux', distribution: 'Ubuntu 22.04.4 LTS', release: null, windowsBuild: null },
  ],
  ['Microsoft SQL Azure (RTM) - 12.0.2000.8', null],
])('the host in @@VERSION: %s', (version, host) => {
  expect(hostOfVersion(version)).toEqual(host);
});
