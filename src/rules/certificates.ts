/** Certificates of a target: the one it has, and the one it is going to have. */
import type { CertificateFacts } from '../model/certificate.ts';
import type { Fact } from '../model/evidence.ts';
import type { JudgedPair, JudgedTarget } from './rule.ts';

export interface TargetCertificate {
  readonly certificate: Fact<CertificateFacts>;
  readonly when: JudgedPair['when'];
  /** First day on which it counts; `null`: today, or no day is set. */
  readonly from: string | null;
  /** The pairs that meet it. */
  readonly pairs: readonly JudgedPair[];
}

/** A planned certificate is known by the pairs that were judged with it; one that stays is not said twice. */
export function certificatesOf({ server, pairs }: JudgedTarget): readonly TargetCertificate[] {
  const of = (when: JudgedPair['when']) => pairs.filter((pair) => pair.when === when);
  const planned = of('planned');
  const [first] = planned;
  const then = first?.server.certificate;
  const changes = then && then.value !== server.certificate?.value;
  return [
    ...(server.certificate
      ? [{ certificate: server.certificate, when: 'current', from: null, pairs: of('current') } as const]
      : []),
    ...(changes ? [{ certificate: then, when: 'planned', from: first.from, pairs: planned } as const] : []),
  ];
}
