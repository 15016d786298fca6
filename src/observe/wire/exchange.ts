/** One TCP connection to a SQL Server: PRELOGIN, then at most one ClientHello, then the connection is closed. */
import { connect } from 'node:net';
import type { HelloAnswer } from '../../model/observation.ts';
import { Conversation, type Exchanged, type OpenOptions } from './conversation.ts';

export interface ExchangeOptions extends OpenOptions {
  /** ClientHello in its record; `null`: PRELOGIN is all that is asked. */
  readonly hello: Uint8Array | null;
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
