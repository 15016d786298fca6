/** What one driver build on one TLS stack puts into its ClientHello inside TDS 7.x. */
import type { ClientHelloProfile } from '../model/hello.ts';
import { compareProtocols, type Protocol, TDS7_PROTOCOLS } from '../model/protocol.ts';
import type { DriverVersion } from './drivers.ts';
import type { TlsStack } from './tls-stacks.ts';

/** Suites that exist only in TLS 1.2: AEAD modes and SHA-2 MACs (RFC 5246, 5288, 5289). A lower hello leaves them out. */
const TLS12_ONLY = /_(GCM|CCM|CCM_8|POLY1305)_?|_SHA(256|384)$/;

/**
 * The hello of `build` on `stack`: the versions both allow, at most TLS 1.2 (and at most `ceiling`), with the stack's
 * suites, groups and signature algorithms. `protocols` is empty when the two share no version.
 */
export function helloOf(
  build: DriverVersion,
  stack: TlsStack,
  ceiling: Protocol = 'TLS 1.2',
): ClientHelloProfile {
  const protocols = TDS7_PROTOCOLS.filter(
    (version) =>
      stack.client.includes(version) &&
      compareProtocols(version, ceiling) <= 0 &&
      (build.tlsMin === null || compareProtocols(version, build.tlsMin) >= 0) &&
      (build.tlsMax === null || compareProtocols(version, build.tlsMax) <= 0),
  );
  const tls12 = protocols.includes('TLS 1.2');
  return {
    protocols,
    suites: tls12 ? stack.suites : stack.suites.filter((suite) => !TLS12_ONLY.test(suite)),
    groups: without(stack.groups, stack.tls13Groups),
    signatureAlgorithms: tls12 ? without(stack.signatureAlgorithms, stack.tls13SignatureAlgorithms) : [],
    extendedMasterSecret: stack.extendedMasterSecret ?? true,
  };
}

const without = (all: readonly string[], some: readonly string[] = []) =>
  all.filter((name) => !some.includes(name));
