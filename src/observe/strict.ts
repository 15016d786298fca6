/** TDS 8.0 ([MS-TDS] 3.2.5): the connection begins with TLS 1.2 or 1.3 and ALPN `tds/8.0`. */
import type { ClientHelloProfile } from '../model/hello.ts';
import type { Protocol } from '../model/protocol.ts';
import { broadHello } from './peel/broad-hello.ts';
import type { Ask } from './peel/enumerate.ts';
import type { Line } from './wire/line.ts';

/** Protocol name of RFC 7301. */
export const ALPN = 'tds/8.0';
/** Versions that TDS 8.0 allows. */
export const STRICT_PROTOCOLS = ['TLS 1.2', 'TLS 1.3'] as const satisfies readonly Protocol[];

/** Both versions in one hello: whichever the server has is enough to know that it can. */
function eitherHello(): ClientHelloProfile {
  const [older, newer] = [broadHello('TLS 1.2'), broadHello('TLS 1.3')];
  return {
    ...newer,
    protocols: STRICT_PROTOCOLS,
    suites: [...newer.suites, ...older.suites],
    groups: ['x25519', 'secp256r1', 'secp384r1', 'secp521r1'],
  };
}

/** `true`: it answers with a ServerHello. `false`: it closes or resets, as TDS 7 servers do. `null`: silence, or an alert. */
export async function asksStrict(line: Line): Promise<boolean | null> {
  const answer = await line.answerTlsFirst(eitherHello(), ALPN, ALPN);
  if (answer.state === 'accepted') return true;
  if (answer.state === 'no-answer') return null;
  // An alert comes from something that speaks TLS first, but not with this hello.
  return answer.rejection === 'alert' ? null : false;
}

/** Asks over connections that begin with TLS. */
export function strictAsk(line: Line): Ask {
  return (hello, label) => line.answerTlsFirst(hello, ALPN, label);
}
