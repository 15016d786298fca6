/** Reaches targets: plays a `lab:` target on loopback, dials a network one where that is allowed. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { CheckInput, Scanned } from '../check.ts';
import { type Endpoint, formatEndpoint } from '../model/connection.ts';
import type { ClientHelloProfile } from '../model/hello.ts';
import type { Target } from '../model/target.ts';
import { broadened } from '../tls/broadened.ts';

export interface Reach {
  /** Says why a network endpoint must not be dialled; `null` when it may. */
  readonly refuse: (endpoint: Endpoint) => string | null;
  /** One line per connection attempt. */
  readonly log: (line: string) => void;
  readonly deadlineMs: number;
}

const DEFAULT_PORT = 1433;

/** Never dialled, whoever asks: link-local and cloud metadata, multicast, broadcast, the unspecified address. */
const NEVER = new BlockList();
NEVER.addSubnet('169.254.0.0', 16);
NEVER.addSubnet('224.0.0.0', 4);
NEVER.addAddress('255.255.255.255');
NEVER.addAddress('0.0.0.0');
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('ff00::', 8, 'ipv6');
NEVER.addAddress('::', 'ipv6');
NEVER.addAddress('fd00:ec2::254', 'ipv6');

export function scanner(reach: Reach): CheckInput['scan'] {
  return async (target, hellos) =>
    target.address.kind === 'lab'
      ? scanLab(target.address.profile, target, hellos, reach)
      : scanNetwork(target.address.endpoint, hellos, reach);
}

async function scanLab(
  name: string,
  target: Target,
  hellos: readonly ClientHelloProfile[],
  reach: Reach,
): Promise<Scanned> {
  const [{ labProfile }, { startLab }] = await Promise.all([
    import('../lab/profiles.ts'),
    import('../lab/server.ts'),
  ]);
  const profile = labProfile(name);
  if (!profile) return { reason: `there is no lab profile ${name}` };
  const lab = await startLab(profile);
  try {
    const serverName = target.endpoints[0]?.host ?? null;
    return await scanAddress('127.0.0.1', lab.port, null, serverName, hellos, { ...reach, log: () => {} });
  } finally {
    await lab.close();
  }
}

async function scanNetwork(
  endpoint: Endpoint,
  hellos: readonly ClientHelloProfile[],
  reach: Reach,
): Promise<Scanned> {
  const refused = reach.refuse(endpoint);
  if (refused !== null) return { reason: refused };
  if (endpoint.instance !== null && endpoint.port === null) {
    return { reason: 'a named instance without a port: SQL Browser is not asked yet, so write host,port' };
  }
  let address: string;
  try {
    ({ address } = await lookup(endpoint.host));
  } catch {
    return { reason: `the name ${endpoint.host} does not resolve` };
  }
  if (NEVER.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) {
    return {
      reason: `${endpoint.host} is ${address}, which is never dialled (link-local, metadata, multicast)`,
    };
  }
  const serverName = isIP(endpoint.host) === 0 ? endpoint.host : null;
  return scanAddress(address, endpoint.port ?? DEFAULT_PORT, endpoint.instance, serverName, hellos, reach);
}

async function scanAddress(
  host: string,
  port: number,
  instance: string | null,
  serverName: string | null,
  hellos: readonly ClientHelloProfile[],
  { deadlineMs, log }: Reach,
): Promise<Scanned> {
  const { scan } = await import('../observe/scan.ts');
  const observation = await scan({ host, port, instance, serverName }, hellos, {
    deadlineMs,
    onConnection: log,
    afterRejection: broadened,
  });
  return { observation };
}

/** True when `allowed` names this endpoint: `host,port`, or `host` for the default port. */
export function isAllowed(endpoint: Endpoint, allowed: readonly string[]): boolean {
  const wanted = formatEndpoint({ ...endpoint, port: endpoint.port ?? DEFAULT_PORT }).toLowerCase();
  return allowed.some((one) => (one.includes(',') ? one : `${one},${DEFAULT_PORT}`).toLowerCase() === wanted);
}
