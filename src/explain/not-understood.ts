import { DRIVER_NAMES } from '../catalog/driver-text.ts';
import { DRIVERS } from '../catalog/drivers.ts';
import { SERVERS } from '../catalog/servers.ts';
import { operatingSystems, shortLabel, TLS_STACKS } from '../catalog/tls-stacks.ts';
import { maskSecrets } from '../discover/connection-strings/mask.ts';
import { nearest } from '../policy/suggestion.ts';

const CLIENT_NAMES = [
  ...new Set([
    ...DRIVERS.map(({ id }) => id),
    ...DRIVER_NAMES.map(([name]) => name).filter((name) => !/[:={}*]/.test(name)),
    ...operatingSystems(),
    ...TLS_STACKS.filter(({ family }) => ['jdk', 'go', 'node'].includes(family)).map(shortLabel),
  ]),
];
const SERVER_NAMES = [
  ...SERVERS.map(({ label }) => label.replace(/ on Windows$/, '')),
  ...operatingSystems(),
];

const EXAMPLES = {
  '--client': 'a driver and where it runs, such as "mssql-jdbc 12.4 on JDK 17"',
  '--server': 'a product and its system, such as "SQL Server 2019 on Windows Server 2022"',
} as const;

/** Shown of one piece. */
const LONGEST = 60;

/** A sentence for each piece: which, where, and what may have been meant. */
export function notUnderstood(option: keyof typeof EXAMPLES, pieces: readonly string[]): readonly string[] {
  const names = option === '--client' ? CLIENT_NAMES : SERVER_NAMES;
  return pieces.map(
    (piece) => `${quoted(piece)} in ${option}; ${meant(piece, names) ?? `expected ${EXAMPLES[option]}`}`,
  );
}

export function quoted(piece: string): string {
  const shown = maskSecrets(piece);
  return `"${shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown}"`;
}

/** By the whole piece, else by one word of it. */
export function meant(piece: string, names: readonly string[]): string | null {
  for (const words of [piece, ...piece.split(' ')]) {
    if (words.length < 3 || words.length > LONGEST) continue;
    const found = nearest(words, names);
    if (found !== null && found.toLowerCase() !== words.toLowerCase()) return `did you mean "${found}"?`;
  }
  return null;
}
