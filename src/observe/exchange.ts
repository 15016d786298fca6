/** One TCP connection to a SQL Server: PRELOGIN, then at most one ClientHello, then the connection is closed. */
import { connect } from 'node:net';
import type { EncryptionOption, HelloAnswer, PreloginAnswer } from '../model/observation.ts';
import { Conversation } from './conversation.ts';

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

export interface ExchangeOptions extends OpenOptions {
  /** ClientHello in its record; `null`: PRELOGIN is all that is asked. */
  readonly hello: Uint8Array | null;
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

/** A connection that agrees on encryption while it waits for its hello. */
export interface Opened {
  /** False when it ended meanwhile. */
  readonly isOpen: boolean;
  /** Never throws and never waits longer than the deadline. */
  say(hello: Uint8Array | null): Promise<Exchanged>;
  abandon(): void;
}

/** Never throws and never waits longer than the deadline. */
export function exchange({ hello, ...options }: ExchangeOptions): Promise<Exchanged> {
  return open(options).say(hello);
}

/** The same without PRELOGIN and TDS packets: TLS from the first byte, as TDS 8.0 begins. */
export async function tlsFirst(
  options: Omit<ExchangeOptions, 'instance' | 'encryption'>,
): Promise<HelloAnswer> {
  const { hello, ...rest } = options;
  const { prelogin, answer } = await open({ ...rest, instance: null }, 'hello').say(hello);
  if (answer) return answer;
  return { state: 'no-answer', reason: prelogin.state === 'no-answer' ? prelogin.reason : 'no answer' };
}

/** Connects, and begins with PRELOGIN or waits to begin with the hello. */
export function open(options: OpenOptions, begin: 'prelogin' | 'hello' = 'prelogin'): Opened {
  const socket = connect({ host: options.host, port: options.port, noDelay: true });
  let timer: NodeJS.Timeout | undefined;
  let settle: (result: Exchanged) => void = () => {};
  const ended = new Promise<Exchanged>((resolve) => {
    settle = resolve;
  });
  const conversation = new Conversation(socket, options, begin, (result) => {
    clearTimeout(timer);
    socket.destroy();
    settle(result);
  });
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => conversation.silence(), options.deadlineMs);
  };
  restart();
  socket.on('connect', () => conversation.connected());
  socket.on('data', (chunk) => conversation.received(chunk));
  socket.on('end', () => conversation.ended('close'));
  socket.on('error', (error) => conversation.failed(error));
  socket.on('close', () => conversation.ended('close'));
  return {
    get isOpen() {
      return !conversation.isDone;
    },
    say(hello) {
      if (!conversation.isDone) {
        restart();
        conversation.say(hello);
      }
      return ended;
    },
    abandon() {
      clearTimeout(timer);
      socket.destroy();
    },
  };
}
