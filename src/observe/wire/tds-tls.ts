/** A whole TLS handshake inside TDS packets ([MS-TDS] 3.2.5.2), by Node's own TLS. */
import { connect as connectTcp, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { clientPrelogin } from '../../tds/client-prelogin.ts';
import { encodeMessage, PACKET_TYPE, PacketReader } from '../../tds/packet.ts';
import { decodePrelogin } from '../../tds/prelogin.ts';
import { CONTENT_TYPE } from '../../tls/wire.ts';
import type { Where } from './line.ts';

/** Bytes of one handshake, packet headers included. */
const MAX_RECEIVED = 256 * 1024;

export interface TdsTlsOptions {
  readonly deadlineMs: number;
  /** What Node's TLS is to do; the certificate is not verified unless this says so. */
  readonly tls?: ConnectionOptions;
}

/**
 * Connects, agrees on encryption and completes the handshake; then `use` has the secured connection, until what it
 * returns is settled or the deadline is over. Rejects with an Error whose message is a clause for people.
 */
export async function secured<T>(
  { host, port, instance, serverName }: Where,
  { deadlineMs, tls = {} }: TdsTlsOptions,
  use: (socket: TLSSocket) => Promise<T> | T,
): Promise<T> {
  const socket = connectTcp({ host, port, noDelay: true });
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer after ${deadlineMs / 1000} s`)), deadlineMs);
    socket.on('error', ({ message }) => fail(new Error(message)));
    socket.on('close', () => fail(new Error('the server closed the connection')));
  });
  // It may reject when nobody waits for it any more.
  ended.catch(() => {});
  try {
    const handshake = async () => {
      const wire = await afterPrelogin(socket, instance);
      const options = {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.2',
        rejectUnauthorized: false,
        ...(serverName !== null && { servername: serverName }),
        ...tls,
      } as const;
      const tlsSocket = await overWire(wire, options);
      const used = await use(tlsSocket);
      // Without close_notify a server forgets the session (RFC 5246 §7.2.1), and logs more than it need.
      await new Promise<void>((flushed) => tlsSocket.end(flushed));
      return used;
    };
    return await Promise.race([handshake(), ended]);
  } finally {
    clearTimeout(timer);
    socket.destroySoon();
  }
}

/** The server's PRELOGIN answer, and then a stream for TLS. */
class Wire {
  readonly stream: Duplex;
  readonly #reader = new PacketReader();
  #onAnswer: ((answer: Buffer) => void) | null;
  #answer: Buffer = Buffer.alloc(0);
  #received = 0;
  /** During the handshake records stand in packets; after it they come and go without. */
  wrapped = true;

  constructor(socket: Socket, onAnswer: (answer: Buffer) => void) {
    this.#onAnswer = onAnswer;
    this.stream = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, written) => {
        // A resumed handshake ends with our flight, which comes after Node has said that it is done.
        const bare = !this.wrapped && chunk[0] !== CONTENT_TYPE.CHANGE_CIPHER_SPEC;
        socket.write(bare ? chunk : encodeMessage(PACKET_TYPE.PRELOGIN, chunk), () => written());
      },
    });
  }

  /** @throws {Error} for bytes that are no TDS, or too many. */
  received(chunk: Buffer): void {
    this.#received += chunk.length;
    if (!this.wrapped) {
      this.stream.push(chunk);
      return;
    }
    if (this.#received > MAX_RECEIVED) throw new Error('the handshake does not end');
    for (const { payload, endOfMessage } of this.#reader.push(chunk)) {
      if (this.#onAnswer) this.#answered(payload, endOfMessage);
      else this.stream.push(payload);
    }
  }

  #answered(payload: Buffer, last: boolean): void {
    this.#answer = Buffer.concat([this.#answer, payload]);
    if (!last) return;
    const tell = this.#onAnswer;
    this.#onAnswer = null;
    tell?.(this.#answer);
  }
}

/** Asks for ENCRYPT_ON, and gives the stream that TLS runs on. */
function afterPrelogin(socket: Socket, instance: string | null): Promise<Wire> {
  return new Promise((agreed, fail) => {
    const wire = new Wire(socket, (answer) => {
      if (decodePrelogin(answer).encryption === 'NOT_SUP') fail(new Error('it answers ENCRYPT_NOT_SUP'));
      else agreed(wire);
    });
    socket.on('data', (chunk) => {
      try {
        wire.received(chunk);
      } catch (error) {
        fail(error);
        socket.destroy();
      }
    });
    socket.on('connect', () => {
      socket.write(clientPrelogin('ON', instance));
    });
  });
}

function overWire(wire: Wire, options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((done, fail) => {
    const socket = connectTls({ socket: wire.stream, ...options });
    socket.on('error', fail);
    socket.on('secureConnect', () => {
      wire.wrapped = false;
      done(socket);
    });
  });
}
