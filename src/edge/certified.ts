/** Adds to a probed server what is to be said of its certificate: does it name the host, who trusts it, who refuses it? */
import { withoutFingerprint } from '../model/certificate.ts';
import type { CertificateChecks } from '../model/certificate-checks.ts';
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Address } from '../model/target.ts';
import type { Roots } from './roots.ts';

export interface CertificateOptions {
  /** `null`: the system's. */
  readonly ca: Roots | null;
  /** `HostNameInCertificate` of the connection string; `null`: the host that was asked for. */
  readonly hostName: string | null;
}

interface Sent {
  readonly address: Address;
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
}

/** A lab server has a CA of its own in each process: no system trusts it. */
const LAB_ROOTS: Roots = { certificates: [], from: 'none, for a lab server' };

/** `at`: now, ISO 8601, UTC. */
export async function certified(
  target: ProbedTarget,
  { address, chain }: Sent,
  { ca, hostName }: CertificateOptions,
  at = new Date().toISOString(),
): Promise<ProbedTarget> {
  const { certificate } = target;
  if (chain.length === 0) return target;
  const [{ certificateNames }, { certificateRequirements }, { judgeTrust }] = await Promise.all([
    import('../tls/certificate-names.ts'),
    import('../tls/certificate-requirements.ts'),
    import('../tls/trust.ts'),
  ]);
  const host = hostName ?? (address.kind === 'network' ? address.endpoint.host : null);
  const roots = ca ?? (address.kind === 'lab' ? LAB_ROOTS : (await import('./roots.ts')).systemRoots());
  const certificateChecks: CertificateChecks = {
    host,
    nameMatches: host === null || certificate === null ? null : certificateNames(certificate, host),
    trust: { ...judgeTrust(chain, roots.certificates, at), roots: roots.from },
    requirements: certificate ? certificateRequirements({ certificate, host, at }) : [],
  };
  if (address.kind !== 'lab') return { ...target, certificateChecks };
  return {
    ...target,
    certificate: certificate && withoutFingerprint(certificate),
    chain: target.chain.map(withoutFingerprint),
    certificateChecks,
  };
}
