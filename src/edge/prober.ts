/** Probes servers, with what is asked beside. */
import type { ProbedTarget } from '../model/probe-report.ts';
import type { LoginVariables } from '../model/server-evidence.ts';
import type { Address } from '../model/target.ts';
import { CONNECTIONS_AT_A_TIME, type Where } from '../observe/wire/line.ts';
import { Slots } from '../observe/wire/slots.ts';
import type { Reach, Refused } from './arrival.ts';
import { withBrowser } from './browsed.ts';
import { type CertificateOptions, certified } from './certified.ts';
import { withNtlm } from './challenged.ts';
import { deepened } from './deep.ts';
import { withProbedLogin } from './probed-login.ts';
import { arrive } from './reach.ts';
import { withTimings } from './timed.ts';

/** Everything about one server; `endpoint` is how it was asked for. */
export type Prober = (address: Address, endpoint: string) => Promise<ProbedTarget | Refused>;

export interface ProberOptions {
  readonly simulate: boolean;
  /** Connections to time; `null`: none. */
  readonly timings: number | null;
  /** Complete handshakes, for scenario 5 and resumption. */
  readonly deep: boolean;
  /** Begin a login that is not ended, for the name of its Windows. */
  readonly ntlm?: boolean;
  readonly certificate?: CertificateOptions;
  /** Absent: nobody logs in. */
  readonly login?: LoginVariables | null;
}

const SYSTEM_ROOTS: CertificateOptions = { ca: null, hostName: null };

export function prober(
  reach: Reach,
  { simulate, timings, deep, ntlm = false, certificate = SYSTEM_ROOTS, login = null }: ProberOptions,
): Prober {
  // The catalog takes longer to load than a server to be asked.
  const simulating = simulate ? import('./simulation.ts').then(({ simulation }) => simulation()) : null;
  const hosts = new Map<string, Slots>();
  // Endpoints on one address share its few connections; every lab is a server of its own.
  const slotsOf = ({ kind }: Address, { host }: Where) => {
    const slots = (kind === 'network' && hosts.get(host)) || new Slots(CONNECTIONS_AT_A_TIME);
    hosts.set(host, slots);
    return slots;
  };
  return (address, endpoint) =>
    arrive(address, null, reach, async (where, onConnection) => {
      const [{ probe }, simulation] = await Promise.all([import('../observe/probe.ts'), simulating]);
      const slots = slotsOf(address, where);
      const hellos = simulation?.hellos ?? [];
      const options = { endpoint, deadlineMs: reach.deadlineMs, hellos, slots, onConnection };
      const { target: seen, observation, chain } = await probe(where, options);
      const browsed = await withBrowser(seen, address, where);
      const probed = await certified(browsed, { address, chain }, certificate);
      const timed = await withTimings(probed, where, timings, options);
      const handshaken = await deepened(timed, where, deep, options);
      const deeper = await withNtlm(handshaken, where, ntlm, options);
      const drivers = simulation && deeper.prelogin ? simulation.drivers(observation) : deeper.drivers;
      const asked = { login, address, certificate, reach: { ...reach, log: onConnection } };
      return withProbedLogin({ ...deeper, drivers }, where, asked);
    });
}
