/** A server on loopback that says exactly what a test wants, byte for byte. */
import { createServer, type Socket } from 'node:net';
import { encodeMessage, PACKET_TYPE, PacketReader } from '../../src/tds/packet.ts';
import { decodePrelogin, encodePrelogin, type Prelogin } from '../../src/tds/prelogin.ts';

export interface RawServer {
  readonly port: number;
  /** Connections so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** `wanted`: the port, 0 for any free one. */
export async function rawServer(behave: (socket: Socket) => void, wanted = 0): Promise<RawServer> {
  const open = new Set<Socket>();
  let all = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    all += 1;
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    behave(socket);
  });
  await new Promise<void>((listening) => server.listen(wanted, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    connections: () => all,
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
}

/** Answers PRELOGIN like a SQL Server 2019, then hands over each ClientHello, as the bytes of its records. */
export function afterPrelogin(
  onHello: (socket: Socket, hello: Buffer) => void,
  prelogin: (asked: Prelogin) => Partial<Prelogin> = () => ({}),
): (socket: Socket) => void {
  return (socket) => {
    const packets = new PacketReader();
    let greeted = false;
    let message = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      if (!greeted && chunk[0] !== PACKET_TYPE.PRELOGIN) {
        // It begins with TLS: this is no TDS 8.0.
        socket.end();
        return;
      }
      for (const { payload, endOfMessage } of packets.push(chunk)) {
        message = Buffer.concat([message, payload]);
        if (!endOfMessage) continue;
        if (greeted) onHello(socket, message);
        else {
          const answer = {
            version: '15.0.2000',
            encryption: 'ON',
            instance: '',
            ...prelogin(decodePrelogin(message)),
          } as const;
          socket.write(encodeMessage(PACKET_TYPE.TABULAR_RESULT, encodePrelogin(answer, 'server')));
        }
        greeted = true;
        message = Buffer.alloc(0);
      }
    });
  };
}
