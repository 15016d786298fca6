/** Versions as ecosystems and vendors write them, turned into node-semver's three numbers for comparing with the catalog. */
import semver from 'semver';

/** `17.10.5.1-1` → `17.10.5`, `8u292` and `1.8.0_292` → `8.0.292`, `12.4.2.jre11` → `12.4.2`; `null` when no number is in it. */
export function normalizeVersion(written: string): string | null {
  const java = /^(?:1\.)?(\d+)(?:\.0)?(?:u|_|\.0_)(\d+)/.exec(written.trim());
  if (java) return `${java[1]}.0.${java[2]}`;
  const oldJava = /^1\.([5-9])(?:\.0)?$/.exec(written.trim());
  if (oldJava) return `${oldJava[1]}.0.0`;
  return semver.coerce(written)?.version ?? null;
}

/**
 * The set of versions that a written version or range can mean, as a node-semver range: npm ranges, NuGet and Maven
 * intervals (`[2.0,3.0)`), PEP 440 specifiers (`>=4.0,<5`, `~=4.1`, `==4.*`), floating versions (`5.*`), else one version.
 * `null` when it cannot be read (a property that is not resolved, `latest`).
 */
export function versionRange(written: string): string | null {
  const text = written.trim();
  const interval = /^([[(])\s*([\w.-]*)\s*(?:(,)\s*([\w.-]*)\s*)?([\])[])$/.exec(text);
  if (interval) return intervalRange(interval);
  // Ruby's and Cargo's bounds, several of them.
  if (/^[<>]=?\s*\d[^\s,]*\s+[<>]/.test(text) && !text.includes('|'))
    return specifierRange(text.replace(/\s+(?=[<>])/g, ','));
  if (/^[~!=<>]=/.test(text) || /^[<>]\s*\d[^|]*,/.test(text)) return specifierRange(text);
  const floating = /^(\d+)(?:\.(\d+))?\.\*$/.exec(text);
  if (floating) return floating[2] === undefined ? `${floating[1]}.x` : `${floating[1]}.${floating[2]}.x`;
  if (/^[\^~<>]|\|\||\s-\s|\bx\b/.test(text)) return semver.validRange(text);
  return /\d/.test(text) && !/[${}]/.test(text) ? normalizeVersion(text) : null;
}

function intervalRange([, open, low, comma, high, close]: RegExpExecArray): string | null {
  if (comma === undefined) return low ? normalizeVersion(low) : null;
  const from = low ? normalizeVersion(low) : null;
  const to = high ? normalizeVersion(high) : null;
  const parts = [
    from && `${open === '[' ? '>=' : '>'}${from}`,
    to && `${close === ']' ? '<=' : '<'}${to}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : '*';
}

function specifierRange(text: string): string | null {
  const parts: string[] = [];
  for (const part of text.split(',')) {
    const match = /^\s*(~=|===?|!=|<=|>=|<|>)\s*([\w.*+!-]+)\s*$/.exec(part);
    const [operator, value] = [match?.[1], match?.[2]];
    if (!operator || !value) return null;
    if (operator === '!=') continue;
    const version = normalizeVersion(value);
    if (!version) return null;
    if (operator === '~=') parts.push(value.split('.').length > 2 ? `~${version}` : `^${version}`);
    else if (value.endsWith('.*')) parts.push(`${value.slice(0, -2)}.x`);
    else parts.push(operator.startsWith('==') ? version : `${operator}${version}`);
  }
  return parts.length > 0 ? parts.join(' ') : '*';
}

/** True when some version is in both ranges; an unreadable range overlaps nothing. */
export function rangesOverlap(one: string, other: string): boolean {
  try {
    return semver.intersects(one, other, { includePrerelease: true });
  } catch {
    return false;
  }
}

/** The lowest version of a node-semver range, `null` when it is empty or cannot be read. */
export function lowestVersion(range: string): string | null {
  try {
    return semver.minVersion(range)?.version ?? null;
  } catch {
    return null;
  }
}

/** Negative when `one` is the lower; both as `normalizeVersion` writes them. */
export function compareVersions(one: string, other: string): number {
  return semver.compare(one, other);
}
