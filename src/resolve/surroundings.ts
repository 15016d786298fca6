/** Where a component runs: what its files declare, narrowed by what the policy file says. */

import { stackOfRunner } from '../catalog/images.ts';
import { runtimeOfText } from '../catalog/runtimes.ts';
import { operatingSystems, stackOfOperatingSystem, type TlsStack, tlsStack } from '../catalog/tls-stacks.ts';
import type { Platform, RuntimeDeclaration } from '../model/declaration.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Placed } from '../model/policy.ts';

export interface Surroundings {
  /** Operating systems' stacks; `null`: not known, any could be meant. */
  readonly os: readonly TlsStack[] | null;
  readonly runtimes: ReadonlyMap<Platform, RuntimeVersion>;
  readonly evidence: readonly Evidence[];
  /** What was written and not understood, in sentences. */
  readonly unresolved: readonly string[];
}

export interface RuntimeVersion {
  readonly version: string | null;
  /** Only "at least this". */
  readonly orLater: boolean;
  readonly evidence: Evidence;
}

export interface PlacedRuntime {
  readonly runsOn: Placed<string> | null;
  readonly runtime: Placed<string> | null;
}

export function surroundingsOf(
  declared: readonly RuntimeDeclaration[],
  policy: PlacedRuntime | null,
): Surroundings {
  const runtimes = new Map<Platform, RuntimeVersion>();
  const evidence: Evidence[] = [];
  const unresolved: string[] = [];
  for (const one of declared) {
    const found = {
      version: one.version,
      orLater: one.lowerBound,
      evidence: written(one.span, runtimeWords(one)),
    };
    const before = runtimes.get(one.platform);
    if (!before || (before.orLater && !found.orLater)) runtimes.set(one.platform, found);
  }
  const stacks = declared
    .flatMap(({ stack }) => (stack === null ? [] : [tlsStack(stack)]))
    .filter((stack) => !!stack);
  let os: readonly TlsStack[] | null = stacks.length > 0 ? [...new Set(stacks)] : null;
  if (os)
    evidence.push(
      ...declared.filter(({ stack }) => stack).map((one) => written(one.span, `base image ${one.text}`)),
    );
  if (policy?.runtime) {
    const { value, span } = policy.runtime;
    const named = runtimeOfText(value);
    if (named)
      runtimes.set(named.platform, {
        version: named.version,
        orLater: false,
        evidence: written(span, `runtime: ${value}`),
      });
    else
      unresolved.push(
        `the policy's \`runtime: ${value}\` is no runtime of the catalog (.NET Framework, .NET, JDK, Node, Python, Go)`,
      );
  }
  if (policy?.runsOn) {
    const { value, span } = policy.runsOn;
    const stack = stackOfOperatingSystem(value) ?? tlsStack(stackOfRunner(value) ?? '');
    if (stack) {
      os = [stack];
      evidence.push(written(span, `runs on ${value}`));
    } else {
      unresolved.push(
        `the policy's \`runs-on: ${value}\` is not known; the catalog has ${operatingSystems().join(', ')}`,
      );
    }
  }
  return { os, runtimes, evidence, unresolved };
}

const written = (span: RuntimeDeclaration['span'], statement: string): Evidence => ({
  strength: 'declared',
  statement,
  span,
});

function runtimeWords({ platform, version, lowerBound, text }: RuntimeDeclaration): string {
  return `${text} (${platform}${version ? ` ${version}` : ''}${lowerBound ? ' or later' : ''})`;
}
