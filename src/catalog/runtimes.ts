/** Runtimes as people write them: `.NET Framework 4.0`, `JDK 8u292`, `Node 18`, `Python 3.11`. */
import type { Platform } from '../model/declaration.ts';
import data from './data/runtimes.json' with { type: 'json' };
import { rangesOverlap, versionRange } from './versions.ts';

const SPELLINGS: readonly (readonly [RegExp, Platform])[] = [
  [/^(?:microsoft )?\.?net framework v?([\d.]+)/i, 'dotnet-framework'],
  [/^(?:openjdk|jdk|jre|java|temurin)[ -]?v?([\d.]+(?:[u_]\d+)?)/i, 'jdk'],
  [/^node(?:\.?js)? ?v?([\d.]+)/i, 'node'],
  [/^go(?:lang)? ?v?([\d.]+)/i, 'go'],
  [/^(?:c?python) ?v?([\d.]+)/i, 'python'],
  [/^(?:microsoft )?\.?net(?: core)? ?v?([\d.]+)/i, 'dotnet'],
];

export interface NamedRuntime {
  readonly platform: Platform;
  readonly version: string;
}

/** `undefined` when the text names no runtime of the catalog. */
export function runtimeOfText(written: string): NamedRuntime | undefined {
  for (const [spelling, platform] of SPELLINGS) {
    const version = spelling.exec(written.trim())?.[1];
    if (version !== undefined) return { platform, version };
  }
  return undefined;
}

/** Build of the oldest Windows that a runtime's version supports (data/runtimes.json); `null` when it is not settled. */
export const oldestWindows = (platform: Platform, version: string | null) => windowsFrom(platform, version);

/** The same of SQL Server by its version, `13.0`. */
export const oldestWindowsOfServer = (version: string) => windowsFrom('sql-server', version);

function windowsFrom(platform: string, version: string | null): string | null {
  const range = version === null ? null : versionRange(version);
  if (range === null) return null;
  return (
    data.rows.find((row) => row.platform === platform && rangesOverlap(row.versions, range))?.windowsFrom ??
    null
  );
}
