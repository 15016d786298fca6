/**
 * Scenario 5, decided: TLS up to 1.2 strips leading zero bytes of a DHE secret (RFC 5246 §8.1.2), an unfixed Windows keeps
 * them, and the two disagree once in 256 handshakes. Here our exponent makes that one happen. It takes two or three
 * connections, five at most, one after the other; and as many again for clients without extended_master_secret.
 */
import { randomBytes } from 'node:crypto';
import type { ClientHelloProfile } from '../../model/hello.ts';
import type { DheAttempt, LeadingZero, SharedSecret } from '../../model/leading-zero.ts';
import type { ServerFlight } from '../../model/server-flight.ts';
import { SUITES } from '../../tls/cipher-suites.ts';
import { encodeClientHello } from '../../tls/client-hello.ts';
import { strip } from '../../tls/diffie-hellman.ts';
import { bitLength } from '../../tls/key-exchange.ts';
import { isProtectable } from '../../tls/record-protection.ts';
import { broadHello } from '../peel/broad-hello.ts';
import type { Where } from '../wire/line.ts';
import type { Slots } from '../wire/slots.ts';
import { type DheHandshake, dheHandshake } from './dhe-handshake.ts';

export interface LeadingZeroOptions {
  /** For one connection. */
  readonly deadlineMs: number;
  /** Where others ask the same host too. */
  readonly slots?: Slots;
  /** One line per connection. */
  readonly onConnection?: (line: string) => void;
}

/** The DHE suites whose records are written and read here: AES and 3DES. The server picks the version. */
const HELLO: ClientHelloProfile = {
  ...broadHello('TLS 1.2'),
  protocols: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'],
  suites: SUITES.filter(
    (suite) =>
      suite.keyExchange === 'DHE' && /^(RSA|DSS)$/.test(suite.authentication) && isProtectable(suite),
  ).map(({ name }) => name),
};

const LABELS: Readonly<Record<SharedSecret, string>> = {
  ordinary: 'ordinary secret',
  'zero stripped': 'secret with its leading zero stripped',
  'zero kept': 'secret with its leading zero kept',
};

interface Made {
  readonly secret: SharedSecret;
  readonly extendedMasterSecret: boolean;
  readonly handshake: DheHandshake;
}

/** Never throws for anything a server does. */
export async function leadingZero(where: Where, options: LeadingZeroOptions): Promise<LeadingZero> {
  const made: Made[] = [];
  const attempts = (extendedMasterSecret: boolean) => async (secret: SharedSecret) => {
    const handshake = await shake(where, { ...HELLO, extendedMasterSecret }, secret, options);
    made.push({ secret, extendedMasterSecret, handshake });
    return handshake;
  };
  const verdict = await decide(attempts(true));
  const flights = () => made.flatMap(({ handshake: { flight } }) => (flight ? [flight] : []));
  const [first] = flights();
  const askAgain = verdict.verdict !== 'unknown' && first?.extendedMasterSecret === true;
  return {
    ...verdict,
    protocol: first?.version ?? null,
    suite: first?.suite ?? null,
    dhBits: first?.dh ? bitLength(first.dh.p) : null,
    extendedMasterSecret: first?.extendedMasterSecret ?? null,
    withoutExtendedMasterSecret: askAgain ? (await decide(attempts(false))).verdict : null,
    attempts: made.map(attempted),
    publicValues: publicValues(flights()),
  };
}

async function shake(
  { host, port, instance, serverName }: Where,
  hello: ClientHelloProfile,
  secret: SharedSecret,
  { deadlineMs, slots, onConnection }: LeadingZeroOptions,
): Promise<DheHandshake> {
  const encoded = encodeClientHello(hello, { random: randomBytes(32), serverName });
  const shaking = () => dheHandshake({ host, port, instance, hello: encoded, secret, deadlineMs });
  const handshake = await (slots ? slots.run(shaking) : shaking());
  const without = hello.extendedMasterSecret ? '' : ' without extended_master_secret';
  onConnection?.(
    `${serverName ?? host},${port}: DHE handshake${without}, ${LABELS[secret]}: ${words(handshake)}`,
  );
  return handshake;
}

type Verdict = Pick<LeadingZero, 'verdict' | 'reason'>;

/** A handshake with a leading zero completes only when both sides did the same with it: that alone is a proof. */
async function decide(attempt: (secret: SharedSecret) => Promise<DheHandshake>): Promise<Verdict> {
  const control = await attempt('ordinary');
  if (control.state !== 'completed') return unknown(whyNoControl(control));
  const stripped = await attempt('zero stripped');
  if (stripped.state === 'completed') return FIXED;
  const kept = await attempt('zero kept');
  if (kept.state === 'completed') return UNFIXED;
  // Neither: chance, or a fault of another kind. Once more, so that chance is not taken for a fault.
  const again = await attempt('zero stripped');
  if (again.state === 'completed') return FIXED;
  if (!failedAtKeys(stripped) || !failedAtKeys(again))
    return unknown('the handshakes whose secret begins with a zero byte did not come to an end');
  const last = await attempt('ordinary');
  return last.state === 'completed'
    ? {
        verdict: 'unfixed',
        reason: 'DHE handshakes whose secret begins with a zero byte fail, others complete',
      }
    : unknown('DHE handshakes fail now and then, whatever the secret begins with');
}

const unknown = (reason: string): Verdict => ({ verdict: 'unknown', reason });

const FIXED: Verdict = {
  verdict: 'fixed',
  reason: 'it strips the leading zero bytes of a DHE secret, as RFC 5246 says: such a handshake completed',
};
const UNFIXED: Verdict = {
  verdict: 'unfixed',
  reason:
    'it keeps the leading zero bytes of a DHE secret: with a client that strips them, 1 in 256 DHE handshakes fails',
};

const failedAtKeys = (handshake: DheHandshake) =>
  handshake.state === 'rejected' && handshake.at === 'finished';

function whyNoControl(control: DheHandshake): string {
  if (control.state === 'no-answer') return control.reason;
  if (control.state === 'rejected' && control.at === 'prelogin') return 'it did not answer PRELOGIN';
  if (control.state === 'rejected' && control.at === 'hello')
    return 'it takes no DHE suite of those that can be tried';
  return 'a DHE handshake with an ordinary secret fails as well';
}

function attempted({ handshake, ...how }: Made): DheAttempt {
  const { state } = handshake;
  if (state !== 'rejected') return { ...how, state, at: null, rejection: null, alert: null };
  const { at, rejection, alert } = handshake;
  return { ...how, state, at, rejection, alert };
}

/** Lengths and first bytes of Ys; p counts without leading zeros of its own. */
export function publicValues(flights: readonly Pick<ServerFlight, 'dh'>[]): LeadingZero['publicValues'] {
  const seen = flights.flatMap(({ dh }) => (dh ? [dh] : []));
  return {
    seen: seen.length,
    distinct: new Set(seen.map(({ Ys }) => strip(Ys).toString('hex'))).size,
    padded: seen.filter(({ p, Ys }) => Ys[0] === 0 && Ys.length >= strip(p).length).length,
    shorter: seen.filter(({ p, Ys }) => Ys.length < strip(p).length).length,
  };
}

function words(handshake: DheHandshake): string {
  if (handshake.state === 'completed')
    return `completed, ${handshake.flight.version} ${handshake.flight.suite}`;
  if (handshake.state === 'no-answer') return handshake.reason;
  const alert = handshake.alert === null ? '' : ` ${handshake.alert}`;
  return `${handshake.rejection}${alert} at ${handshake.at === 'finished' ? 'Finished' : handshake.at}`;
}
