// A recorded hello, sent again, is the same bytes.
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { expect, test } from '@jest/globals';
import { takeApart } from '../../src/tls/captured-hello.ts';
import { encodeClientHello } from '../../src/tls/client-hello.ts';
import { TlsError } from '../../src/tls/wire.ts';

/** What OpenSSL under this Node sends first. */
function opensslHello(options: tls.ConnectionOptions): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, written) {
        resolve(chunk);
        written();
      },
    });
    tls.connect({ socket: wire, ...options }).on('error', () => {});
  });
}

test.each<[string, tls.ConnectionOptions]>([
  ['TLS 1.2 and 1.3', { servername: 'sql.contoso.example' }],
  ['TLS 1.2 at most', { maxVersion: 'TLSv1.2', servername: 'sql.contoso.example' }],
  ['without a server name', { maxVersion: 'TLSv1.2' }],
  ['TLS 1.0 to 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
  ['with ALPN', { ALPNProtocols: ['tds/8.0'], servername: 'sql.contoso.example' }],
])('OpenSSL, %s', async (_, options) => {
  const bytes = await opensslHello(options);
  const { hello, random, sessionId, serverName } = takeApart(bytes);
  const alpn = options.ALPNProtocols ? 'tds/8.0' : null;
  const again = encodeClientHello(hello, { random, sessionId, serverName, alpn });
  expect(again.toString('hex')).toBe(bytes.toString('hex'));
  expect(hello.protocols).not.toContain('TLS 1.3');
});

test('a suite that a setting takes away is not sent; signalling values and TLS 1.3 suites stay', async () => {
  const { hello, random } = takeApart(await opensslHello({ servername: 'sql.contoso.example' }));
  const { layout } = hello;
  if (!layout) throw new Error('a captured hello has a layout');
  const sent = { ...hello, suites: ['TLS_RSA_WITH_AES_128_CBC_SHA'] };
  const signalling = { ...layout, suites: [...layout.suites, 0x00ff] };
  const again = takeApart(encodeClientHello({ ...sent, layout: signalling }, { random })).hello;
  expect(again.suites).toEqual(sent.suites);
  expect(new Set(again.layout?.suites)).toEqual(new Set([0x002f, 0x00ff, 0x1301, 0x1302, 0x1303]));
});

test('a hello cut short is a TlsError', async () => {
  const bytes = await opensslHello({});
  expect(() => takeApart(bytes.subarray(0, bytes.length - 1))).toThrow(TlsError);
});
