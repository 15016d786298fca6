import type { Endpoint } from './connection.ts';
import type { Level } from './finding.ts';
import type { Protocol } from './protocol.ts';
import type { Requirement } from './requirement.ts';
import type { ServerChange } from './server-change.ts';
import type { LoginVariables } from './server-evidence.ts';
import type { Span } from './span.ts';
import type { Address } from './target.ts';

/** Text of the policy file with its place. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** A server as a person describes it, e.g. `SQL Server 2016 SP2` on `Windows Server 2012 R2`. */
export interface PolicyServer {
  readonly product: Placed<string> | null;
  readonly os: Placed<string> | null;
  readonly protocols: readonly Protocol[] | null;
}

export interface PolicyTarget {
  readonly name: string;
  readonly address: Address;
  /** Span of the endpoint's text, or of the image's. */
  readonly span: Span;
  readonly aliases: readonly Endpoint[];
  readonly server: PolicyServer | null;
  /** Paths or globs of files whose TLS settings hold for it; absent: none are named. */
  readonly configuredBy?: readonly Placed<string>[];
  readonly planned: {
    readonly change: ServerChange;
    /** Path below the checked folder. */
    readonly certificateFile: string | null;
    readonly from: string | null;
    readonly span: Span;
  } | null;
  /** `null`: nobody logs in. */
  readonly login: LoginVariables | null;
  /** Ask for every suite, also where no client fails. */
  readonly enumerate: boolean;
  /** Time some short connections, to see scenario 6. */
  readonly timings: boolean;
  /** Names of targets that it reaches itself: linked servers. */
  readonly linksTo: readonly Placed<string>[];
  /** Replicas of one availability group have the same name here; `null`: it is in none. */
  readonly availabilityGroup: string | null;
}

/** Says more of clients found under a path: where they run, what they connect to. */
export interface PolicyClientRule {
  readonly path: string;
  readonly runsOn: Placed<string> | null;
  readonly runtime: Placed<string> | null;
  readonly connectsTo: readonly Placed<string>[] | null;
  /** Paths or globs of files whose TLS settings hold for it; absent: none are named. */
  readonly configuredBy?: readonly Placed<string>[];
}

/** A client whose code lives elsewhere. */
export interface PolicyClient {
  readonly name: string;
  /** e.g. `ODBC Driver 17 for SQL Server 17.4`. */
  readonly driver: Placed<string>;
  readonly runsOn: Placed<string> | null;
  readonly runtime: Placed<string> | null;
  readonly connection: Placed<string> | null;
  readonly connectsTo: readonly Placed<string>[] | null;
  /** Paths or globs of files whose TLS settings hold for it; absent: none are named. */
  readonly configuredBy?: readonly Placed<string>[];
}

export interface Suppression {
  readonly rule: string;
  readonly path: string | null;
  readonly target: string | null;
  /** A client's name as reports show it. */
  readonly client: string | null;
  readonly reason: string;
  /** ISO date, the last day it counts. */
  readonly expires: string | null;
  readonly span: Span;
}

export interface Policy {
  /** `null` for the default policy. */
  readonly file: string | null;
  readonly targets: readonly PolicyTarget[];
  readonly clientRules: readonly PolicyClientRule[];
  readonly clients: readonly PolicyClient[];
  readonly rules: ReadonlyMap<string, Level | 'off'>;
  readonly failOn: Level | 'never';
  /** Rows of the built-in packs that `extends` names, in its order. */
  readonly requirements: readonly Requirement[];
  /** Packs that are named and not built in: reported as not checked. */
  readonly unknownPacks: readonly Placed<string>[];
  readonly exclude: readonly string[];
  /** Clients of unknown runtime are not judged on systems that are out of support. */
  readonly withoutEndOfLife: boolean;
  readonly suppressions: readonly Suppression[];
}

export const DEFAULT_POLICY: Policy = {
  file: null,
  targets: [],
  clientRules: [],
  clients: [],
  rules: new Map(),
  failOn: 'error',
  requirements: [],
  unknownPacks: [],
  exclude: [],
  withoutEndOfLife: false,
  suppressions: [],
};

/** One mistake in a policy file, with its place and what was expected there. */
export interface PolicyProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
