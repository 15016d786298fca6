/** What reaching a target needs, and how it may go. */
import type { Address } from '../model/target.ts';
import type { Workspace } from '../model/workspace.ts';
import type { Where } from '../observe/wire/line.ts';

export interface Reach {
  /** Says why an endpoint must not be dialled, or an image not be started; `null` when it may. */
  readonly refuse: (address: Exclude<Address, { kind: 'lab' }>) => string | null;
  /** One line per connection attempt. */
  readonly log: (line: string) => void;
  readonly deadlineMs: number;
  /** Reads a file that the policy names, such as an mssql.conf. */
  readonly read?: Workspace['read'];
  /** What logins need; absent: this process. */
  readonly surroundings?: LoginSurroundings;
}

/** What a login needs of the process it runs in. */
export interface LoginSurroundings {
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told the password before anything else happens, so that it can be masked. */
  readonly onSecret: (secret: string) => void;
  /** e.g. `22.23.3`. */
  readonly nodeVersion: string;
}

/** Says why an address cannot be reached. */
export interface Refused {
  readonly reason: string;
}

/** What is done at a target, for as long as it takes. */
export type Use<T> = (where: Where, onConnection: (line: string) => void) => Promise<T>;
