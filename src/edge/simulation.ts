/** Every driver of the catalog against one server: the hellos to send, and what became of each. */
import { type ClientHelloProfile, distinctHellos } from '../model/hello.ts';
import type { Observation } from '../model/observation.ts';
import type { SimulatedDriver } from '../model/probe-report.ts';
import { profileOf } from '../observe/profile.ts';
import { type CatalogClient, catalogClients } from '../resolve/catalog-clients.ts';
import { quantify } from '../tls/quantify.ts';

export interface Simulation {
  /** Each distinct one once. */
  readonly hellos: readonly ClientHelloProfile[];
  readonly drivers: (seen: Observation) => readonly SimulatedDriver[];
}

export function simulation(): Simulation {
  const clients = catalogClients();
  return { hellos: hellosOf(clients), drivers: (seen) => simulated(clients, seen) };
}

function hellosOf(clients: readonly CatalogClient[]): readonly ClientHelloProfile[] {
  const offered = clients.flatMap(({ cases }) =>
    cases.flatMap(({ hello }) => (hello?.protocols.length ? [hello] : [])),
  );
  return distinctHellos(offered);
}

/** With encryption on: a driver that is left to its default may go without TLS. */
function simulated(clients: readonly CatalogClient[], observation: Observation): readonly SimulatedDriver[] {
  const server = profileOf(observation);
  return clients.map(({ driver, label, versions, cases }) => {
    const { verdict } = quantify(
      { cases, encrypt: 'Mandatory', strict: null, validation: null, evidence: [] },
      server,
    );
    const { outcome, protocol, suite, step, scenario, reason } = verdict;
    return { driver, label, versions, outcome, protocol, suite, step, scenario, reason };
  });
}
