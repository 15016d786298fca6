/** Declarations and policy → clients × targets. */
import type { NotChecked } from '../model/check-report.ts';
import type { Client } from '../model/client.ts';
import { type Endpoint, formatEndpoint, isThisMachine, sameEndpoint } from '../model/connection.ts';
import type { ConnectionDeclaration, Declaration, ServerDeclaration } from '../model/declaration.ts';
import type { Policy } from '../model/policy.ts';
import type { Target } from '../model/target.ts';
import { clientOfPolicy, clientsOfComponent, type MatchGlob } from './clients.ts';
import { componentsOf } from './components.ts';
import { serverClients } from './server-links.ts';
import { namesTarget, targetsOf } from './targets.ts';

export interface Resolution {
  readonly clients: readonly Client[];
  readonly targets: readonly Target[];
  readonly links: readonly { readonly client: Client; readonly target: Target }[];
  readonly notChecked: readonly NotChecked[];
}

/** `connections`: the strings of policy clients, lexed, by client name. */
export function resolve(
  declarations: readonly Declaration[],
  policy: Policy,
  connections: ReadonlyMap<string, ConnectionDeclaration>,
  matches: MatchGlob,
): Resolution {
  const resolved = [
    ...componentsOf(declarations).map((component) => clientsOfComponent(component, policy, matches)),
    ...policy.clients.map((client) => clientOfPolicy(client, connections.get(client.name) ?? null)),
    serverClients(policy.targets),
  ];
  const servers = declarations.filter((one): one is ServerDeclaration => one.kind === 'server');
  const started = servers.flatMap(({ endpoints }) => endpoints);
  const clients = resolved
    .flatMap((one) => one.clients)
    .map((client) => ({ ...client, local: client.local || isStarted(client, policy, started) }));
  const targets = targetsOf(policy, servers, clients);
  return {
    clients,
    targets,
    links: clients.flatMap((client) =>
      targetsFor(client, clients, targets).map((target) => ({ client, target })),
    ),
    notChecked: [
      ...resolved.flatMap((one) => one.notChecked),
      ...clients.flatMap(({ name, unresolved, driverSpan }) =>
        unresolved.map((reason) => note(name, reason, driverSpan)),
      ),
      ...clients.flatMap((client) => ownMachine(client, targets)),
      ...targets.flatMap(({ name, unresolved, span }) =>
        unresolved.map((reason) => note(name, reason, span)),
      ),
      ...policy.unknownPacks.map(({ value, span }) =>
        note(
          value,
          'no policy pack of this name is built in, and packs of other repositories are not fetched: nothing of it was checked',
          span,
        ),
      ),
    ],
  };
}

/**
 * The policy's word first, then the connection string's. A client that no string ties to another machine could talk to
 * any declared target: it is judged against every target of the policy.
 */
function targetsFor(
  client: Client,
  clients: readonly Client[],
  targets: readonly Target[],
): readonly Target[] {
  const { connectsTo, endpoint } = client;
  const declared = targets.filter(({ origin }) => origin === 'policy');
  if (connectsTo) return declared.filter(({ name }) => connectsTo.includes(name));
  const named = endpoint
    ? nearestFirst(
        targets.filter((target) => namesTarget(endpoint, target)),
        client,
      ).slice(0, 1)
    : [];
  if (endpoint && (!isThisMachine(endpoint) || named[0]?.origin === 'policy')) return named;
  const siblings = clients.filter(
    (one) => one.origin === client.origin && one.path === client.path && one.driver.id === client.driver.id,
  );
  return siblings.some((one) => one.endpoint && !isThisMachine(one.endpoint))
    ? named
    : [...named, ...declared];
}

/** The repository starts the server itself, and the policy does not claim it as one of its targets. */
function isStarted({ endpoint }: Client, { targets }: Policy, started: readonly Endpoint[]): boolean {
  if (!endpoint || targets.some(({ aliases }) => aliases.some((alias) => sameEndpoint(alias, endpoint))))
    return false;
  return started.some((one) => sameEndpoint(one, endpoint));
}

/** A compose file's `sql` is not the workflow's: the server of the string's own file comes first, after the policy's. */
function nearestFirst(targets: readonly Target[], { connectionSpan }: Client): readonly Target[] {
  const rank = ({ origin, span }: Target) =>
    origin === 'policy' ? 0 : span.file === connectionSpan?.file ? 1 : 2;
  return [...targets].sort((one, other) => rank(one) - rank(other));
}

function ownMachine(
  { name, endpoint, connectionSpan }: Client,
  targets: readonly Target[],
): readonly NotChecked[] {
  if (!endpoint || !connectionSpan || !isThisMachine(endpoint)) return [];
  if (targets.some((target) => namesTarget(endpoint, target))) return [];
  return [
    note(
      name,
      `connects to ${formatEndpoint(endpoint)}, its own machine: there is no server to judge it against`,
      connectionSpan,
    ),
  ];
}

const note = (
  subject: string,
  reason: string,
  { file, line }: { file: string; line: number },
): NotChecked => ({ subject, reason, file, line });
