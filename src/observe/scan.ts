/** The connections of one target: one broad hello per TLS version, then each distinct client hello once. */
import { type ClientHelloProfile, helloKey } from '../model/hello.ts';
import type { EnumeratedSuites, HelloAnswer, Observation, PreloginAnswer } from '../model/observation.ts';
import { compareProtocols, type Protocol, TDS7_PROTOCOLS } from '../model/protocol.ts';
import { broadHello, shorterHello } from './broad-hello.ts';
import { certificatesOf } from './certificates.ts';
import { type Ask, enumerate } from './enumerate.ts';
import { answerOf, Line, type Where } from './line.ts';
import { asksStrict } from './strict.ts';
import { orderOf } from './vary.ts';

export interface ScanOptions {
  readonly deadlineMs: number;
  /** Versions to ask inside TDS 7.x beside TLS 1.2. */
  readonly older?: readonly Protocol[];
  /** Distinct client hellos beyond this are not sent; their answers stay unknown. */
  readonly maxHellos?: number;
  /** Ask for TDS 8.0 as well. */
  readonly strict?: boolean;
  /** Ask for every suite of the newest version: always, or where a client hello is refused whatever it signs with. */
  readonly enumerate?: 'always' | 'where refused';
  /** A further hello worth sending after this one was refused. */
  readonly afterRejection?: (hello: ClientHelloProfile) => ClientHelloProfile;
  /** One line per connection. */
  readonly onConnection?: (line: string) => void;
  /** For the whole scan: what was not asked by then has no answer. */
  readonly scanMs?: number;
}

/** Polite to production: an end to it all. */
const SCAN_MS = 30_000;
const MAX_HELLOS = 64;

export async function scan(
  where: Where,
  hellos: readonly ClientHelloProfile[],
  options: ScanOptions,
): Promise<Observation> {
  const { deadlineMs, scanMs = SCAN_MS, onConnection } = options;
  const line = new Line(where, { deadlineMs, scanMs, onConnection });
  const seen = await scanOn(line, hellos, options);
  line.close();
  return seen;
}

/** The same on a line that is open already. */
export async function scanOn(
  line: Line,
  hellos: readonly ClientHelloProfile[],
  options: Pick<ScanOptions, 'older' | 'afterRejection' | 'strict' | 'maxHellos' | 'enumerate'>,
): Promise<Observation> {
  const newest = await line.ask(broadHello('TLS 1.2'), 'TLS 1.2, every suite');
  // A server that forces strict closes on PRELOGIN, so this is asked in any case.
  const askingStrict = options.strict && newest.prelogin.state !== 'no-answer' ? asksStrict(line) : null;
  if (newest.prelogin.state !== 'answered' || newest.answer === null) {
    return observation(newest.prelogin, NOTHING_SEEN, await askingStrict, line);
  }
  const older = [...(options.older ?? TDS7_PROTOCOLS)].filter((version) => version !== 'TLS 1.2');
  // A tarpit is not waited for version by version: beside the second try each of the others has one.
  const beside =
    newest.answer.state === 'no-answer'
      ? older.map(async (version) => {
          const hello = broadHello(version);
          return { version, hello, answer: answerOf(await line.ask(hello, `${version}, every suite`)) };
        })
      : null;
  const { hello, answer: tls12, offer } = await again(line, newest.answer);
  const asking =
    beside ??
    older.map(async (version) => {
      const hello = offer(version);
      return { version, hello, answer: await line.answer(hello, `${version}, every suite`) };
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
  const silent = [{ answer: tls12 }, ...(await Promise.all(beside ?? []))].every(
    ({ answer }) => answer.state === 'no-answer',
  );
  const distinct = [...new Map(hellos.map((hello) => [helloKey(hello), hello])).values()].slice(
    0,
    options.maxHellos ?? MAX_HELLOS,
  );
  if (silent) for (const hello of distinct) answers.set(helloKey(hello), tls12);
  const clients = (silent ? [] : distinct).map((hello, index) => async () => {
    const label = `client hello ${index + 1} of ${distinct.length}`;
    const answer = await once(hello, label);
    if (answer.state === 'rejected' && options.afterRejection)
      await once(options.afterRejection(hello), `${label}, every signature algorithm`);
  });
  const [strict, protocols] = await Promise.all([
    askingStrict,
    Promise.all(asking),
    ...clients.map((ask) => ask()),
  ]);
  const seen = [...protocols, { version: 'TLS 1.2' as const, hello, answer: tls12 }];
  const refused = distinct.filter((hello) => isRefused(hello, answers, options.afterRejection));
  const asks =
    options.enumerate === 'always' || (options.enumerate === 'where refused' && refused.length > 0);
  const enumerated = asks ? await everySuite(line, seen) : null;
  return observation(newest.prelogin, { protocols: seen, hellos: answers, enumerated }, strict, line);
}

/** With every signature algorithm too, so that it is the suites. */
function isRefused(
  hello: ClientHelloProfile,
  answers: ReadonlyMap<string, HelloAnswer>,
  afterRejection: ScanOptions['afterRejection'],
): boolean {
  const again = afterRejection ? answers.get(helloKey(afterRejection(hello))) : undefined;
  return answers.get(helloKey(hello))?.state === 'rejected' && (again?.state ?? 'rejected') === 'rejected';
}

/** Of the newest version that it takes. */
async function everySuite(line: Line, seen: Observation['protocols']): Promise<EnumeratedSuites | null> {
  const taken = seen.filter(
    ({ version, answer }) => answer.state === 'accepted' && answer.protocol === version,
  );
  const newest = taken.toSorted((one, other) => compareProtocols(other.version, one.version))[0];
  if (!newest) return null;
  const ask: Ask = (...asked) => line.answer(...asked);
  const whole = { ...newest.hello, suites: broadHello(newest.version).suites };
  const { suites, complete } = await enumerate(ask, whole, newest);
  // Half a list would say of the other half that it is not taken.
  if (!complete) return null;
  return { version: newest.version, names: suites, order: await orderOf(ask, newest.hello, suites) };
}

/**
 * The second try of the first hello: the same after silence; after a refusal one with fewer suites, since some servers
 * and boxes in between dislike long hellos. `offer`: what to ask the older versions with.
 */
async function again(
  line: Line,
  answer: HelloAnswer,
): Promise<{
  hello: ClientHelloProfile;
  answer: HelloAnswer;
  offer: (version: Protocol) => ClientHelloProfile;
}> {
  const broad = { hello: broadHello('TLS 1.2'), offer: broadHello };
  if (answer.state === 'no-answer') {
    const second = answerOf(await line.ask(broad.hello, 'TLS 1.2, every suite, again'));
    return { ...broad, answer: second };
  }
  if (answer.state === 'accepted') return { ...broad, answer };
  const hello = shorterHello('TLS 1.2');
  const shorter = await line.answer(hello, 'TLS 1.2, fewer suites');
  return shorter.state === 'accepted'
    ? { hello, answer: shorter, offer: shorterHello }
    : { ...broad, answer };
}

type Seen = Pick<Observation, 'protocols' | 'hellos' | 'enumerated'>;

const NOTHING_SEEN: Seen = { protocols: [], hellos: new Map(), enumerated: null };

function observation(
  prelogin: PreloginAnswer,
  seen: Seen,
  strict: boolean | null,
  { connections, milliseconds }: Line,
): Observation {
  const answers = [...seen.hellos.values(), ...seen.protocols.map(({ answer }) => answer)];
  return {
    prelogin,
    ...seen,
    certificates: certificatesOf(answers),
    strict,
    connections,
    milliseconds,
  };
}
