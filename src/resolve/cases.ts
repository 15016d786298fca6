/**
 * The cases a client could be meant to be: driver builds × TLS stacks. What is not declared is not guessed: every stack
 * that could be meant is a case.
 */
import type { Driver, DriverVersion } from '../catalog/drivers.ts';
import { asRecorded, recordedHello } from '../catalog/hellos.ts';
import { helloOf } from '../catalog/offers.ts';
import { oldestWindows } from '../catalog/runtimes.ts';
import {
  compareBuilds,
  leadingZeroFix,
  shortLabel,
  stacksOfFamily,
  stacksOfVersion,
  type TlsStack,
  tlsStack,
} from '../catalog/tls-stacks.ts';
import { rangesOverlap, versionRange } from '../catalog/versions.ts';
import { type ClientCase, type ClientLimits, NO_LIMITS } from '../model/client.ts';
import type { Evidence } from '../model/evidence.ts';
import { helloKey } from '../model/hello.ts';
import type { Protocol } from '../model/protocol.ts';
import type { RuntimeVersion, Surroundings } from './surroundings.ts';

export interface Build {
  readonly driver: Driver;
  readonly row: DriverVersion;
  /** As written; `null` when unknown. */
  readonly version: string | null;
}

/** Every distinct case of these builds in these surroundings; equal hellos under one label are one case. */
export function casesOf(builds: readonly Build[], surroundings: Surroundings): readonly ClientCase[] {
  const cases = new Map<string, ClientCase>();
  for (const build of builds) {
    for (const kind of build.row.stacks) {
      if (kind === 'none') put(cases, withoutTls(build));
      for (const found of stacksFor(kind, build, surroundings)) {
        for (const variant of variantsOf(build)) put(cases, caseOf(build, found, variant, surroundings));
      }
    }
  }
  return [...cases.values()];
}

function put(cases: Map<string, ClientCase>, one: ClientCase): void {
  const key = `${one.label}\n${one.condition}\n${one.hello ? helloKey(one.hello) : ''}`;
  if (!cases.has(key)) cases.set(key, one);
}

interface Variant {
  readonly condition: string | null;
  readonly ceiling: Protocol;
}

/** A build whose TLS 1.2 depends on something beside its version is two cases. */
function variantsOf({ row, version }: Build): readonly Variant[] {
  if (!row.tls12Conditional) return [{ condition: null, ceiling: 'TLS 1.2' }];
  const without: Variant = { condition: 'without the TLS 1.2 update', ceiling: 'TLS 1.0' };
  const range = version === null ? null : versionRange(version);
  if (
    row.tls12ConditionVersions !== null &&
    range !== null &&
    !rangesOverlap(range, row.tls12ConditionVersions)
  ) {
    return [{ ...without, condition: null }];
  }
  return [without, { condition: 'with the TLS 1.2 update', ceiling: 'TLS 1.2' }];
}

function caseOf(build: Build, found: FoundStack, variant: Variant, surroundings: Surroundings): ClientCase {
  const { stack, label } = found;
  const recorded = recordedHello(build.driver.id, build.row, stack);
  const hello =
    stack.suites.length > 0 ? asRecorded(helloOf(build.row, stack, variant.ceiling), recorded) : null;
  const source = stack.sources[0];
  const documented: Evidence = {
    strength: stack.status === 'inferred' ? 'assumed' : 'documented',
    statement: `${stack.label} offers ${hello ? hello.protocols.join(', ') || 'no common version' : 'an unknown list'} with ${build.driver.name}`,
    ...(source === undefined ? {} : { source }),
  };
  return {
    label: build.row.label === null ? label : `${label}, ${build.row.label}`,
    condition: variant.condition,
    hello,
    clearText: false,
    limits: limitsOf(stack),
    stack: stack.id,
    supportEnds: stack.supportEnds,
    tls12Fix: hello?.protocols.includes('TLS 1.2') ? null : tls12Fix(build, stack),
    evidence: [...found.evidence, ...surroundings.evidence, documented],
  };
}

function limitsOf(stack: TlsStack): ClientLimits {
  return {
    minDhBits: stack.minDhBits,
    minRsaBits: stack.minRsaBits,
    // What an OpenSSL of level 1 or 2 does not list is what its level refuses to verify.
    unlistedHash: stack.family === 'schannel' ? 'refused' : 'refused-when-validating',
    refusesNegativeSerial: stack.refusesNegativeSerial ?? false,
    refusesX509v1: stack.refusesX509v1 ?? false,
    leadingZeroFix: leadingZeroFix(stack),
  };
}

/** The smallest change that lets this build on this stack offer TLS 1.2. */
function tls12Fix({ driver, row }: Build, stack: TlsStack): string {
  if (row.tls12 === 'patched' && row.tls12Needs !== null) return row.tls12Needs;
  if (row.tls12 === 'no') {
    const next = driver.versions.slice(driver.versions.indexOf(row) + 1).find(({ tls12 }) => tls12 !== 'no');
    if (!next) return `move from ${driver.name}, which has no TLS 1.2, to a supported driver`;
    return `move to ${driver.name} ${next.range}${next.tls12Needs ? ` (${next.tls12Needs})` : ''}`;
  }
  if (stack.possible.includes('TLS 1.2')) {
    return `switch TLS 1.2 on for clients on ${shortLabel(stack)}`;
  }
  return `move from ${shortLabel(stack)} to a release with TLS 1.2`;
}

function withoutTls({ driver, row }: Build): ClientCase {
  const label = `${driver.name} ${row.range}`;
  return clearTextCase(label, `${label} has no TLS`, row.sources[0]);
}

/** The case of a client that starts no TLS; `statement` says why. */
export function clearTextCase(label: string, statement: string, source?: string): ClientCase {
  return {
    label,
    condition: null,
    hello: null,
    clearText: true,
    limits: NO_LIMITS,
    stack: null,
    supportEnds: null,
    tls12Fix: null,
    evidence: [{ strength: 'documented', statement, ...(source === undefined ? {} : { source }) }],
  };
}

interface FoundStack {
  readonly stack: TlsStack;
  readonly label: string;
  readonly evidence: readonly Evidence[];
}

/** The concrete stacks behind the catalog's words for a kind of stack. */
function stacksFor(kind: string, build: Build, surroundings: Surroundings): readonly FoundStack[] {
  switch (kind) {
    case 'schannel':
      return plain(schannel(build.row, surroundings));
    case 'openssl-system':
      return plain(distributions(surroundings.os));
    case 'dotnet-sslstream':
      return dotnetOnLinux(surroundings);
    case 'jsse':
      return jsse(build, surroundings.runtimes.get('jdk'));
    case 'node-openssl':
      return versioned('node', surroundings.runtimes.get('node'));
    case 'go-crypto-tls':
      return versioned('go', surroundings.runtimes.get('go'));
    case 'native-tls':
      return plain([...schannel(build.row, surroundings), ...distributions(surroundings.os)]);
    case 'openssl-bundled':
      return plain(['openssl-1.1.1', 'openssl-3.0', 'openssl-3.5'].flatMap((id) => tlsStack(id) ?? []));
    default:
      return plain(stacksOfFamily(kind));
  }
}

const plain = (stacks: readonly TlsStack[]): readonly FoundStack[] =>
  stacks.map((stack) => ({ stack, label: shortLabel(stack), evidence: [] }));

/** Windows releases that the driver and the declared .NET run on; all of them when nothing narrows it. */
function schannel({ osBuild }: DriverVersion, { os, runtimes }: Surroundings): readonly TlsStack[] {
  const floors = [...runtimes].map(([platform, { version }]) => oldestWindows(platform, version));
  const from = [osBuild?.from, ...(os === null ? floors : [])].filter((build) => build != null);
  return (os ?? stacksOfFamily('schannel')).filter((stack) => {
    const own = stack.osBuild?.split(/[-+]/)[0];
    if (stack.family !== 'schannel' || own === undefined) return false;
    return (
      from.every((build) => compareBuilds(own, build) >= 0) &&
      (osBuild?.below === undefined || compareBuilds(own, osBuild.below) < 0)
    );
  });
}

function distributions(os: Surroundings['os']): readonly TlsStack[] {
  return (os ?? stacksOfFamily('openssl-distro')).filter(({ family }) => family === 'openssl-distro');
}

/** .NET 5+ brings its own suite list unless openssl.cnf sets one; before, the system's list counts. */
function dotnetOnLinux({ os, runtimes }: Surroundings): readonly FoundStack[] {
  const runtime = runtimes.get('dotnet');
  const own = tlsStack('dotnet-linux-5');
  const range = runtime?.version ? versionRange(runtime.version) : null;
  const core = range !== null && !runtime?.orLater && rangesOverlap(range, '<5.0.0');
  const evidence = runtime ? [runtime.evidence] : [];
  if (os === null) return own ? [{ stack: own, label: '.NET on Linux', evidence }] : [];
  return os
    .filter(({ family }) => family === 'openssl-distro')
    .flatMap((system) => {
      const stack = core || system.setsCipherString ? system : own;
      return stack ? [{ stack, label: `.NET on ${shortLabel(system)}`, evidence }] : [];
    });
}

function jsse(build: Build, runtime: RuntimeVersion | undefined): readonly FoundStack[] {
  if (runtime) return versioned('jdk', runtime);
  const jre = /jre(\d+)/.exec(build.version ?? '')?.[1];
  return plain(stacksOfVersion('jdk', jre ?? null, true));
}

function versioned(family: string, runtime: RuntimeVersion | undefined): readonly FoundStack[] {
  return stacksOfVersion(family, runtime?.version ?? null, runtime?.orLater ?? false).map((stack) => ({
    stack,
    label: shortLabel(stack),
    evidence: runtime ? [runtime.evidence] : [],
  }));
}
