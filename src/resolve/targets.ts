/** Targets: what the policy file declares, the servers that files start, and endpoints that only connection strings name. */
import { meaningOfImage } from '../catalog/images.ts';
import { documentedProfile, server, serverOfProduct } from '../catalog/servers.ts';
import { stackOfOperatingSystem, tlsStack } from '../catalog/tls-stacks.ts';
import type { Client } from '../model/client.ts';
import { type Endpoint, formatEndpoint, isThisMachine, sameEndpoint } from '../model/connection.ts';
import type { ServerDeclaration } from '../model/declaration.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Policy, PolicyTarget } from '../model/policy.ts';
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
  const { profile, unresolved } = describe(declared, span);
  return {
    name: declared.name,
    origin: 'policy',
    address,
    endpoints: [...own, ...declared.aliases],
    span,
    described: profile,
    planned: planned && {
      ...planned,
      evidence: { strength: 'declared', statement: 'planned in the policy file', span: planned.span },
    },
    ...(declared.login && { login: declared.login }),
    ...(declared.enumerate && { enumerate: true as const }),
    ...(declared.timings && { timings: true as const }),
    ...(declared.availabilityGroup !== null && { availabilityGroup: declared.availabilityGroup }),
    unresolved,
  };
}

/** What the policy says of the server; where it names no product, what the catalog says of the container's image. */
function describe(
  { server: declared, address }: PolicyTarget,
  span: Span,
): { profile: ServerProfile; unresolved: readonly string[] } {
  const unresolved: string[] = [];
  const os = declared?.os ? (stackOfOperatingSystem(declared.os.value) ?? null) : null;
  if (declared?.os && !os)
    unresolved.push(`\`os: ${declared.os.value}\` is no operating system of the catalog`);
  const product =
    declared?.product && serverOfProduct(declared.product.value, os?.family === 'openssl-distro');
  if (declared?.product && !product)
    unresolved.push(`\`product: ${declared.product.value}\` is no SQL Server of the catalog`);
  const image = address.kind === 'container' ? meaningOfImage(address.image).server : null;
  const ofImage = image ? profileOfImage(image.id, image.stack) : UNKNOWN_SERVER;
  const documented = product ? documentedProfile(product, os) : ofImage;
  const configured = address.kind === 'container' && address.mssqlConf !== null;
  const profile = configured ? withoutDefaults(documented) : documented;
  if (!declared?.protocols) return { profile, unresolved };
  const evidence: Evidence = {
    strength: 'declared',
    statement: `protocols: ${declared.protocols.join(', ')}`,
    span,
  };
  return { profile: withProtocols(profile, { value: declared.protocols, evidence }), unresolved };
}

/** What mssql.conf can set (`tlsprotocols`, `tlsciphers`) is not what the documentation says of a server without one. */
const withoutDefaults = ({ suites: _, ...profile }: ServerProfile): ServerProfile => ({
  ...profile,
  protocols: {},
});

/** `product` and `os` are ids of the catalog. */
function profileOfImage(product: string | null, os: string | null): ServerProfile {
  const row = product === null ? undefined : server(product);
  if (!row) return UNKNOWN_SERVER;
  return documentedProfile({ server: row, build: null }, os === null ? null : (tlsStack(os) ?? null));
}

/** A server that a compose file or a workflow starts. */
function startedTarget(declared: ServerDeclaration, before: readonly Target[]): readonly Target[] {
  const [first] = declared.endpoints;
  if (!first) return [];
  const described = profileOfImage(declared.server, declared.stack);
  const name = formatEndpoint(first);
  return [
    {
      name: before.some((target) => target.name === name) ? `${name} (${declared.span.file})` : name,
      origin: 'repository',
      address: { kind: 'network', endpoint: first },
      endpoints: declared.endpoints,
      span: declared.span,
      described,
      planned: null,
      unresolved: described.product
        ? []
        : [
            `${declared.image ? `the image ${declared.image}` : declared.text} does not say which version of SQL Server it is`,
          ],
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
