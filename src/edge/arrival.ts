/** What reaching a target needs, and how it may go. */
import type { Address } from '../model/target.ts';
import type { Workspace } from '../model/workspace.ts';
import type { Where } from '../observe/line.ts';

export interface Reach {
  /** Says why an endpoint must not be dialled, or an image not be started; `null` when it may. */
  readonly refuse: (address: Exclude<Address, { kind: 'lab' }>) => string | null;
  /** One line per connection attempt. */
  readonly log: (line: string) => void;
  readonly deadlineMs: number;
  /** Reads a file that the policy names, such as an mssql.conf. */
  readonly read?: Workspace['read'];
}

/** Says why an address cannot be reached. */
export interface Refused {
  readonly reason: string;
}

/** What is done at a target, for as long as it takes. */
export type Use<T> = (where: Where, onConnection: (line: string) => void) => Promise<T>;
