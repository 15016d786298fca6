/** The connections of one target: one broad hello per TLS version, then each distinct client hello once. */
import { type ClientHelloProfile, distinctHellos, helloKey } from '../model/hello.ts';
import type { HelloAnswer, Observation, PreloginAnswer } from '../model/observation.ts';
import type { Protocol } from '../model/protocol.ts';
import { type AfterRejection, askClients, isRefused } from './ask-clients.ts';
import { askVersions } from './ask-versions.ts';
import { certificatesOf } from './certificates.ts';
import { everySuite } from './every-suite.ts';
import { broadHello } from './peel/broad-hello.ts';
import { asksStrict } from './strict.ts';
import { Line, type Where } from './wire/line.ts';

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
  readonly afterRejection?: AfterRejection;
  /** One line per connection. */
  readonly onConnection?: (line: string) => void;
  /** For the whole scan: what was not asked by then has no answer. */
  readonly scanMs?: number;
}

/** Polite to production: an end to it all. */
const SCAN_MS = 30_000;
const MAX_HELLOS = 64;
/** Beside TLS 1.2. */
const OLDER: readonly Protocol[] = ['TLS 1.0', 'TLS 1.1'];

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
  const { older = OLDER, afterRejection, maxHellos = MAX_HELLOS } = options;
  const first = await line.ask(broadHello('TLS 1.2'), 'TLS 1.2, every suite');
  // A server that forces strict closes on PRELOGIN, so this is asked in any case.
  const asksToo = options.strict || first.prelogin.state === 'rejected';
  const askingStrict = asksToo && first.prelogin.state !== 'no-answer' ? asksStrict(line) : null;
  if (first.prelogin.state !== 'answered' || first.answer === null) {
    return observation(first.prelogin, NOTHING_SEEN, await askingStrict, line);
  }
  const protocols = await askVersions(line, first.answer, older);
  const distinct = distinctHellos(hellos).slice(0, maxHellos);
  const silence = protocols.every(({ answer }) => answer.state === 'no-answer');
  const answers = silence
    ? new Map(distinct.map((hello) => [helloKey(hello), UNSENT]))
    : await askClients(line, distinct, afterRejection);
  const taken = protocols.flatMap(({ answer }) => (answer.state === 'accepted' ? [answer.protocol] : []));
  // Without a version in common the suites are not to blame.
  const refused = distinct.some(
    (hello) =>
      hello.protocols.some((version) => taken.includes(version)) && isRefused(hello, answers, afterRejection),
  );
  const asks = options.enumerate === 'always' || (options.enumerate === 'where refused' && refused);
  const enumerated = asks ? await everySuite(line, protocols) : null;
  return observation(first.prelogin, { protocols, hellos: answers, enumerated }, await askingStrict, line);
}

type Seen = Pick<Observation, 'protocols' | 'hellos' | 'enumerated'>;

const NOTHING_SEEN: Seen = { protocols: [], hellos: new Map(), enumerated: null };
const UNSENT: HelloAnswer = { state: 'no-answer', reason: 'the server answered no version at all' };

function observation(
  prelogin: PreloginAnswer,
  seen: Seen,
  strict: boolean | null,
  { connections, milliseconds }: Line,
): Observation {
  // The newest version's chain counts, so the client hellos, of which each may be any, come first.
  const answers = [...seen.hellos.values(), ...seen.protocols.map(({ answer }) => answer)];
  return { prelogin, ...seen, certificates: certificatesOf(answers), strict, connections, milliseconds };
}
