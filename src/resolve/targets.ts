/** Targets: what the policy file declares, the servers that files start, and endpoints that only connection strings name. */
import { documentedProfile, server, serverOfProduct } from '../catalog/servers.ts';
import { stackOfOperatingSystem, tlsStack } from '../catalog/tls-stacks.ts';
import type { Client } from '../model/client.ts';
import { type Endpoint, formatEndpoint, isThisMachine, sameEndpoint } from '../model/connection.ts';
import type { ServerDeclaration } from '../model/declaration.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Policy, PolicyServer, PolicyTarget } from '../model/policy.ts';
import { type ServerProfile, UNKNOWN_SERVER, withProtocols } from '../model/server-profile.ts';
import type { Span } from '../model/span.ts';
import type { Target } from '../model/target.ts';

export function targetsOf(
  policy: Policy,
  servers: readonly ServerDeclaration[],
  clients: readonly Client[],
): readonly Target[] {
  const targets: Target[] = policy.targets.map(policyTarget);
  for (const declared of servers) targets.push(...startedTarget(declared, targets));
  for (const { endpoint, endpointSpan, connectionSpan } of clients) {
    const span = endpointSpan ?? connectionSpan;
    // A developer's localhost is no server that anything is deployed against.
    if (
      !endpoint ||
      !span ||
      isThisMachine(endpoint) ||
      targets.some((target) => namesTarget(endpoint, target))
    )
      continue;
    targets.push(listedTarget(endpoint, span));
  }
  return targets;
}

/** Does a connection string's endpoint mean this target? */
export function namesTarget(endpoint: Endpoint, { endpoints }: Target): boolean {
  return endpoints.some((one) => sameEndpoint(one, endpoint));
}

function policyTarget(declared: PolicyTarget): Target {
  const { address, span, planned } = declared;
  const own = address.kind === 'network' ? [address.endpoint] : [];
  const { profile, unresolved } = describe(declared.server, span);
  return {
    name: declared.name,
    origin: 'policy',
    address,
    endpoints: [...own, ...declared.aliases],
    span,
    described: profile,
    planned: planned && {
      protocols: {
        value: planned.protocols,
        evidence: { strength: 'declared', statement: 'planned in the policy file', span },
      },
      from: planned.from,
    },
    ...(declared.login && { login: declared.login }),
    unresolved,
  };
}

function describe(
  declared: PolicyServer | null,
  span: Span,
): { profile: ServerProfile; unresolved: readonly string[] } {
  if (!declared) return { profile: UNKNOWN_SERVER, unresolved: [] };
  const unresolved: string[] = [];
  const os = declared.os ? (stackOfOperatingSystem(declared.os.value) ?? null) : null;
  if (declared.os && !os)
    unresolved.push(`\`os: ${declared.os.value}\` is no operating system of the catalog`);
  const product =
    declared.product && serverOfProduct(declared.product.value, os?.family === 'openssl-distro');
  if (declared.product && !product)
    unresolved.push(`\`product: ${declared.product.value}\` is no SQL Server of the catalog`);
  const profile = product ? documentedProfile(product, os) : UNKNOWN_SERVER;
  if (!declared.protocols) return { profile, unresolved };
  const evidence: Evidence = {
    strength: 'declared',
    statement: `protocols: ${declared.protocols.join(', ')}`,
    span,
  };
  return { profile: withProtocols(profile, { value: declared.protocols, evidence }), unresolved };
}

/** A server that a compose file or a workflow starts. */
function startedTarget(declared: ServerDeclaration, before: readonly Target[]): readonly Target[] {
  const [first] = declared.endpoints;
  if (!first) return [];
  const product = declared.server === null ? undefined : server(declared.server);
  const os = declared.stack === null ? null : (tlsStack(declared.stack) ?? null);
  const name = formatEndpoint(first);
  return [
    {
      name: before.some((target) => target.name === name) ? `${name} (${declared.span.file})` : name,
      origin: 'repository',
      address: { kind: 'network', endpoint: first },
      endpoints: declared.endpoints,
      span: declared.span,
      described: product ? documentedProfile({ server: product, build: null }, os) : UNKNOWN_SERVER,
      planned: null,
      unresolved: product
        ? []
        : [`the image ${declared.image} does not say which version of SQL Server it is`],
    },
  ];
}

/** An endpoint that only connection strings name: listed, never probed. */
function listedTarget(endpoint: Endpoint, span: Span): Target {
  return {
    name: formatEndpoint(endpoint),
    origin: 'repository',
    address: { kind: 'network', endpoint },
    endpoints: [endpoint],
    span,
    described: UNKNOWN_SERVER,
    planned: null,
    unresolved: [
      'named only by a connection string, so it is not probed; declare it under `targets` in the policy file',
    ],
  };
}
