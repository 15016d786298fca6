/** What the TLS stacks of operating systems and runtimes offer and take by default (data/tls-stacks.json). */
import type { LeadingZeroFix } from '../model/client.ts';
import type { Protocol } from '../model/protocol.ts';
import data from './data/tls-stacks.json' with { type: 'json' };
import { rangesOverlap, versionRange } from './versions.ts';

export interface TlsStack {
  readonly id: string;
  readonly family: string;
  readonly label: string;
  /** Enabled versions as a client and as a server. */
  readonly client: readonly Protocol[];
  readonly server: readonly Protocol[];
  readonly possible: readonly Protocol[];
  /** IANA names in preference order, TLS 1.0–1.2; empty when another stack decides (`base`). */
  readonly suites: readonly string[];
  readonly tls13Suites: readonly string[];
  readonly groups: readonly string[];
  readonly signatureAlgorithms: readonly string[];
  /** Those of `groups` and `signatureAlgorithms` that a hello leaves out when it stops at TLS 1.2; absent: none. */
  readonly tls13Groups?: readonly string[];
  readonly tls13SignatureAlgorithms?: readonly string[];
  /** RFC 7627, as SQL Server drivers on this stack send it; absent: sent. */
  readonly extendedMasterSecret?: boolean;
  /** Lengths it takes as a client, in bits; `null`: not settled. */
  readonly minDhBits: number | null;
  readonly minRsaBits: number | null;
  /** Length of the prime it uses as a server. */
  readonly serverDhBits?: number;
  /** RFC 5246 §8.1.2 for TLS_DHE on Windows. */
  readonly dheLeadingZeroFix: boolean | 'needs-update' | null;
  /** A certificate it refuses even unvalidated; absent: it does not. */
  readonly refusesNegativeSerial?: true;
  readonly refusesX509v1?: true;
  readonly base: string | null;
  /** Windows build, `10.0.17763`. */
  readonly osBuild: string | null;
  /** Last day of any support, ISO date; `null`: supported, or not settled. */
  readonly supportEnds: string | null;
  readonly securityLevel: number | null;
  /** openssl.cnf sets a CipherString, which .NET on Linux then obeys instead of its own list. */
  readonly setsCipherString: boolean;
  /** SHA-512 signatures only after KB2973337. */
  readonly sha512NeedsUpdate: boolean;
  /** Versions of the runtime this row stands for. */
  readonly versionRange: string | null;
  readonly status: string;
  readonly notes: readonly string[];
  readonly sources: readonly string[];
}

export const TLS_STACKS = data.rows as readonly TlsStack[];
const BY_ID = new Map(TLS_STACKS.map((stack) => [stack.id, stack]));

export function tlsStack(id: string): TlsStack | undefined {
  return BY_ID.get(id);
}

/** The Windows under a stack, of TLS_DHE; `null`: it is none, or not known. */
export function leadingZeroFix({ dheLeadingZeroFix: fixed }: TlsStack): LeadingZeroFix | null {
  return typeof fixed === 'boolean' ? (fixed ? 'fixed' : 'not-fixed') : fixed;
}

/** Stacks of a family that have lists of their own. */
export function stacksOfFamily(family: string): readonly TlsStack[] {
  return TLS_STACKS.filter((stack) => stack.family === family && stack.suites.length > 0);
}

/**
 * Stacks of a family for a version of the runtime; with `orLater`, every stack from it on. All of the family when
 * `version` is `null` or cannot be read.
 */
export function stacksOfVersion(
  family: string,
  version: string | null,
  orLater: boolean,
): readonly TlsStack[] {
  const all = stacksOfFamily(family);
  const wanted = version === null ? null : majorRange(version, orLater);
  if (wanted === null) return all;
  return all.filter((stack) => stack.versionRange !== null && rangesOverlap(stack.versionRange, wanted));
}

/** `17` names every 17.x, `8u292` one update; a range stays itself. */
function majorRange(version: string, orLater: boolean): string | null {
  const range = versionRange(version);
  if (range === null) return null;
  if (/[<>~^x*|\s-]/.test(range)) return range;
  if (orLater) return `>=${range}`;
  const numbers = version.trim().replace(/^1\.(?=[5-9]\b)/, '');
  if (/^\d+$/.test(numbers)) return `${numbers}.x`;
  return /^\d+\.\d+$/.test(numbers) ? `${numbers}.x` : range;
}

/**
 * The operating system a person writes: `Windows Server 2012 R2`, `windows 10 22H2`, `Ubuntu 20.04`, `debian-12`,
 * `RHEL 9`. `undefined` when no stack of the catalog is meant.
 */
export function stackOfOperatingSystem(written: string): TlsStack | undefined {
  const wanted = plain(written);
  return TLS_STACKS.find((stack) => operatingSystemNames(stack).some((name) => plain(name) === wanted));
}

const OPERATING_SYSTEMS = new Set(['schannel', 'openssl-distro']);

/** Names of the operating systems the catalog knows, for messages. */
export function operatingSystems(): readonly string[] {
  return TLS_STACKS.filter((stack) => OPERATING_SYSTEMS.has(stack.family)).map(shortLabel);
}

function operatingSystemNames(stack: TlsStack): readonly string[] {
  if (!OPERATING_SYSTEMS.has(stack.family)) return [];
  const first = shortLabel(stack);
  const rest = stack.label.replace(/\(.*/, '').split('/');
  return [stack.id, first, ...rest, ...rest.map((name) => name.replace(/server /i, ''))];
}

/** First name of a label: `Windows Server 2012 R2 / Windows 8.1` → `Windows Server 2012 R2`; `RHEL/UBI 8` is one name. */
export function shortLabel(stack: TlsStack): string {
  return stack.label.replace(/\s*(?:\s\/|\().*$/, '').trim();
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\b(lts|gnu\/linux|linux|datacenter|standard)\b/g, '')
    .replace(/[^a-z0-9.]/g, '');
}

/** Compares Windows builds, `10.0.17763` with `6.3.9600`. */
export function compareBuilds(one: string, other: string): number {
  const [left, right] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
