/** Connections to one server, counted, a few at a time, with one deadline for all of them. */
import { randomBytes } from 'node:crypto';
import type { ClientHelloProfile } from '../model/hello.ts';
import type { EncryptionOption, HelloAnswer, PreloginAnswer } from '../model/observation.ts';
import { encodeClientHello } from '../tls/client-hello.ts';
import { type Exchanged, exchange, tlsFirst } from './exchange.ts';
import { Slots } from './slots.ts';

export interface Where {
  /** Address that was checked, or a name. */
  readonly host: string;
  readonly port: number;
  readonly instance: string | null;
  /** For `server_name`; `null` for an IP address. */
  readonly serverName: string | null;
}

export interface LineOptions {
  /** For one connection. */
  readonly deadlineMs: number;
  /** For all of them: what was not asked by then has no answer. */
  readonly scanMs: number;
  /** Connections at a time; handed in where several lines share them. */
  readonly slots?: Slots | undefined;
  /** One line per connection. */
  readonly onConnection?: ((line: string) => void) | undefined;
}

/** What a hello holds beyond its profile. */
export interface Variation {
  readonly withoutServerName?: boolean;
  /** Offers DEFLATE (RFC 3749), which made CRIME possible. */
  readonly compression?: boolean;
}

/** What a connection told; where its time went is not asked here. */
type Answers = Pick<Exchanged, 'prelogin' | 'answer'>;

/** To one host: polite to production. */
export const CONNECTIONS_AT_A_TIME = 4;
const DEFLATE = 1;

export class Line {
  readonly where: Where;
  readonly #options: LineOptions;
  readonly #slots: Slots;
  readonly #started = performance.now();
  connections = 0;

  constructor(where: Where, options: LineOptions) {
    this.where = where;
    this.#options = options;
    this.#slots = options.slots ?? new Slots(CONNECTIONS_AT_A_TIME);
  }

  /** Since the line was opened. */
  get milliseconds(): number {
    return Math.round(performance.now() - this.#started);
  }

  /** One connection; one more when a server that answers PRELOGIN says nothing to the hello. */
  async answer(hello: ClientHelloProfile, label: string, variation: Variation = {}): Promise<HelloAnswer> {
    const first = answerOf(await this.ask(hello, label, variation));
    return first.state === 'no-answer'
      ? answerOf(await this.ask(hello, `${label}, again`, variation))
      : first;
  }

  async ask(hello: ClientHelloProfile, label: string, variation: Variation = {}): Promise<Answers> {
    return this.#exchange(label, (deadlineMs) =>
      exchange({
        ...this.where,
        hello: this.#bytes(hello, variation, null),
        deadlineMs,
      }),
    );
  }

  /** PRELOGIN alone, as a client with this ENCRYPTION would send it. */
  async prelogin(encryption: EncryptionOption): Promise<PreloginAnswer> {
    const { prelogin } = await this.#exchange(`PRELOGIN with ENCRYPT_${encryption}`, (deadlineMs) =>
      exchange({ ...this.where, hello: null, encryption, deadlineMs }),
    );
    return prelogin;
  }

  /** One connection that begins with TLS, as TDS 8.0 does. */
  async answerTlsFirst(hello: ClientHelloProfile, alpn: string, label: string): Promise<HelloAnswer> {
    const exchanged = await this.#exchange(`TLS first, ${label}`, async (deadlineMs) => ({
      prelogin: NOT_ASKED,
      answer: await tlsFirst({ ...this.where, hello: this.#bytes(hello, {}, alpn), deadlineMs }),
    }));
    return answerOf(exchanged);
  }

  /** Any one connection, when its turn comes; `null` when the time of the whole line is over by then. */
  async run<T>(open: (deadlineMs: number) => Promise<T>): Promise<T | null> {
    return this.#slots.run(async () => {
      const left = Math.ceil(this.#started + this.#options.scanMs - performance.now());
      if (left <= 0) return null;
      this.connections += 1;
      return open(Math.min(this.#options.deadlineMs, left));
    });
  }

  /** A line of the log. */
  log(label: string, outcome: string): void {
    const { host, port, serverName } = this.where;
    this.#options.onConnection?.(`${serverName ?? host},${port}: ${label}: ${outcome}`);
  }

  async #exchange(label: string, open: (deadlineMs: number) => Promise<Answers>): Promise<Answers> {
    const exchanged = await this.run(open);
    if (exchanged === null) {
      const reason = `the scan took longer than ${this.#options.scanMs / 1000} s`;
      return { prelogin: { state: 'no-answer', reason }, answer: null };
    }
    this.log(label, words(exchanged));
    return exchanged;
  }

  #bytes(hello: ClientHelloProfile, variation: Variation, alpn: string | null): Uint8Array {
    return encodeClientHello(hello, {
      random: randomBytes(32),
      sessionId: randomBytes(32),
      serverName: variation.withoutServerName ? null : this.where.serverName,
      alpn,
      compression: variation.compression ? [DEFLATE] : [],
    });
  }
}

const NOT_ASKED: PreloginAnswer = { state: 'no-answer', reason: 'not asked' };

/** A connection that never came to its hello gave no answer to it. */
export function answerOf({ prelogin, answer }: Answers): HelloAnswer {
  if (answer) return answer;
  return {
    state: 'no-answer',
    reason: prelogin.state === 'no-answer' ? prelogin.reason : 'PRELOGIN was not answered',
  };
}

function words({ prelogin, answer }: Answers): string {
  if (answer === null)
    return prelogin.state === 'answered'
      ? `ENCRYPT_${prelogin.encryption}`
      : prelogin.state === 'rejected'
        ? prelogin.rejection
        : prelogin.reason;
  if (answer.state === 'accepted') return `${answer.protocol} ${answer.suite}`;
  return answer.state === 'rejected' ? answer.rejection : answer.reason;
}
