import type { Slots } from '../observe/wire/slots.ts';

/** How something is asked of a server beside its probe. */
export interface Beside {
  /** For one connection. */
  readonly deadlineMs: number;
  /** The connections that are open to its address at a time, whoever asks. */
  readonly slots?: Slots;
  /** One line per connection. */
  readonly onConnection?: (line: string) => void;
}
