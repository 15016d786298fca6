/** Measures where a server's connections spend their time: short connections, closed after the server's flight, no login. */
import { randomBytes } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import type { ClientHelloProfile } from '../../model/hello.ts';
import { TIMED_CONNECTIONS, type Timings } from '../../model/timings.ts';
import { encodeClientHello } from '../../tls/client-hello.ts';
import type { Exchanged } from '../wire/conversation.ts';
import { exchange } from '../wire/exchange.ts';
import type { Where } from '../wire/line.ts';
import { Slots } from '../wire/slots.ts';
import { summarise } from './timing-summary.ts';

export interface TimingOptions {
  /** Connections to make. */
  readonly connections?: number;
  readonly atOnce?: number;
  /** For one connection. */
  readonly deadlineMs: number;
  /** Between the beginnings of two connections, at least: a burst of our own would be the load that we look for. */
  readonly paceMs?: number;
  /** Where others ask the same host too. */
  readonly slots?: Slots | undefined;
  /** One line per connection. */
  readonly onConnection?: ((line: string) => void) | undefined;
}

export const TIMING_DEFAULTS = { connections: TIMED_CONNECTIONS, atOnce: 4, paceMs: 100 } as const;
/** So many in a row without a PRELOGIN answer: it is down or shut off, and more would tell no more. Twice what goes at once. */
export const IN_VAIN = 2 * TIMING_DEFAULTS.atOnce;

/** `hello`: one that the server accepts. Never throws. */
export async function measureTimings(
  { host, port, instance, serverName }: Where,
  hello: ClientHelloProfile,
  options: TimingOptions,
): Promise<Timings> {
  const { connections, atOnce, paceMs, deadlineMs, onConnection } = { ...TIMING_DEFAULTS, ...options };
  const slots = options.slots ?? new Slots(atOnce);
  const ended: Exchanged[] = [];
  let begun = 0;
  let inVain = 0;
  let next = performance.now();
  const turn = async () => {
    const wait = next - performance.now();
    next = Math.max(next, performance.now()) + paceMs;
    if (wait > 0) await later(wait);
  };
  const connect = async () => {
    while (begun < connections && inVain < IN_VAIN) {
      begun += 1;
      const number = begun;
      await turn();
      const bytes = encodeClientHello(hello, { random: randomBytes(32), serverName });
      const one = await slots.run(() => exchange({ host, port, instance, hello: bytes, deadlineMs }));
      ended.push(one);
      inVain = one.marks.prelogin === null ? inVain + 1 : 0;
      onConnection?.(`${serverName ?? host},${port}: timing ${number}: ${words(one)}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, connections) }, connect));
  return { connections: begun, atOnce, deadlineMs, ...summarise(ended), login: null };
}

function words({ marks, prelogin, answer }: Exchanged): string {
  const { connected, prelogin: answered, hello, failure } = marks;
  const ms = (from: number, until: number) => `${(until - from).toFixed(1)} ms`;
  const parts = connected === null ? [] : [`TCP ${ms(0, connected)}`];
  if (connected !== null && answered !== null) parts.push(`PRELOGIN ${ms(connected, answered)}`);
  if (answered !== null && hello !== null) parts.push(`ServerHello ${ms(answered, hello)}`);
  if (failure !== null) parts.push(failure);
  else if (prelogin.state === 'rejected') parts.push(prelogin.rejection);
  else if (answer?.state === 'rejected') parts.push(answer.rejection);
  return parts.join(', ');
}
