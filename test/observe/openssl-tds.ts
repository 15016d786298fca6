/** OpenSSL, by Node's TLS, as a TDS server that a test can spoil: it ends at the handshake, or at the login. */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls';
import { mintCertificate } from '../../src/lab/certificates.ts';
import { encodeMessage, PACKET_TYPE, PacketReader } from '../../src/tds/packet.ts';
import { encodePrelogin } from '../../src/tds/prelogin.ts';
import { type RawServer, rawServer } from './raw-server.ts';

export interface Spoiling {
  /** The client's last flight as OpenSSL gets it; `null`: it gets none. `connection` counts from 0. */
  readonly lastFlight?: (flight: Buffer, connection: number, socket: Socket) => Buffer | null;
  /** How the server's bytes become packets. */
  readonly packets?: (records: Buffer) => Buffer;
  readonly requestCert?: true;
  /** What the server answers to a packet inside TLS, LOGIN7 that is; absent, or `null`: nothing. */
  readonly login?: (message: Buffer) => Buffer | null;
  readonly port?: number;
}

const wrapped = (records: Buffer) => encodeMessage(PACKET_TYPE.PRELOGIN, records);

export function opensslTds(
  options: SecureContextOptions,
  { lastFlight = (flight) => flight, packets = wrapped, requestCert, login, port }: Spoiling = {},
): Promise<RawServer> {
  const { chain, key } = mintCertificate({
    commonName: 'sql',
    dnsNames: [],
    hash: 'sha256',
    signedBy: 'itself',
  });
  const secureContext = createSecureContext({ key, cert: chain, dhparam: 'auto', ...options });
  let connections = 0;
  return rawServer((socket) => {
    const connection = connections;
    connections += 1;
    // Once the client's records come bare, the server's go bare.
    let bare = false;
    const wire = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, written) {
        socket.write(bare ? chunk : packets(chunk));
        written();
      },
    });
    const plain = new TLSSocket(wire, { isServer: true, secureContext, requestCert: requestCert === true });
    plain.on('error', () => socket.end());
    socket.on('close', () => plain.destroy());
    const logins = new PacketReader();
    if (login)
      plain.on('data', (chunk: Buffer) => {
        for (const { payload } of logins.push(chunk)) {
          const answer = login(payload);
          if (answer) plain.write(encodeMessage(PACKET_TYPE.TABULAR_RESULT, answer));
        }
      });
    const said = [
      () => {
        const answer = { version: '15.0.2000', encryption: 'ON', instance: '' } as const;
        socket.write(encodeMessage(PACKET_TYPE.TABULAR_RESULT, encodePrelogin(answer, 'server')));
      },
      (hello: Buffer) => wire.push(hello),
      (flight: Buffer) => {
        const spoiled = lastFlight(flight, connection, socket);
        if (spoiled) wire.push(spoiled);
      },
    ];
    // What comes after these three stands in no packet.
    const read = messagesOf((message) => said.shift()?.(message));
    socket.on('data', (chunk) => {
      // A client that begins with TLS is closed, as by a server without TDS 8.0.
      if (said.length === 3 && chunk[0] !== PACKET_TYPE.PRELOGIN) socket.end();
      else if (said.length > 0) read(chunk);
      else if (login) {
        bare = true;
        wire.push(chunk);
      }
    });
  }, port);
}

/** Whole messages of PRELOGIN packets. What comes bare behind the last, in its segment too, is left alone. */
function messagesOf(onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  let message: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held[0] === PACKET_TYPE.PRELOGIN && held.length >= 8 && held.length >= held.readUInt16BE(2)) {
      const length = held.readUInt16BE(2);
      const last = held[1] === 1;
      const whole = Buffer.concat([message, held.subarray(8, length)]);
      held = held.subarray(length);
      message = last ? Buffer.alloc(0) : whole;
      if (last) onMessage(whole);
    }
  };
}
