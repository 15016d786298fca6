// Bytes of real SQL Servers, as the codecs read them. Beside the certificates, which certificate.test.ts reads.
import { verify, X509Certificate } from 'node:crypto';
import { expect } from '@jest/globals';
import type { ServerFlight } from '../../src/model/server-flight.ts';
import { PacketReader } from '../../src/tds/packet.ts';
import { decodePrelogin } from '../../src/tds/prelogin.ts';
import { FlightReader } from '../../src/tls/server-flight.ts';
import { capture, testWithCaptures } from './captures.ts';

interface RealBytes {
  readonly prelogin: readonly { readonly version: string; readonly hex: string }[];
  readonly tls: readonly { readonly note: string; readonly hex: string }[];
}

const realBytes = (): RealBytes => JSON.parse(capture('real-bytes.json'));

function flightOf(bytes: Buffer): ServerFlight {
  const event = new FlightReader().push(bytes);
  if (event?.kind !== 'flight') throw new Error('no flight');
  return event.flight;
}

testWithCaptures('PRELOGIN replies from SQL Server 2000 to 2017', () => {
  const replies = realBytes().prelogin.map(({ hex }) => {
    const [packet, ...more] = new PacketReader().push(Buffer.from(hex, 'hex'));
    expect(more).toEqual([]);
    expect(packet?.endOfMessage).toBe(true);
    const { version, encryption } = decodePrelogin(packet?.payload ?? Buffer.alloc(0));
    return `${version} ${encryption}`;
  });
  expect(replies).toEqual([
    '12.0.6024 OFF',
    '10.0.1600 OFF',
    '10.0.4000 ON',
    '14.0.2027 NOT_SUP',
    '14.0.2027 ON',
    '8.0.2039 NOT_SUP',
  ]);
});

testWithCaptures('SQL Server 2005 goes on with an earlier session', () => {
  const bytes = Buffer.from(realBytes().tls[1]?.hex ?? '', 'hex');
  expect(flightOf(bytes)).toMatchObject({
    version: 'TLS 1.0',
    suite: 'TLS_RSA_WITH_RC4_128_MD5',
    resumed: true,
    chain: [],
    secureRenegotiation: false,
  });
});

testWithCaptures('a flight that was recorded in part is not over', () => {
  const bytes = Buffer.from(realBytes().tls[0]?.hex ?? '', 'hex');
  expect(new FlightReader().push(bytes)).toBeNull();
});

testWithCaptures('SQL Server 2017 on Linux: its signature over the key exchange verifies', () => {
  const flight = flightOf(Buffer.from(capture('sql2017-linux-flight.hex').trim(), 'hex'));
  const recorded = JSON.parse(capture('sql2017-linux-handshake.json')).data.mssql.result.tls.handshake_log;
  const clientRandom = Buffer.from(recorded.client_hello.random, 'base64');
  const { signature, random, chain, group } = flight;
  expect(random.toString('base64')).toBe(recorded.server_hello.random);
  expect(flight.sessionId.toString('base64')).toBe(recorded.server_hello.session_id);
  expect({ group, scheme: signature?.scheme }).toEqual({ group: 'secp256r1', scheme: 'rsa_pkcs1_sha256' });
  const { publicKey } = new X509Certificate(chain[0] ?? Buffer.alloc(0));
  const signed = Buffer.concat([clientRandom, random, signature?.params ?? Buffer.alloc(0)]);
  expect(verify('sha256', signed, publicKey, signature?.signature ?? Buffer.alloc(0))).toBe(true);
});
