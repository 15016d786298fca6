/** One TCP connection to a SQL Server: PRELOGIN, then at most one ClientHello, then the connection is closed. */
import { connect, type Socket } from 'node:net';
import type { EncryptionOption, HelloAnswer, PreloginAnswer, Rejection } from '../model/observation.ts';
import { encodeMessage, PACKET_TYPE, PacketReader, TdsError } from '../tds/packet.ts';
import { decodePrelogin, encodePrelogin } from '../tds/prelogin.ts';
import { bitLength } from '../tls/key-exchange.ts';
import { FlightReader } from '../tls/server-flight.ts';

export interface ExchangeOptions {
  /** Address or name; already checked by the caller. */
  readonly host: string;
  readonly port: number;
  readonly instance: string | null;
  /** ClientHello in its record; `null`: PRELOGIN is all that is asked. */
  readonly hello: Uint8Array | null;
  /** ENCRYPTION of PRELOGIN. With `ON`, the default, the server keeps TLS for the whole session. */
  readonly encryption?: EncryptionOption;
  /** For the whole connection. */
  readonly deadlineMs: number;
}

export interface Exchanged {
  readonly prelogin: PreloginAnswer;
  /** `null` when it never came to the hello. */
  readonly answer: HelloAnswer | null;
  readonly marks: Marks;
}

/** When the phases of a connection ended: milliseconds of the monotonic clock since the SYN; `null`: never. */
export interface Marks {
  /** The TCP handshake was done. */
  readonly connected: number | null;
  /** The PRELOGIN answer was there. */
  readonly prelogin: number | null;
  /** The server's flight was there, or what it refused the hello with. */
  readonly hello: number | null;
  /** Why no answer came: `timeout`, `not understood`, or Node's error code, e.g. `ECONNREFUSED`; `null`: one came, a refusal too. */
  readonly failure: string | null;
}

/** Of a connection that has not begun. */
const NO_MARKS: Marks = { connected: null, prelogin: null, hello: null, failure: null };

/** What the client says of its own version in PRELOGIN: a driver of today. */
const CLIENT_VERSION = '18.0.0';
const MAX_PRELOGIN = 16 * 1024;
/** Bytes of one connection, packet headers included. */
const MAX_RECEIVED = 256 * 1024;
/** INSTOPT of an answer: "I am another instance", [MS-TDS] 2.2.6.5. */
const OTHER_INSTANCE = '\u0001';
/** RFC 5246 §7.2: a peer may go on after a warning, close_notify (0) apart. */
const WARNING = 1;
const CLOSE_NOTIFY = 0;
const NO_MORE = Buffer.alloc(0);

/** Never throws and never waits longer than the deadline. */
export function exchange(options: ExchangeOptions): Promise<Exchanged> {
  return converse(options, 'prelogin');
}

/** The same without PRELOGIN and TDS packets: TLS from the first byte, as TDS 8.0 begins. */
export async function tlsFirst(
  options: Omit<ExchangeOptions, 'instance' | 'encryption'>,
): Promise<HelloAnswer> {
  const { prelogin, answer } = await converse({ ...options, instance: null }, 'hello');
  if (answer) return answer;
  return { state: 'no-answer', reason: prelogin.state === 'no-answer' ? prelogin.reason : 'no answer' };
}

function converse(options: ExchangeOptions, begin: 'prelogin' | 'hello'): Promise<Exchanged> {
  return new Promise((resolve) => {
    const socket = connect({ host: options.host, port: options.port, noDelay: true });
    const conversation = new Conversation(socket, options, begin, (result) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    });
    const timer = setTimeout(() => conversation.silence(), options.deadlineMs);
    socket.on('connect', () => conversation.connected());
    socket.on('data', (chunk) => conversation.received(chunk));
    socket.on('end', () => conversation.ended('close'));
    socket.on('error', (error) => conversation.failed(error));
    socket.on('close', () => conversation.ended('close'));
  });
}

type Stage = 'connecting' | 'prelogin' | 'hello' | 'done';

class Conversation {
  readonly #socket: Socket;
  readonly #options: ExchangeOptions;
  readonly #begin: 'prelogin' | 'hello';
  readonly #finish: (result: Exchanged) => void;
  readonly #packets = new PacketReader();
  readonly #flight = new FlightReader();
  readonly #started = performance.now();
  readonly #marks: { -readonly [K in keyof Marks]: Marks[K] } = { ...NO_MARKS };
  #stage: Stage = 'connecting';
  #message: Buffer = Buffer.alloc(0);
  #received = 0;
  #prelogin: PreloginAnswer = { state: 'no-answer', reason: 'not connected' };

  constructor(
    socket: Socket,
    options: ExchangeOptions,
    begin: 'prelogin' | 'hello',
    finish: (result: Exchanged) => void,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#begin = begin;
    this.#finish = finish;
  }

  connected(): void {
    this.#mark('connected');
    this.#stage = this.#begin;
    if (this.#begin === 'hello') {
      this.#socket.write(this.#options.hello ?? NO_MORE);
      return;
    }
    const prelogin = encodePrelogin({
      version: CLIENT_VERSION,
      encryption: this.#options.encryption ?? 'ON',
      instance: this.#options.instance ?? '',
    });
    this.#socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, prelogin));
  }

  received(chunk: Buffer): void {
    try {
      this.#received += chunk.length;
      if (this.#received > MAX_RECEIVED)
        throw new TdsError(`more than ${MAX_RECEIVED / 1024} KB and no end of it`);
      if (this.#begin === 'hello') {
        if (this.#stage === 'hello') this.#helloBytes(chunk);
        return;
      }
      for (const packet of this.#packets.push(chunk)) {
        if (this.#stage === 'prelogin') this.#preloginPacket(packet.payload, packet.endOfMessage);
        else if (this.#stage === 'hello') this.#helloBytes(packet.payload);
      }
    } catch (error) {
      this.#nonsense(error instanceof Error ? error.message : String(error));
    }
  }

  /** The peer closed or reset. What came before decides what that means. */
  ended(rejection: Rejection): void {
    if (this.#stage === 'prelogin') this.#done({ state: 'rejected', rejection }, null);
    else if (this.#stage === 'hello') this.#answer({ state: 'rejected', rejection, alert: null });
  }

  failed(error: NodeJS.ErrnoException): void {
    const reset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    if (this.#stage !== 'connecting' && reset) {
      this.ended('reset');
      return;
    }
    this.#marks.failure ??= error.code ?? error.message;
    if (this.#stage === 'connecting') this.#done({ state: 'no-answer', reason: unreachable(error) }, null);
    else this.#nonsense(error.message);
  }

  silence(): void {
    this.#marks.failure ??= 'timeout';
    const reason = `no answer after ${this.#options.deadlineMs / 1000} s`;
    if (this.#stage === 'hello') this.#answer({ state: 'no-answer', reason });
    else this.#done({ state: 'no-answer', reason }, null);
  }

  #preloginPacket(payload: Buffer, last: boolean): void {
    this.#message = Buffer.concat([this.#message, payload]);
    if (this.#message.length > MAX_PRELOGIN) throw new TdsError('a PRELOGIN answer that does not end');
    if (!last) return;
    const { version, encryption, instance } = decodePrelogin(this.#message);
    if (instance === OTHER_INSTANCE) {
      const reason = `the server says that it is not the instance ${this.#options.instance ?? ''}`.trimEnd();
      this.#done({ state: 'no-answer', reason }, null);
      return;
    }
    this.#mark('prelogin');
    this.#prelogin = { state: 'answered', version, encryption };
    const { hello } = this.#options;
    if (hello === null || encryption === 'NOT_SUP') {
      this.#done(this.#prelogin, null);
    } else {
      this.#stage = 'hello';
      this.#socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, hello));
    }
  }

  #helloBytes(payload: Buffer): void {
    let event = this.#flight.push(payload);
    while (event?.kind === 'alert' && event.level === WARNING && event.description !== CLOSE_NOTIFY)
      event = this.#flight.push(NO_MORE);
    if (event?.kind === 'alert') {
      this.#answer({ state: 'rejected', rejection: 'alert', alert: event.description });
    } else if (event) {
      const { flight } = event;
      const { version, suite, group, dh, chain } = flight;
      const dhBits = dh && bitLength(dh.p);
      this.#answer({ state: 'accepted', protocol: version, suite, group, dhBits, chain, flight });
    }
  }

  #nonsense(what: string): void {
    this.#marks.failure ??= 'not understood';
    const reason = `not understood: ${what}`;
    if (this.#stage === 'hello') this.#answer({ state: 'no-answer', reason });
    else this.#done({ state: 'no-answer', reason: `not a TDS server: ${what}` }, null);
  }

  #answer(answer: HelloAnswer): void {
    if (answer.state !== 'no-answer') this.#mark('hello');
    this.#done(this.#prelogin, answer);
  }

  #done(prelogin: PreloginAnswer, answer: HelloAnswer | null): void {
    if (this.#stage === 'done') return;
    this.#stage = 'done';
    this.#finish({ prelogin, answer, marks: this.#marks });
  }

  #mark(phase: 'connected' | 'prelogin' | 'hello'): void {
    this.#marks[phase] ??= performance.now() - this.#started;
  }
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name does not resolve',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'the TCP connection timed out',
  ECONNRESET: 'the connection was reset before anything was said',
};

/** Why there is no connection, in words; the operating system's where it has its own. */
export function unreachable({ code, message }: NodeJS.ErrnoException): string {
  return UNREACHABLE[code ?? ''] ?? message;
}
