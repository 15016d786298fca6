/**
 * One lab connection: PRELOGIN, a TLS handshake inside TDS packets, then TLS records directly on TCP ([MS-TDS] 3.3.5),
 * or clear text after the login when both sides said ENCRYPT_OFF.
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import type { EncryptionOption } from '../model/observation.ts';
import { encodeMessage, PACKET_TYPE, PacketReader, TdsError } from '../tds/packet.ts';
import { decodePrelogin, encodePrelogin } from '../tds/prelogin.ts';
import { decodeClientHello } from '../tls/client-hello.ts';
import { CONTENT_TYPE, TlsError } from '../tls/wire.ts';
import type { LabProfile } from './profiles.ts';
import { respond } from './session.ts';

/** Answers of [MS-TDS] 2.2.6.5 by what the client and the server say. */
const AGREED: Readonly<
  Record<LabProfile['encryption'], Readonly<Record<EncryptionOption, EncryptionOption>>>
> = {
  OFF: { OFF: 'OFF', ON: 'ON', NOT_SUP: 'NOT_SUP', REQ: 'ON' },
  ON: { OFF: 'REQ', ON: 'ON', NOT_SUP: 'REQ', REQ: 'ON' },
  NOT_SUP: { OFF: 'NOT_SUP', ON: 'NOT_SUP', NOT_SUP: 'NOT_SUP', REQ: 'NOT_SUP' },
};
const HANDSHAKE_FAILURE = Buffer.from([CONTENT_TYPE.ALERT, 3, 3, 0, 2, 2, 40]);
const MAX_MESSAGE = 256 * 1024;

export function serve(
  socket: Socket,
  profile: LabProfile,
  context: SecureContext,
  onEvent: (line: string) => void,
): void {
  const connection = new Connection(socket, profile, context, onEvent);
  socket.on('data', (chunk) => connection.received(chunk));
}

type Stage = 'prelogin' | 'handshake' | 'records' | 'clear' | 'over';

class Connection {
  readonly #socket: Socket;
  readonly #profile: LabProfile;
  readonly #context: SecureContext;
  readonly #onEvent: (line: string) => void;
  readonly #packets = new PacketReader();
  /** Packets inside TLS or, after an ENCRYPT_OFF login, in clear text. */
  #session = new PacketReader();
  #message: Buffer = Buffer.alloc(0);
  #hello: Buffer = Buffer.alloc(0);
  #stage: Stage = 'prelogin';
  #agreed: EncryptionOption = 'ON';
  /** Records of the TLS engine that wait to go out as one TDS message. */
  #flight: Buffer[] = [];
  #tls: { readonly plain: TLSSocket; readonly wire: Duplex } | null = null;

  constructor(socket: Socket, profile: LabProfile, context: SecureContext, onEvent: (line: string) => void) {
    this.#socket = socket;
    this.#profile = profile;
    this.#context = context;
    this.#onEvent = onEvent;
  }

  received(chunk: Buffer): void {
    try {
      if (this.#stage === 'records') this.#tls?.wire.push(chunk);
      else if (this.#stage === 'clear') this.#sessionBytes(chunk);
      // After the handshake records come bare: their first byte is no packet type.
      else if (this.#stage === 'handshake' && chunk[0] === CONTENT_TYPE.APPLICATION_DATA)
        this.#records(chunk);
      else
        for (const { payload, endOfMessage } of this.#packets.push(chunk))
          this.#packet(payload, endOfMessage);
    } catch (error) {
      if (!(error instanceof TdsError || error instanceof TlsError)) throw error;
      this.#onEvent(`closed: ${error.message}`);
      this.#socket.destroy();
    }
  }

  #packet(payload: Buffer, last: boolean): void {
    if (this.#stage === 'handshake') {
      this.#handshakeBytes(payload);
      return;
    }
    this.#message = Buffer.concat([this.#message, payload]);
    if (this.#message.length > MAX_MESSAGE) throw new TdsError('a message that does not end');
    if (!last) return;
    const { encryption } = decodePrelogin(this.#message);
    this.#message = Buffer.alloc(0);
    this.#agreed = AGREED[this.#profile.encryption][encryption];
    const answer = encodePrelogin({ version: this.#profile.build, encryption: this.#agreed, instance: '' });
    this.#socket.write(encodeMessage(PACKET_TYPE.TABULAR_RESULT, answer));
    this.#stage = this.#agreed === 'NOT_SUP' ? 'clear' : 'handshake';
  }

  #handshakeBytes(payload: Buffer): void {
    if (this.#tls) {
      this.#tls.wire.push(payload);
      return;
    }
    this.#hello = Buffer.concat([this.#hello, payload]);
    if (this.#hello.length > MAX_MESSAGE) throw new TdsError('a ClientHello that does not end');
    const hello = decodeClientHello(this.#hello);
    if (hello === null) return;
    const { requires } = this.#profile;
    const lacks =
      hello.version !== 'TLS 1.0' &&
      hello.version !== 'TLS 1.1' &&
      requires?.every((one) => !hello.signatureAlgorithms.includes(one));
    if (lacks) {
      this.#refuse(HANDSHAKE_FAILURE, `the hello lists none of ${requires?.join(', ')}`);
      return;
    }
    this.#tls = this.#startTls();
    this.#tls.wire.push(this.#hello);
  }

  #startTls(): { plain: TLSSocket; wire: Duplex } {
    const wire = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, written) => {
        this.#fromTls(chunk);
        written();
      },
    });
    const plain = new TLSSocket(wire, { isServer: true, secureContext: this.#context });
    plain.on('error', (error) => this.#refuse(HANDSHAKE_FAILURE, error.message));
    plain.on('data', (chunk: Buffer) => this.#sessionBytes(chunk));
    return { plain, wire };
  }

  /** What the TLS engine wants to send. */
  #fromTls(chunk: Buffer): void {
    if (this.#stage === 'over') return;
    if (chunk[0] === CONTENT_TYPE.APPLICATION_DATA || this.#stage === 'records') {
      this.#flush();
      this.#socket.write(chunk);
    } else if (chunk[0] === CONTENT_TYPE.ALERT && this.#stage === 'handshake') {
      this.#refuse(chunk, 'the TLS engine found nothing in common');
    } else {
      this.#flight.push(chunk);
      setImmediate(() => this.#flush());
    }
  }

  /** One flight is one TDS message: drivers read one message for each they sent. */
  #flush(): void {
    if (this.#flight.length === 0 || this.#stage === 'over') return;
    const flight = Buffer.concat(this.#flight);
    this.#flight = [];
    this.#socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, flight));
  }

  #records(chunk: Buffer): void {
    this.#stage = 'records';
    this.#tls?.wire.push(chunk);
  }

  #sessionBytes(chunk: Buffer): void {
    for (const { type, payload, endOfMessage } of this.#session.push(chunk)) {
      this.#message = Buffer.concat([this.#message, payload]);
      if (this.#message.length > MAX_MESSAGE) throw new TdsError('a message that does not end');
      if (!endOfMessage) continue;
      const answer = respond(type, this.#message, this.#profile.build);
      this.#message = Buffer.alloc(0);
      this.#reply(type, answer);
    }
  }

  #reply(type: number, answer: Buffer | null): void {
    // Both sides said ENCRYPT_OFF: the login was all that TLS was for.
    if (type === PACKET_TYPE.LOGIN7 && this.#agreed === 'OFF') {
      this.#stage = 'clear';
      this.#session = new PacketReader();
    }
    if (answer === null) {
      this.#socket.destroy();
      return;
    }
    const message = encodeMessage(PACKET_TYPE.TABULAR_RESULT, answer);
    if (this.#stage === 'clear') this.#socket.write(message);
    else this.#tls?.plain.write(message);
  }

  #refuse(alert: Buffer, why: string): void {
    if (this.#stage !== 'handshake') {
      this.#socket.destroy();
      return;
    }
    this.#stage = 'over';
    const { refusal } = this.#profile;
    this.#onEvent(`refused by ${refusal}: ${why}`);
    if (refusal === 'reset') this.#socket.resetAndDestroy();
    else if (refusal === 'alert') this.#socket.end(encodeMessage(PACKET_TYPE.PRELOGIN, alert));
    else this.#socket.end();
  }
}
