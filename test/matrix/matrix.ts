/** Every driver on every stack it can run on × every build of every server on every system it can run on. */
import { documentedProfile, SERVERS } from '../../src/catalog/servers.ts';
import { shortLabel, TLS_STACKS, type TlsStack } from '../../src/catalog/tls-stacks.ts';
import type { ClientCase } from '../../src/model/client.ts';
import type { ServerProfile } from '../../src/model/server-profile.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { catalogClients } from '../../src/resolve/catalog-clients.ts';
import { negotiate } from '../../src/tls/negotiate.ts';

export interface MatrixServer {
  readonly product: string;
  /** `null`: not known. */
  readonly build: string | null;
  readonly os: string | null;
  readonly profile: ServerProfile;
}

export interface MatrixClient {
  readonly driver: string;
  readonly versions: string;
  readonly one: ClientCase;
}

const WINDOWS_SERVERS = TLS_STACKS.filter(
  ({ family, label, suites }) =>
    family === 'schannel' && label.startsWith('Windows Server') && suites.length > 0,
);

/** Lists and protocols of the system decide on Windows; elsewhere the product's own or its container's. */
export const matrixServers = (): readonly MatrixServer[] =>
  SERVERS.flatMap((row) => {
    const systems: readonly (TlsStack | null)[] = row.platform === 'windows' ? WINDOWS_SERVERS : [null];
    const { branches = [] } = row.tls12 ?? {};
    const newest = branches.at(-1)?.min ?? null;
    // Where the build decides over TLS 1.2: the first one, the last that needed an update, with it; and any.
    const builds = newest === null ? [null] : [null, row.builds?.[0]?.build ?? null, newest];
    return builds.flatMap((build) =>
      systems.map((os) => ({
        product: row.label,
        build,
        os: os && shortLabel(os),
        profile: documentedProfile({ server: row, build }, os),
      })),
    );
  });

export const matrixClients = (): readonly MatrixClient[] =>
  catalogClients().flatMap(({ driver, versions, cases }) => cases.map((one) => ({ driver, versions, one })));

export function judged({ one }: MatrixClient, { profile }: MatrixServer): Verdict {
  return negotiate(
    {
      hello: one.hello,
      clearText: one.clearText,
      encrypt: 'Mandatory',
      strict: null,
      limits: one.limits,
      validation: null,
      evidence: one.evidence,
    },
    profile,
  );
}
