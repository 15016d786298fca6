/** Reaches targets: plays a `lab:` target on loopback, starts a container or dials the network where that is allowed. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { CheckInput, Scanned } from '../check.ts';
import { type Endpoint, formatEndpoint } from '../model/connection.ts';
import type { Observation } from '../model/observation.ts';
import type { Address, Target } from '../model/target.ts';
import { TIMED_CONNECTIONS } from '../model/timings.ts';
import type { ScanOptions } from '../observe/scan.ts';
import type { Where } from '../observe/wire/line.ts';
import { broadened } from '../tls/broadened.ts';
import type { Reach, Refused, Use } from './arrival.ts';
import { loggedIn, withLogin } from './login.ts';

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
  return (target, { hellos, strict }) =>
    arrive(
      target.address,
      target.endpoints[0]?.host ?? null,
      reach,
      async (where, onConnection): Promise<Scanned> => {
        const { scan } = await import('../observe/scan.ts');
        const options: ScanOptions = {
          deadlineMs: reach.deadlineMs,
          onConnection,
          afterRejection: broadened,
          strict,
          enumerate: target.enumerate || narrows(target) ? 'always' : 'where refused',
        };
        const scanned = await scan(where, hellos, options);
        const observation = target.timings ? await withTimes(scanned, where, reach, onConnection) : scanned;
        if (!target.login) return { observation };
        const made = await loggedIn(where, target.login, {
          ...reach,
          log: onConnection,
          strict: observation.strict === true,
          answered: observation.prelogin.state === 'answered',
          lab: target.address.kind === 'lab',
        });
        return { observation: withLogin(observation, made) };
      },
    );
}

/** Which suite comes next where some go must be known of all of them. */
const narrows = ({ planned }: Target) => planned?.change.without !== undefined;

/** Twenty short connections more, after the others: what they wait for is then not ours. */
async function withTimes(
  seen: Observation,
  where: Where,
  { deadlineMs }: Reach,
  onConnection: (line: string) => void,
): Promise<Observation> {
  if (seen.prelogin.state !== 'answered') return seen;
  const { timed } = await import('./timed.ts');
  const newest = seen.protocols.findLast(({ answer }) => answer.state === 'accepted');
  const known = {
    version: newest?.version ?? 'TLS 1.2',
    suites: null,
    build: seen.prelogin.version,
  } as const;
  const timings = await timed(where, known, TIMED_CONNECTIONS, { deadlineMs, onConnection });
  return { ...seen, timings, connections: seen.connections + timings.connections };
}

/** Where to dial for an address, for as long as `use` takes. `name`: what a lab server is called in `server_name`. */
export async function arrive<T>(
  address: Address,
  name: string | null,
  reach: Reach,
  use: Use<T>,
): Promise<T | Refused> {
  if (address.kind === 'lab') return atLab(address.profile, name, use);
  const refused = reach.refuse(address);
  if (refused !== null) return { reason: refused };
  if (address.kind === 'container')
    return (await import('./container.ts')).atContainer(address, name, reach, use);
  const where = await whereIs(address.endpoint, reach.log);
  return 'reason' in where ? where : use(where, reach.log);
}

async function atLab<T>(name: string, serverName: string | null, use: Use<T>): Promise<T | Refused> {
  const [{ labProfile }, { startLab }] = await Promise.all([
    import('../lab/profiles.ts'),
    import('../lab/server.ts'),
  ]);
  const profile = labProfile(name);
  if (!profile) return { reason: `there is no lab profile ${name}` };
  const lab = await startLab(profile);
  try {
    return await use({ host: '127.0.0.1', port: lab.port, instance: null, serverName }, () => {});
  } finally {
    await lab.close();
  }
}

/** The address that was checked is the one that is dialled: names are looked up once. */
async function whereIs(endpoint: Endpoint, log: Reach['log']): Promise<Where | Refused> {
  const { host, port, instance } = endpoint;
  let address: string;
  try {
    ({ address } = await lookup(host));
  } catch {
    return { reason: `the name ${host} does not resolve` };
  }
  if (NEVER.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) {
    return { reason: `${host} is ${address}, which is never dialled (link-local, metadata, multicast)` };
  }
  const serverName = isIP(host) === 0 ? host : null;
  if (instance === null || port !== null)
    return { host: address, port: port ?? DEFAULT_PORT, instance, serverName };
  const { instancePort } = await import('../observe/browser.ts');
  log(`${host}: asking SQL Browser for ${instance}`);
  const named = await instancePort(address, instance);
  return 'port' in named ? { host: address, port: named.port, instance, serverName } : named;
}

/** True when `allowed` names this endpoint: `host,port`, or `host` for the default port. */
export function isAllowed(endpoint: Endpoint, allowed: readonly string[]): boolean {
  const wanted = formatEndpoint({ ...endpoint, port: endpoint.port ?? DEFAULT_PORT }).toLowerCase();
  return allowed.some((one) => (one.includes(',') ? one : `${one},${DEFAULT_PORT}`).toLowerCase() === wanted);
}

/** True when `allowed` names this image, letter by letter: a tag or a digest more or less is another image. */
export function isAllowedImage(image: string, allowed: readonly string[]): boolean {
  return allowed.includes(image);
}
