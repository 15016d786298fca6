/** Connections to one server, counted, in one place with one deadline for all of them. */
import { randomBytes } from 'node:crypto';
import type { ClientHelloProfile } from '../model/hello.ts';
import type { HelloAnswer } from '../model/observation.ts';
import { encodeClientHello } from '../tls/client-hello.ts';
import { type Exchanged, exchange, tlsFirst } from './exchange.ts';

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
  /** One line per connection. */
  readonly onConnection?: ((line: string) => void) | undefined;
}

export class Line {
  readonly #where: Where;
  readonly #options: LineOptions;
  readonly #started = performance.now();
  connections = 0;

  constructor(where: Where, options: LineOptions) {
    this.#where = where;
    this.#options = options;
  }

  /** Since the line was opened. */
  get milliseconds(): number {
    return Math.round(performance.now() - this.#started);
  }

  /** One connection; one more when a server that answers PRELOGIN says nothing to the hello. */
  async answer(hello: ClientHelloProfile, label: string): Promise<HelloAnswer> {
    const first = answerOf(await this.ask(hello, label));
    return first.state === 'no-answer' ? answerOf(await this.ask(hello, `${label}, again`)) : first;
  }

  /** One connection that begins with TLS, as TDS 8.0 does. */
  async askTlsFirst(hello: ClientHelloProfile, alpn: string): Promise<HelloAnswer> {
    const { host, port, serverName } = this.#where;
    this.connections += 1;
    const answer = await tlsFirst({
      host,
      port,
      hello: encodeClientHello(hello, { random: randomBytes(32), serverName, alpn }),
      deadlineMs: this.#options.deadlineMs,
    });
    this.#options.onConnection?.(`${serverName ?? host},${port}: TLS first, ${alpn}: ${words(answer)}`);
    return answer;
  }

  async ask(hello: ClientHelloProfile, label: string): Promise<Exchanged> {
    const left = Math.ceil(this.#started + this.#options.scanMs - performance.now());
    if (left <= 0)
      return {
        prelogin: {
          state: 'no-answer',
          reason: `the scan took longer than ${this.#options.scanMs / 1000} s`,
        },
        answer: null,
      };
    const { host, port, instance, serverName } = this.#where;
    this.connections += 1;
    const exchanged = await exchange({
      host,
      port,
      instance,
      hello: encodeClientHello(hello, { random: randomBytes(32), serverName }),
      deadlineMs: Math.min(this.#options.deadlineMs, left),
    });
    this.#options.onConnection?.(`${serverName ?? host},${port}: ${label}: ${words(answerOf(exchanged))}`);
    return exchanged;
  }
}

/** A connection that never came to its hello gave no answer to it. */
export function answerOf({ prelogin, answer }: Exchanged): HelloAnswer {
  if (answer) return answer;
  return {
    state: 'no-answer',
    reason: prelogin.state === 'no-answer' ? prelogin.reason : 'PRELOGIN was not answered',
  };
}

function words(answer: HelloAnswer): string {
  if (answer.state === 'accepted') return `${answer.protocol} ${answer.suite}`;
  return answer.state === 'rejected' ? answer.rejection : answer.reason;
}

/** Runs the jobs, at most `workers` at a time. */
export async function inParallel(jobs: readonly (() => Promise<void>)[], workers: number): Promise<void> {
  const queue = [...jobs];
  const work = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await job();
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
}
