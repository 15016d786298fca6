/**
 * One lab connection: PRELOGIN, a TLS handshake inside TDS packets, then TLS records directly on TCP ([MS-TDS] 3.3.5),
 * or clear text after the login when both sides said ENCRYPT_OFF.
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import { encodeMessage, PACKET_TYPE, PacketReader, TdsError } from '../tds/packet.ts';
import { decodePrelogin, encodePrelogin } from '../tds/prelogin.ts';
import { type DecodedClientHello, decodeClientHello } from '../tls/client-hello.ts';
import { CONTENT_TYPE, TlsError } from '../tls/wire.ts';
import { mintCertificate } from './certificates.ts';
import { type DheProfile, DheServer, dheSuite } from './dhe-server.ts';
import { type Agreement, agree } from './encryption.ts';
import type { LabProfile } from './profiles.ts';
import { respond, versionOfLogin } from './session.ts';
import type { TdsVersion } from './tokens.ts';

const HANDSHAKE_FAILURE = Buffer.from([CONTENT_TYPE.ALERT, 3, 3, 0, 2, 2, 40]);
/** What a TLS 1.2 hello without the extension means, RFC 5246 §7.4.1.4.1. */
const IMPLIED_SCHEMES = ['rsa_pkcs1_sha1'];
const MAX_MESSAGE = 256 * 1024;
const STRICT_ALPN = 'tds/8.0';

/** OpenSSL set up for each way a connection may begin; `null`: the server does not take it. */
export interface Contexts {
  /** TLS 1.0–1.2 inside TDS 7.x. */
  readonly tds7: SecureContext | null;
  /** TLS first, TDS 8.0. */
  readonly strict: SecureContext | null;
}

export function serve(
  socket: Socket,
  profile: LabProfile,
  contexts: Contexts,
  onEvent: (line: string) => void,
): void {
  const connection = new Connection(socket, profile, contexts, onEvent);
  socket.on('data', (chunk) => connection.received(chunk));
  socket.on('close', () => connection.ended());
}

/** What plays TLS: records on its wire, the session on its plain side. */
interface TlsEngine {
  readonly wire: { push(bytes: Buffer): unknown };
  readonly plain: { write(bytes: Buffer): unknown; destroy(): unknown };
}

/** `records`: the handshake is done, TLS comes without packets around it. */
type Stage = 'begin' | 'prelogin' | 'handshake' | 'records' | 'clear' | 'over';

class Connection {
  readonly #socket: Socket;
  readonly #profile: LabProfile;
  readonly #contexts: Contexts;
  readonly #onEvent: (line: string) => void;
  readonly #packets = new PacketReader();
  /** Packets inside TLS or, after an ENCRYPT_OFF login, in clear text. */
  #session = new PacketReader();
  #message: Buffer = Buffer.alloc(0);
  #tdsVersion: TdsVersion = '7.4';
  #hello: Buffer = Buffer.alloc(0);
  #stage: Stage = 'begin';
  #tlsFor: Agreement['tls'] = 'always';
  /** Records of the TLS engine that wait to go out as one TDS message. */
  #flight: Buffer[] = [];
  #greeted = false;
  #bare = false;
  #tls: TlsEngine | null = null;

  constructor(socket: Socket, profile: LabProfile, contexts: Contexts, onEvent: (line: string) => void) {
    this.#socket = socket;
    this.#profile = profile;
    this.#contexts = contexts;
    this.#onEvent = onEvent;
  }

  received(chunk: Buffer): void {
    this.#orClose(() => {
      if (this.#stage === 'over') return;
      if (this.#stage === 'begin') this.#begin(chunk[0]);
      if (this.#stage === 'records') this.#tls?.wire.push(chunk);
      else if (this.#stage === 'clear') this.#sessionBytes(chunk);
      else
        for (const { payload, endOfMessage } of this.#packets.push(chunk))
          this.#packet(payload, endOfMessage);
    });
  }

  /** The first byte decides: a TLS handshake record begins TDS 8.0, a PRELOGIN packet TDS 7.x ([MS-TDS] 3.3). */
  #begin(first: number | undefined): void {
    const { tds7, strict } = this.#contexts;
    if (first === CONTENT_TYPE.HANDSHAKE && strict) {
      this.#stage = 'records';
      this.#bare = true;
      this.#tls = this.#startTls(strict, [STRICT_ALPN]);
    } else if (tds7 && first === PACKET_TYPE.LOGIN7) {
      // No PRELOGIN, as jTDS begins with ssl=off: the same as one that says ENCRYPT_NOT_SUP.
      if (agree(this.#profile.encryption, 'NOT_SUP').tls !== 'none')
        throw new TdsError('encryption is forced, and the login came in clear text');
      this.#stage = 'clear';
    } else if (tds7) {
      this.#stage = 'prelogin';
    } else {
      throw new TdsError('only Encrypt=Strict is taken');
    }
  }

  ended(): void {
    this.#stage = 'over';
    this.#tls?.plain.destroy();
  }

  /** Bytes that are no TDS or no TLS end the connection, not the lab: streams call back outside of {@link received}. */
  #orClose(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof TdsError || error instanceof TlsError)) throw error;
      this.#onEvent(`closed: ${error.message}`);
      this.#socket.destroy();
    }
  }

  #packet(payload: Buffer, last: boolean): void {
    if (this.#stage === 'over') return;
    if (this.#stage !== 'prelogin') {
      this.#handshakeBytes(payload);
      return;
    }
    this.#message = Buffer.concat([this.#message, payload]);
    if (this.#message.length > MAX_MESSAGE) throw new TdsError('a message that does not end');
    if (!last) return;
    const { encryption } = decodePrelogin(this.#message);
    this.#message = Buffer.alloc(0);
    this.#agree(agree(this.#profile.encryption, encryption));
  }

  #agree({ answer, tls }: Agreement): void {
    const prelogin = encodePrelogin(
      { version: this.#profile.build, encryption: answer, instance: '' },
      'server',
    );
    this.#socket.write(encodeMessage(PACKET_TYPE.TABULAR_RESULT, prelogin));
    this.#tlsFor = tls;
    if (tls === 'never') {
      this.#stage = 'over';
      this.#onEvent(`closed: no agreement about encryption, answered ${answer}`);
      this.#socket.end();
    } else {
      this.#stage = tls === 'none' ? 'clear' : 'handshake';
    }
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
    const listed = hello.signatureAlgorithms.length > 0 ? hello.signatureAlgorithms : IMPLIED_SCHEMES;
    const lacks =
      hello.version !== 'TLS 1.0' &&
      hello.version !== 'TLS 1.1' &&
      requires?.every((one) => !listed.includes(one));
    if (lacks) {
      this.#refuse(HANDSHAKE_FAILURE, `the hello lists none of ${requires?.join(', ')}`);
      return;
    }
    const { dhe } = this.#profile;
    const { tds7 } = this.#contexts;
    this.#tls = (dhe && this.#startDhe(dhe, hello)) ?? (tds7 && this.#startTls(tds7));
    this.#tls?.wire.push(this.#hello);
  }

  /** `null` when the hello leads to another suite: OpenSSL plays that. */
  #startDhe(profile: DheProfile, hello: DecodedClientHello): TlsEngine | null {
    const { suites, signatureAlgorithms, certificate } = this.#profile;
    const suite = dheSuite(hello, suites);
    if (suite === null) return null;
    const options = { profile, suite, hello, signatureAlgorithms, certificate: mintCertificate(certificate) };
    const server = new DheServer(options, {
      wire: (chunk) => this.#fromTls(chunk),
      secure: (chosen) => this.#secure(chosen),
      data: (chunk) => this.#orClose(() => this.#sessionBytes(chunk)),
      failed: (why) => this.#failed(why),
    });
    return { wire: server, plain: server };
  }

  #startTls(secureContext: SecureContext, ALPNProtocols?: string[]): TlsEngine {
    const wire = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, written) => {
        this.#fromTls(chunk);
        written();
      },
    });
    const plain = new TLSSocket(wire, {
      isServer: true,
      secureContext,
      ...(ALPNProtocols && { ALPNProtocols }),
    });
    plain.on('secure', () => this.#secure(`${plain.getProtocol()} ${plain.getCipher().standardName}`));
    plain.on('error', (error) => this.#failed(error.message));
    plain.on('data', (chunk: Buffer) => this.#orClose(() => this.#sessionBytes(chunk)));
    return { plain, wire };
  }

  /** Called before the client can know: whatever it sends from here on comes bare. */
  #secure(chosen: string): void {
    this.#stage = 'records';
    this.#onEvent(`handshake: ${chosen}`);
  }

  /** What the TLS engine wants to send. */
  #fromTls(chunk: Buffer): void {
    if (this.#stage === 'over') return;
    const type = chunk[0];
    // Its last flight comes after `secure` and is still wrapped; a session, or the end of one, is not.
    this.#bare ||=
      this.#stage === 'records' && (type === CONTENT_TYPE.APPLICATION_DATA || type === CONTENT_TYPE.ALERT);
    if (this.#bare) {
      this.#flush();
      this.#socket.write(chunk);
    } else if (type === CONTENT_TYPE.ALERT && !this.#greeted) {
      this.#refuse(chunk, 'the TLS engine found nothing in common');
    } else {
      this.#greeted = true;
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

  #sessionBytes(chunk: Buffer): void {
    for (const { type, payload, endOfMessage } of this.#session.push(chunk)) {
      this.#message = Buffer.concat([this.#message, payload]);
      if (this.#message.length > MAX_MESSAGE) throw new TdsError('a message that does not end');
      if (!endOfMessage) continue;
      if (type === PACKET_TYPE.LOGIN7) this.#tdsVersion = versionOfLogin(this.#message);
      const answer =
        type === PACKET_TYPE.PRELOGIN
          ? this.#strictPrelogin()
          : respond(type, this.#message, this.#profile, this.#tdsVersion);
      this.#message = Buffer.alloc(0);
      this.#reply(type, answer);
    }
  }

  /** Inside TLS nothing is left to agree on: ENCRYPTION is NOT_SUP on both sides. */
  #strictPrelogin(): Buffer {
    return encodePrelogin({ version: this.#profile.build, encryption: 'NOT_SUP', instance: '' }, 'server');
  }

  #reply(type: number, answer: Buffer | null): void {
    // Both sides said ENCRYPT_OFF: the login was all that TLS was for.
    if (type === PACKET_TYPE.LOGIN7 && this.#tlsFor === 'login-only') {
      this.#stage = 'clear';
      this.#session = new PacketReader();
    }
    if (answer === null) {
      this.#onEvent(`closed: a message of type 0x${type.toString(16).padStart(2, '0')} is not played`);
      this.#socket.destroy();
      return;
    }
    if (answer.length === 0) return;
    const message = encodeMessage(PACKET_TYPE.TABULAR_RESULT, answer);
    if (this.#stage === 'clear') this.#socket.write(message);
    else this.#tls?.plain.write(message);
  }

  #failed(why: string): void {
    if (this.#stage === 'handshake' && !this.#greeted) {
      this.#refuse(HANDSHAKE_FAILURE, why);
    } else if (this.#stage !== 'over') {
      this.#onEvent(`closed: ${why}`);
      // OpenSSL has written its alert by now.
      this.#socket.end();
    }
  }

  #refuse(alert: Buffer, why: string): void {
    this.#stage = 'over';
    const { refusal } = this.#profile;
    this.#onEvent(`refused by ${refusal}: ${why}`);
    if (refusal === 'reset') this.#socket.resetAndDestroy();
    else if (refusal === 'alert') this.#socket.end(encodeMessage(PACKET_TYPE.PRELOGIN, alert));
    else this.#socket.end();
  }
}
