/** The connections of one target: one broad hello per TLS version, then each distinct client hello once. */
import { randomBytes } from 'node:crypto';
import type { CertificateFacts } from '../model/certificate.ts';
import { type ClientHelloProfile, helloKey } from '../model/hello.ts';
import type { HelloAnswer, Observation, PreloginAnswer } from '../model/observation.ts';
import { type Protocol, TDS7_PROTOCOLS } from '../model/protocol.ts';
import { decodeCertificate } from '../tls/certificate.ts';
import { encodeClientHello } from '../tls/client-hello.ts';
import { TlsError } from '../tls/wire.ts';
import { broadHello, shorterHello } from './broad-hello.ts';
import { type Exchanged, exchange } from './exchange.ts';

export interface Where {
  /** Address that was checked, or a name. */
  readonly host: string;
  readonly port: number;
  readonly instance: string | null;
  /** For `server_name`; `null` for an IP address. */
  readonly serverName: string | null;
}

export interface ScanOptions {
  readonly deadlineMs: number;
  /** Connections at a time. */
  readonly concurrency?: number;
  /** A further hello worth sending after this one was refused. */
  readonly afterRejection?: (hello: ClientHelloProfile) => ClientHelloProfile;
  /** One line per connection. */
  readonly onConnection?: (line: string) => void;
  /** For the whole scan: what was not asked by then has no answer. */
  readonly scanMs?: number;
}

/** Polite to production: few connections at a time, and an end to them. */
const CONCURRENCY = 4;
const SCAN_MS = 30_000;
/** Distinct client hellos beyond this are not sent; their answers stay unknown. */
const MAX_HELLOS = 64;

export async function scan(
  where: Where,
  hellos: readonly ClientHelloProfile[],
  options: ScanOptions,
): Promise<Observation> {
  const started = performance.now();
  const line = new Line(where, options, started, options.scanMs ?? SCAN_MS);
  const newest = await line.ask(broadHello('TLS 1.2'), 'TLS 1.2, every suite');
  if (newest.prelogin.state !== 'answered' || newest.answer === null) {
    return observation(newest.prelogin, [], new Map(), line.connections, started);
  }
  const { answer: tls12, offer } = await again(line, newest.answer);
  const protocols = new Map<Protocol, HelloAnswer>([['TLS 1.2', tls12]]);
  const older = (['TLS 1.1', 'TLS 1.0'] as const).map((version) => async () => {
    protocols.set(version, await line.answer(offer(version), `${version}, every suite`));
  });
  const answers = new Map<string, HelloAnswer>();
  const asked = new Map<string, Promise<HelloAnswer>>();
  const once = async (hello: ClientHelloProfile, label: string): Promise<HelloAnswer> => {
    const key = helloKey(hello);
    const answer = asked.get(key) ?? line.answer(hello, label);
    asked.set(key, answer);
    answers.set(key, await answer);
    return answer;
  };
  const distinct = [...new Map(hellos.map((hello) => [helloKey(hello), hello])).values()].slice(
    0,
    MAX_HELLOS,
  );
  const clients = distinct.map((hello, index) => async () => {
    const label = `client hello ${index + 1} of ${distinct.length}`;
    const answer = await once(hello, label);
    if (answer.state === 'rejected' && options.afterRejection)
      await once(options.afterRejection(hello), `${label}, every signature algorithm`);
  });
  await inParallel([...older, ...clients], options.concurrency ?? CONCURRENCY);
  const seen = TDS7_PROTOCOLS.flatMap((version) => {
    const answer = protocols.get(version);
    return answer ? [{ version, answer }] : [];
  });
  return observation(newest.prelogin, seen, answers, line.connections, started);
}

/**
 * The second try of the first hello: the same after silence; after a refusal one with fewer suites, since some servers
 * and boxes in between dislike long hellos. `offer`: what to ask the older versions with.
 */
async function again(
  line: Line,
  answer: HelloAnswer,
): Promise<{ answer: HelloAnswer; offer: (version: Protocol) => ClientHelloProfile }> {
  if (answer.state === 'no-answer') {
    const second = answerOf(await line.ask(broadHello('TLS 1.2'), 'TLS 1.2, every suite, again'));
    return { answer: second, offer: broadHello };
  }
  if (answer.state === 'accepted') return { answer, offer: broadHello };
  const shorter = await line.answer(shorterHello('TLS 1.2'), 'TLS 1.2, fewer suites');
  return shorter.state === 'accepted'
    ? { answer: shorter, offer: shorterHello }
    : { answer, offer: broadHello };
}

class Line {
  readonly #where: Where;
  readonly #options: ScanOptions;
  readonly #started: number;
  readonly #scanMs: number;
  connections = 0;

  constructor(where: Where, options: ScanOptions, started: number, scanMs: number) {
    this.#where = where;
    this.#options = options;
    this.#started = started;
    this.#scanMs = scanMs;
  }

  /** One connection; one more when a server that answers PRELOGIN says nothing to the hello. */
  async answer(hello: ClientHelloProfile, label: string): Promise<HelloAnswer> {
    const first = answerOf(await this.ask(hello, label));
    return first.state === 'no-answer' ? answerOf(await this.ask(hello, `${label}, again`)) : first;
  }

  async ask(hello: ClientHelloProfile, label: string): Promise<Exchanged> {
    const left = Math.ceil(this.#started + this.#scanMs - performance.now());
    if (left <= 0)
      return {
        prelogin: { state: 'no-answer', reason: `the scan took longer than ${this.#scanMs / 1000} s` },
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
function answerOf({ prelogin, answer }: Exchanged): HelloAnswer {
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

async function inParallel(jobs: readonly (() => Promise<void>)[], workers: number): Promise<void> {
  const queue = [...jobs];
  const work = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await job();
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
}

function observation(
  prelogin: PreloginAnswer,
  protocols: Observation['protocols'],
  hellos: ReadonlyMap<string, HelloAnswer>,
  connections: number,
  started: number,
): Observation {
  return {
    prelogin,
    protocols,
    certificates: certificatesOf([...hellos.values(), ...protocols.map(({ answer }) => answer)]),
    hellos,
    connections,
    milliseconds: Math.round(performance.now() - started),
  };
}

/** The newest version's chain counts; a certificate that cannot be decoded ends the chain. */
function certificatesOf(answers: readonly HelloAnswer[]): CertificateFacts[] {
  const chain = [...answers]
    .reverse()
    .find((answer) => answer.state === 'accepted' && answer.chain.length > 0);
  const facts: CertificateFacts[] = [];
  try {
    if (chain?.state === 'accepted') for (const der of chain.chain) facts.push(decodeCertificate(der));
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
  }
  return facts;
}
