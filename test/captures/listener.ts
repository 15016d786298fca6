/** A server that answers PRELOGIN as a SQL Server does, keeps the ClientHello it is sent, and hangs up. */
import { createServer, type Socket } from 'node:net';
import { agree } from '../../src/lab/encryption.ts';
import type { EncryptionOption } from '../../src/model/observation.ts';
import { encodeMessage, PACKET_TYPE, PacketReader } from '../../src/tds/packet.ts';
import { decodePrelogin, encodePrelogin } from '../../src/tds/prelogin.ts';
import { helloBody } from '../../src/tls/client-hello.ts';
import { CONTENT_TYPE } from '../../src/tls/wire.ts';

const BUILD = '16.0.4195';
const MAX_HELLO = 64 * 1024;

export interface Caught {
  /** The ClientHello in its TLS records, without TDS packets around it. */
  readonly records: Buffer;
  /** What the client's PRELOGIN asked for; `null`: it began with TLS, without TDS around it. */
  readonly prelogin: EncryptionOption | null;
}

export interface CaptureListener {
  readonly port: number;
  /** Those that came and that nobody waited for. */
  readonly waiting: () => readonly Caught[];
  /** The next hello. Rejects when none comes within `withinMs`. */
  readonly next: (withinMs: number) => Promise<Caught>;
  readonly close: () => Promise<void>;
}

/** Listens on 127.0.0.1, on any free port. */
export async function listenForHellos(): Promise<CaptureListener> {
  const caught: Caught[] = [];
  const askers: ((hello: Caught) => void)[] = [];
  const sockets = new Set<Socket>();
  const keep = (hello: Caught) => {
    const first = askers.shift();
    if (first) first(hello);
    else caught.push(hello);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    listenTo(socket, keep);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    waiting: () => caught,
    next: (withinMs) =>
      new Promise((resolve, reject) => {
        const already = caught.shift();
        if (already) return resolve(already);
        const timer = setTimeout(() => reject(new Error(`no ClientHello within ${withinMs} ms`)), withinMs);
        askers.push((hello) => {
          clearTimeout(timer);
          resolve(hello);
        });
      }),
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}

/** TLS comes bare (TDS 8.0, or a tool that knows no TDS) or, after PRELOGIN, inside packets. */
function listenTo(socket: Socket, keep: (hello: Caught) => void): void {
  const packets = new PacketReader();
  let bare: boolean | null = null;
  let message: Buffer = Buffer.alloc(0);
  let asked: EncryptionOption | null = null;
  let tls: Buffer = Buffer.alloc(0);

  const fromTls = (bytes: Buffer) => {
    tls = Buffer.concat([tls, bytes]);
    if (tls.length > MAX_HELLO) throw new Error('a ClientHello that does not end');
    if (helloBody(tls) === null) return;
    socket.end();
    socket.removeAllListeners('data').resume();
    keep({ records: tls, prelogin: asked });
  };

  socket.on('data', (chunk) => {
    try {
      bare ??= chunk[0] === CONTENT_TYPE.HANDSHAKE;
      if (bare) return fromTls(chunk);
      for (const { payload, endOfMessage } of packets.push(chunk)) {
        if (asked !== null) fromTls(payload);
        else {
          message = Buffer.concat([message, payload]);
          if (!endOfMessage) continue;
          asked = decodePrelogin(message).encryption;
          const answer = { version: BUILD, encryption: agree('OFF', asked).answer, instance: '' };
          socket.write(encodeMessage(PACKET_TYPE.TABULAR_RESULT, encodePrelogin(answer, 'server')));
        }
      }
    } catch {
      socket.destroy();
    }
  });
}
