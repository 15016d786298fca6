/** TDS 8.0 ([MS-TDS] 3.2.5): the connection begins with TLS and ALPN `tds/8.0`. Asked by a TLS 1.2 hello, never finished. */

import { broadHello } from './broad-hello.ts';
import type { Line } from './line.ts';

const ALPN = 'tds/8.0';

/** `true`: it answers with a ServerHello. `false`: it closes or resets, as TDS 7 servers do. `null`: silence, or an alert. */
export async function asksStrict(line: Line): Promise<boolean | null> {
  const answer = await line.askTlsFirst(
    { ...broadHello('TLS 1.2'), groups: ['x25519', 'secp256r1', 'secp384r1'] },
    ALPN,
  );
  if (answer.state === 'accepted') return true;
  if (answer.state === 'no-answer') return null;
  // An alert comes from something that speaks TLS first, but not with this hello.
  return answer.rejection === 'alert' ? null : false;
}
