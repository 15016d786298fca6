/** Probes servers, and tells which drivers of the catalog could connect when that is asked as well. */
import { type ClientHelloProfile, helloKey } from '../model/hello.ts';
import type { Observation } from '../model/observation.ts';
import type { ProbedTarget, SimulatedDriver } from '../model/probe-report.ts';
import type { LoginVariables } from '../model/server-evidence.ts';
import type { Address } from '../model/target.ts';
import type { Where } from '../observe/line.ts';
import { profileOf } from '../observe/profile.ts';
import { type CatalogClient, catalogClients } from '../resolve/catalog-clients.ts';
import { quantify } from '../tls/quantify.ts';
import { deepened } from './deep.ts';
import { arrive, loginTo, type Reach, type Refused } from './reach.ts';
import { withTimings } from './timed.ts';

/** Everything about one server; `endpoint` is how it was asked for. */
export type Prober = (address: Address, endpoint: string) => Promise<ProbedTarget | Refused>;

export interface ProberOptions {
  readonly simulate: boolean;
  /** Connections to time; `null`: none. */
  readonly timings: number | null;
  /** Complete handshakes, for scenario 5 and resumption. */
  readonly deep: boolean;
  /** Absent: nobody logs in. */
  readonly login?: LoginVariables | null;
}

export function prober(reach: Reach, { simulate, timings, deep, login = null }: ProberOptions): Prober {
  const clients = simulate ? catalogClients() : [];
  const hellos = distinctHellos(clients);
  return (address, endpoint) =>
    arrive(address, null, reach, async (where, onConnection) => {
      const { probe } = await import('../observe/probe.ts');
      const options = { endpoint, deadlineMs: reach.deadlineMs, hellos, onConnection };
      const { target: probed, observation } = await probe(where, options);
      const timed = await withTimings(probed, where, timings, options);
      const asked = await deepened(timed, where, deep, options);
      const target = await withLogin(asked, where, login, reach, onConnection);
      return simulate && target.prelogin ? { ...target, drivers: simulated(clients, observation) } : target;
    });
}

async function withLogin(
  target: ProbedTarget,
  where: Where,
  login: LoginVariables | null,
  reach: Reach,
  onConnection: (line: string) => void,
): Promise<ProbedTarget> {
  if (login === null) return target;
  const how = { answered: target.prelogin !== null, strict: target.forcesStrict };
  const made = await loginTo(where, login, reach, how, onConnection);
  return {
    ...target,
    login: made.login,
    connections: target.connections + made.connections,
    milliseconds: target.milliseconds + made.milliseconds,
  };
}

function distinctHellos(clients: readonly CatalogClient[]): readonly ClientHelloProfile[] {
  const hellos = clients.flatMap(({ cases }) =>
    cases.flatMap(({ hello }) => (hello?.protocols.length ? [hello] : [])),
  );
  return [...new Map(hellos.map((hello) => [helloKey(hello), hello])).values()];
}

/** With encryption on: a driver that is left to its default may go without TLS. */
function simulated(clients: readonly CatalogClient[], observation: Observation): readonly SimulatedDriver[] {
  const server = profileOf(observation);
  return clients.map(({ driver, label, versions, cases }) => {
    const { verdict } = quantify({ cases, encrypt: 'Mandatory', strict: null, evidence: [] }, server);
    const { outcome, protocol, suite, step, scenario, reason } = verdict;
    return { driver, label, versions, outcome, protocol, suite, step, scenario, reason };
  });
}
