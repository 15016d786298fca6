/** What is said on one TCP connection to a SQL Server: PRELOGIN, then at most one ClientHello. No socket is opened here. */
import type { Socket } from 'node:net';
import type { EncryptionOption, HelloAnswer, PreloginAnswer, Rejection } from '../../model/observation.ts';
import { clientPrelogin, MAX_PRELOGIN, OTHER_INSTANCE } from '../../tds/client-prelogin.ts';
import { encodeMessage, PACKET_TYPE, PacketReader, TdsError } from '../../tds/packet.ts';
import { decodePrelogin } from '../../tds/prelogin.ts';
import { bitLength } from '../../tls/key-exchange.ts';
import { FlightReader } from '../../tls/server-flight.ts';
import { unreachable } from './unreachable.ts';

export interface OpenOptions {
  /** Address or name; already checked by the caller. */
  readonly host: string;
  readonly port: number;
  readonly instance: string | null;
  /** ENCRYPTION of PRELOGIN. With `ON`, the default, the server keeps TLS for the whole session. */
  readonly encryption?: EncryptionOption;
  /** For the whole connection; for one that waited for its hello, from there on. */
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
/** Bytes of one connection, packet headers included. */
const MAX_RECEIVED = 256 * 1024;
/** RFC 5246 §7.2: a peer may go on after a warning, close_notify (0) apart. */
const WARNING = 1;
const CLOSE_NOTIFY = 0;
const NO_MORE = Buffer.alloc(0);

/** `ready`: PRELOGIN is answered, and what to ask is not known yet. */
type Stage = 'connecting' | 'prelogin' | 'ready' | 'hello' | 'done';

export class Conversation {
  readonly #socket: Socket;
  readonly #options: OpenOptions;
  readonly #begin: 'prelogin' | 'hello';
  readonly #finish: (result: Exchanged) => void;
  readonly #packets = new PacketReader();
  readonly #flight = new FlightReader();
  readonly #started = performance.now();
  readonly #marks: { -readonly [K in keyof Marks]: Marks[K] } = { ...NO_MARKS };
  /** `null`: PRELOGIN is all that is asked; `undefined`: not known yet. */
  #hello: Uint8Array | null | undefined;
  #stage: Stage = 'connecting';
  #message: Buffer = Buffer.alloc(0);
  #received = 0;
  #prelogin: PreloginAnswer = { state: 'no-answer', reason: 'not connected' };

  constructor(
    socket: Socket,
    options: OpenOptions,
    begin: 'prelogin' | 'hello',
    finish: (result: Exchanged) => void,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#begin = begin;
    this.#finish = finish;
  }

  get isDone(): boolean {
    return this.#stage === 'done';
  }

  /** What to send once PRELOGIN is answered. */
  say(hello: Uint8Array | null): void {
    this.#hello = hello;
    if (this.#stage === 'ready') this.#proceed();
  }

  connected(): void {
    this.#mark('connected');
    this.#stage = this.#begin;
    if (this.#begin === 'hello') {
      if (this.#hello) this.#socket.write(this.#hello);
      return;
    }
    this.#socket.write(clientPrelogin(this.#options.encryption ?? 'ON', this.#options.instance));
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
    else if (this.#stage === 'ready') this.#done(this.#prelogin, null);
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
    if (encryption === 'NOT_SUP') this.#done(this.#prelogin, null);
    else this.#proceed();
  }

  #proceed(): void {
    this.#stage = 'ready';
    if (this.#hello === undefined) return;
    if (this.#hello === null) {
      this.#done(this.#prelogin, null);
    } else {
      this.#stage = 'hello';
      this.#socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, this.#hello));
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
