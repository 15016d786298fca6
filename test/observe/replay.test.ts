// A server made of the recorded bytes of a real one: SQL Server 2017 on Linux answers the probe.
import { expect } from '@jest/globals';
import { probe } from '../../src/observe/probe.ts';
import { encodeMessage, PACKET_TYPE } from '../../src/tds/packet.ts';
import { decodeClientHello } from '../../src/tls/client-hello.ts';
import { capture, testWithCaptures } from '../tls/captures.ts';
import { rawServer } from './raw-server.ts';

const SUITE = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';

testWithCaptures('the probe reads what was recorded', async () => {
  const flight = Buffer.from(capture('sql2017-linux-flight.hex').trim(), 'hex');
  // The reply of a 2017 that says ENCRYPT_ON.
  const reply = Buffer.from(JSON.parse(capture('real-bytes.json')).prelogin[4].hex, 'hex');
  const server = await rawServer((socket) => {
    let greeted = false;
    socket.on('data', (chunk) => {
      if (!greeted && chunk[0] === PACKET_TYPE.PRELOGIN) {
        greeted = true;
        socket.write(reply);
        return;
      }
      // Its recorded choice fits one hello; it closes on every other.
      const hello = chunk[0] === PACKET_TYPE.PRELOGIN ? decodeClientHello(chunk.subarray(8)) : null;
      const fits =
        hello?.version === 'TLS 1.2' && hello.suites.includes(SUITE) && hello.groups.includes('secp256r1');
      if (fits) socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, flight));
      else socket.end();
    });
  });
  try {
    const where = { host: '127.0.0.1', port: server.port, instance: null, serverName: null };
    const { target } = await probe(where, { endpoint: 'replay', deadlineMs: 2000, hellos: [] });
    expect(target).toMatchObject({
      prelogin: { version: '14.0.2027', encryption: 'ON' },
      strict: false,
      certificate: { sqlServerFallback: true, signatureHash: 'SHA-256', keyBits: 2048 },
      handshake: {
        version: 'TLS 1.2',
        secureRenegotiation: true,
        sessionId: true,
        extendedMasterSecret: false,
      },
      reason: null,
    });
    expect(
      target.protocols.map(({ version, state, suites, groups }) => ({ version, state, suites, groups })),
    ).toEqual([
      { version: 'SSL 3.0', state: 'rejected', suites: [], groups: [] },
      { version: 'TLS 1.0', state: 'rejected', suites: [], groups: [] },
      { version: 'TLS 1.1', state: 'rejected', suites: [], groups: [] },
      { version: 'TLS 1.2', state: 'accepted', suites: [SUITE], groups: ['secp256r1'] },
    ]);
  } finally {
    await server.close();
  }
});
