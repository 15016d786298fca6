import type { Endpoint } from './connection.ts';
import type { Evidence } from './evidence.ts';
import type { ServerChange } from './server-change.ts';
import type { LoginVariables } from './server-evidence.ts';
import type { ServerProfile } from './server-profile.ts';
import type { Span } from './span.ts';

/** How a target is reached. A `lab:` target is played by this process on loopback; a container is started for the scan. */
export type Address =
  | { readonly kind: 'network'; readonly endpoint: Endpoint }
  | { readonly kind: 'lab'; readonly profile: string }
  | ContainerAddress;

export interface ContainerAddress {
  readonly kind: 'container';
  /** Image reference, e.g. `mcr.microsoft.com/mssql/server:2022-latest`. */
  readonly image: string;
  /** Path below the checked folder of the mssql.conf that SQL Server is started with. */
  readonly mssqlConf: string | null;
}

/** A SQL Server that clients connect to: one column of the matrix. */
export interface Target {
  readonly name: string;
  readonly origin: 'policy' | 'repository';
  readonly address: Address;
  /** Every endpoint under which connection strings name it. */
  readonly endpoints: readonly Endpoint[];
  /** Where it is declared: the endpoint's text. */
  readonly span: Span;
  /** What files and the catalog say of it: the profile before anything was seen on the wire. */
  readonly described: ServerProfile;
  /** What it is to become; `null`: it stays as it is. */
  readonly planned: Plan | null;
  /** Where a login finds its name and password; absent: nobody logs in. */
  readonly login?: LoginVariables;
  /** Ask for every suite, also where no client fails. */
  readonly enumerate?: true;
  /** Time some short connections. */
  readonly timings?: true;
  /** Replicas of one availability group have the same name here. */
  readonly availabilityGroup?: string;
  /** What was written of it and not understood, in sentences. */
  readonly unresolved: readonly string[];
}

export interface Plan {
  readonly change: ServerChange;
  /** Path below the checked folder of the certificate it gets, PEM; `null`: it keeps its own. */
  readonly certificateFile: string | null;
  /** ISO date, the first day on which it is so; `null`: no day is set. */
  readonly from: string | null;
  readonly evidence: Evidence;
}

/** The address as people write it. */
export function formatAddress(address: Address, format: (endpoint: Endpoint) => string): string {
  switch (address.kind) {
    case 'lab':
      return `lab:${address.profile}`;
    case 'container':
      return `container:${address.image}`;
    case 'network':
      return format(address.endpoint);
  }
}

export type When = 'current' | 'planned';
