/** Connections to one server, counted, a few at a time, with one deadline for all of them. */
import { randomBytes } from 'node:crypto';
import type { ClientHelloProfile } from '../../model/hello.ts';
import type { EncryptionOption, HelloAnswer, PreloginAnswer } from '../../model/observation.ts';
import { encodeClientHello } from '../../tls/client-hello.ts';
import type { Exchanged } from './conversation.ts';
import { exchange, type Opened, open, tlsFirst } from './exchange.ts';
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

/** How a hello is asked. */
export interface AskOptions {
  /** Another will follow on this line: its connection is made ready while the answer to this one is awaited. */
  readonly more?: boolean;
  readonly withoutServerName?: boolean;
  /** Offers DEFLATE (RFC 3749), which made CRIME possible. */
  readonly compression?: boolean;
}

/** What a connection told; where its time went is not asked here. */
type Answers = Pick<Exchanged, 'prelogin' | 'answer'>;

/** To one host: polite to production. */
export const CONNECTIONS_AT_A_TIME = 4;
const DEFLATE = 1;
/** SQL Server gives a client some seconds for its login; a connection that waited longer than this is not used. */
const FRESH_MS = 2000;
/** Hellos in a row without an answer, after which no more are sent: more than three versions, twice each, can cost. */
const MANY_SILENCES = 8;

export class Line {
  readonly where: Where;
  readonly #options: LineOptions;
  readonly #slots: Slots;
  readonly #started = performance.now();
  /** A connection that agrees on encryption, or has, and waits for its hello; it holds a place. */
  #ready: { readonly opened: Opened; readonly since: number } | null = null;
  /** Hellos in a row that had no answer. */
  #silences = 0;
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
  async answer(hello: ClientHelloProfile, label: string, options: AskOptions = {}): Promise<HelloAnswer> {
    const first = answerOf(await this.ask(hello, label, options));
    return first.state === 'no-answer' && this.#silences < MANY_SILENCES
      ? answerOf(await this.ask(hello, `${label}, again`, options))
      : first;
  }

  async ask(hello: ClientHelloProfile, label: string, options: AskOptions = {}): Promise<Answers> {
    const ready = this.#takeReady();
    if (ready === null) await this.#slots.take();
    try {
      const deadlineMs = this.#deadline();
      if (deadlineMs === null || this.#silences >= MANY_SILENCES) {
        ready?.abandon();
        return deadlineMs === null ? this.#late() : FELL_SILENT;
      }
      const opened = ready ?? this.#open(deadlineMs);
      if (options.more) this.#makeReady(deadlineMs);
      const exchanged = await opened.say(this.#bytes(hello, options, null));
      this.#silences = answerOf(exchanged).state === 'no-answer' ? this.#silences + 1 : 0;
      this.log(label, words(exchanged));
      return exchanged;
    } finally {
      this.#slots.give();
    }
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
      const deadlineMs = this.#deadline();
      if (deadlineMs === null) return null;
      this.connections += 1;
      return open(deadlineMs);
    });
  }

  /** Nothing more will be asked: what was made ready is let go. */
  close(): void {
    const ready = this.#takeReady();
    if (ready === null) return;
    ready.abandon();
    this.#slots.give();
  }

  #open(deadlineMs: number): Opened {
    this.connections += 1;
    return open({ ...this.where, deadlineMs });
  }

  /** Only where a place is free: nobody who asks now waits for one who may ask later. */
  #makeReady(deadlineMs: number): void {
    if (this.#ready === null && this.#slots.tryTake())
      this.#ready = { opened: this.#open(deadlineMs), since: performance.now() };
  }

  /** With its place. One that ended meanwhile, or that a server may be about to end, is no answer to any hello. */
  #takeReady(): Opened | null {
    const ready = this.#ready;
    this.#ready = null;
    if (ready === null) return null;
    if (ready.opened.isOpen && performance.now() - ready.since < FRESH_MS) return ready.opened;
    ready.opened.abandon();
    this.#slots.give();
    return null;
  }

  /** For one connection that begins now; `null`: the time of the whole line is over. */
  #deadline(): number | null {
    const left = Math.ceil(this.#started + this.#options.scanMs - performance.now());
    return left <= 0 ? null : Math.min(this.#options.deadlineMs, left);
  }

  #late(): Answers {
    const reason = `the scan took longer than ${this.#options.scanMs / 1000} s`;
    return { prelogin: { state: 'no-answer', reason }, answer: null };
  }

  /** A line of the log. */
  log(label: string, outcome: string): void {
    const { host, port, serverName } = this.where;
    this.#options.onConnection?.(`${serverName ?? host},${port}: ${label}: ${outcome}`);
  }

  async #exchange(label: string, converse: (deadlineMs: number) => Promise<Answers>): Promise<Answers> {
    const exchanged = await this.run(converse);
    if (exchanged === null) return this.#late();
    this.log(label, words(exchanged));
    return exchanged;
  }

  #bytes(hello: ClientHelloProfile, options: AskOptions, alpn: string | null): Uint8Array {
    return encodeClientHello(hello, {
      random: randomBytes(32),
      sessionId: randomBytes(32),
      serverName: options.withoutServerName ? null : this.where.serverName,
      alpn,
      compression: options.compression ? [DEFLATE] : [],
    });
  }
}

const NOT_ASKED: PreloginAnswer = { state: 'no-answer', reason: 'not asked' };

const FELL_SILENT: Answers = {
  prelogin: { state: 'no-answer', reason: `not asked: ${MANY_SILENCES} hellos in a row had no answer` },
  answer: null,
};

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
