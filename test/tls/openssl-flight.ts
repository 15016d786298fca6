/** The first flight that OpenSSL, as a server, answers to a hello: bytes in, bytes out, no network. */
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import { encodeClientHello } from '../../src/tls/client-hello.ts';
import { madeCertificate, RSA } from './made-certificate.ts';

const certificate = `-----BEGIN CERTIFICATE-----\n${madeCertificate().toString('base64')}\n-----END CERTIFICATE-----\n`;
const key = RSA.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export function opensslFlight(hello: ClientHelloProfile): Promise<Buffer> {
  const secureContext = createSecureContext({
    key,
    cert: certificate,
    ciphers: 'ALL:@SECLEVEL=0',
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.2',
    ecdhCurve: 'P-256:P-384:X25519',
    dhparam: 'auto',
  });
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const wire = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, written) {
        pieces.push(chunk);
        setImmediate(() => resolve(Buffer.concat(pieces)));
        written();
      },
    });
    new TLSSocket(wire, { isServer: true, secureContext }).on('error', () => {});
    wire.push(encodeClientHello(hello, { random: Buffer.alloc(32, 1) }));
  });
}
