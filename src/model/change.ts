import type { Ecosystem } from './declaration.ts';
import type { Span } from './span.ts';

/** One thing to do that would end a finding, as data. */
export type Change =
  /** Put `newText` where `span` is. `safe`: it stays within the driver's major version, or says in words what was meant. */
  | {
      readonly kind: 'edit';
      readonly span: Span;
      readonly newText: string;
      readonly safe: boolean;
    }
  /** `to`: the lowest version that suffices and is supported, as the ecosystem writes it. */
  | {
      readonly kind: 'upgrade';
      readonly ecosystem: Ecosystem | null;
      readonly package: string;
      readonly from: string | null;
      readonly to: string;
      readonly source: string | null;
    }
  /** Registry or configuration, as one line of a shell. */
  | {
      readonly kind: 'command';
      readonly on: 'client' | 'server';
      readonly shell: 'powershell' | 'cmd' | 'sh' | 'sql';
      readonly text: string;
      readonly source: string | null;
    }
  /** `build`: the lowest that suffices, e.g. `12.0.4219`. */
  | {
      readonly kind: 'server-update';
      readonly product: string;
      readonly build: string;
      readonly kb: string | null;
      readonly source: string | null;
    };
