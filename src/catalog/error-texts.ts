/** What an application shows when its handshake dies (data/error-texts.json). */
import type { Cause } from '../model/cause.ts';
import data from './data/error-texts.json' with { type: 'json' };

export interface ErrorText {
  readonly text: string;
  readonly source: string;
}

interface Died {
  /** Catalog kind of the driver. */
  readonly kind: string;
  readonly by: 'client' | 'server';
  readonly windows: boolean;
  readonly cause: Cause | null;
}

/** `null` where no source quotes one. */
export function errorText({ kind, by, windows, cause }: Died): ErrorText | null {
  const found = data.rows.find(
    (row) =>
      row.kinds.includes(kind) &&
      (row.by === null || row.by === by) &&
      (row.system === null || (row.system === 'windows') === windows) &&
      (row.cause === null || row.cause === cause),
  );
  return found ? { text: found.text, source: found.source } : null;
}
