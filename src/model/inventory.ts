import type { Client } from './client.ts';
import type { Declaration } from './declaration.ts';
import type { Target } from './target.ts';

/** Everything that was found in a folder, by whom it belongs to. */
export interface Inventory {
  readonly clients: readonly {
    readonly client: Client;
    /** Names of the targets it connects to. */
    readonly targets: readonly string[];
    readonly declarations: readonly Declaration[];
  }[];
  readonly targets: readonly {
    readonly target: Target;
    /** Names of the clients that connect to it. */
    readonly clients: readonly string[];
    readonly declarations: readonly Declaration[];
  }[];
  readonly unassigned: readonly { readonly declaration: Declaration; readonly reason: string }[];
}

/** What became of one file. */
export interface FileExplanation {
  readonly path: string;
  /** A sentence: it is read, or why it is not. */
  readonly verdict: string;
  /** Readers that know the file by its path, with the number of declarations each makes of it. */
  readonly readers: readonly { readonly id: string; readonly found: number }[];
  readonly declarations: readonly Declaration[];
  /** Lines that look as if they declared something, and why nothing was taken there. */
  readonly passedOver: readonly { readonly line: number; readonly text: string; readonly reason: string }[];
}
