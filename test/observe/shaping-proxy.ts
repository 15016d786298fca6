/** A proxy on loopback before a real server: the same bytes towards the client, in another shape or at another pace. */
import { connect, createServer, type Socket } from 'node:net';
import { encodeMessage, type Packet, PacketReader } from '../../src/tds/packet.ts';

/** What goes to the client for one chunk of the server's bytes, write by write. */
export type Shape = () => (chunk: Buffer) => readonly Buffer[];

export interface ShapingProxy {
  readonly port: number;
  /** Connections so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly shape: Shape;
  /** Between two writes; 0: no pause, but each write is one of its own. */
  readonly paceMs?: number;
  /** Connections from this one on (the first is 1) are taken and never served. */
  readonly silentFrom?: number;
}

export async function shapingProxy(
  serverPort: number,
  { shape, paceMs = 0, silentFrom = Number.POSITIVE_INFINITY }: ProxyOptions,
): Promise<ShapingProxy> {
  const open = new Set<Socket>();
  let all = 0;
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  };
  const proxy = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    all += 1;
    keep(client);
    client.on('error', () => {});
    if (all >= silentFrom) {
      client.resume();
      return;
    }
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    keep(server);
    const paced = new PacedWriter(client, paceMs);
    const shaped = shape();
    client.on('data', (chunk) => server.write(chunk));
    client.on('end', () => server.end());
    client.on('close', () => server.destroy());
    server.on('data', (chunk) => paced.write(shaped(chunk)));
    // How the server ends is part of what it says, and comes after what it said before.
    server.on('end', () => paced.afterwards(() => client.end()));
    server.on('error', () => paced.afterwards(() => client.resetAndDestroy()));
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  const address = proxy.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    connections: () => all,
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        proxy.close(() => closed());
      }),
  };
}

/** Each write after the one before has left, and after the pause. */
class PacedWriter {
  readonly #socket: Socket;
  readonly #paceMs: number;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Socket, paceMs: number) {
    this.#socket = socket;
    this.#paceMs = paceMs;
  }

  write(pieces: readonly Buffer[]): void {
    for (const piece of pieces) this.afterwards(() => this.#one(piece));
  }

  afterwards(next: () => unknown): void {
    this.#last = this.#last.then(async () => {
      if (!this.#socket.destroyed) await next();
    });
  }

  async #one(piece: Buffer): Promise<void> {
    this.#socket.write(piece);
    await new Promise<void>((resume) => {
      if (this.#paceMs === 0) setImmediate(resume);
      else setTimeout(resume, this.#paceMs);
    });
  }
}

/** As it comes. */
export const unchanged: Shape = () => (chunk) => [chunk];

/** What comes first, the PRELOGIN answer, and nothing after it. */
export const firstWord: Shape = () => {
  let said = false;
  return (chunk) => {
    if (said) return [];
    said = true;
    return [chunk];
  };
};

/** The same packets, each byte in a write of its own. */
export const byteByByte: Shape = () => (chunk) => [...chunk].map((byte) => Buffer.from([byte]));

/** Each byte of a message in a TDS packet of its own, the last with EOM; the packets of a message in one write. */
export const bytePerPacket: Shape = () =>
  perMessage(({ type }, message) => [
    Buffer.concat(
      inPackets(
        type,
        [...message].map((byte) => Buffer.from([byte])),
      ),
    ),
  ]);

/** Each TLS record in TDS packets and writes of its own; EOM comes with the last. What is no record stays as it is. */
export const recordPerPacket: Shape = () =>
  perMessage(({ type }, message) => inPackets(type, recordsOf(message)));

/** A whole message in one TDS packet, however long, and in one write. */
export const onePacket: Shape = () =>
  perMessage(({ type }, message) => {
    const header = encodeMessage(type, Buffer.alloc(0));
    header.writeUInt16BE(HEADER_LENGTH + message.length, LENGTH_AT);
    return [Buffer.concat([header, message])];
  });

const HEADER_LENGTH = 8;
const STATUS_AT = 1;
const LENGTH_AT = 2;
const HANDSHAKE = 0x16;
const ALERT = 0x15;

function perMessage(
  reframe: (last: Packet, message: Buffer) => readonly Buffer[],
): (chunk: Buffer) => readonly Buffer[] {
  const packets = new PacketReader();
  let message = Buffer.alloc(0);
  let bare: boolean | undefined;
  return (chunk) => {
    // TDS 8.0 has TLS around its packets: there is nothing to cut.
    bare ??= chunk[0] === HANDSHAKE || chunk[0] === ALERT;
    if (bare) return [chunk];
    return packets.push(chunk).flatMap((packet) => {
      message = Buffer.concat([message, packet.payload]);
      if (!packet.endOfMessage) return [];
      const whole = message;
      message = Buffer.alloc(0);
      return reframe(packet, whole);
    });
  };
}

/** A packet for each piece, more for one that is too long; the last of all has EOM. */
function inPackets(type: number, pieces: readonly Buffer[]): Buffer[] {
  return pieces.flatMap(cut).map((piece, index, all) => {
    const packet = encodeMessage(type, piece);
    if (index < all.length - 1) packet.writeUInt8(0, STATUS_AT);
    return packet;
  });
}

const ROOM = 4096 - HEADER_LENGTH;
function cut(piece: Buffer): Buffer[] {
  const parts = Math.ceil(piece.length / ROOM);
  return Array.from({ length: parts }, (_, index) => piece.subarray(index * ROOM, (index + 1) * ROOM));
}

function recordsOf(bytes: Buffer): Buffer[] {
  if (bytes[0] !== HANDSHAKE) return [bytes];
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    records.push(bytes.subarray(at, end));
    at = end;
  }
  return records;
}
