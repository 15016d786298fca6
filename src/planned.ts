/** Plans that name a certificate: its file is read, and what it says becomes part of the change. */
import type { NotChecked } from './model/check-report.ts';
import type { Plan, Target } from './model/target.ts';
import type { Workspace } from './model/workspace.ts';
import { certificateOfPem } from './tls/certificate.ts';

/** `whatIf` takes the place of every plan of the policy file's targets. */
export async function withPlans(
  targets: readonly Target[],
  whatIf: Plan | null,
  { read }: Workspace,
): Promise<{ readonly targets: readonly Target[]; readonly notChecked: readonly NotChecked[] }> {
  const notChecked: NotChecked[] = [];
  const planned = targets.map(async (target): Promise<Target> => {
    const plan = (target.origin === 'policy' ? whatIf : null) ?? target.planned;
    if (!plan?.certificateFile) return { ...target, planned: plan };
    const file = await read(plan.certificateFile);
    const certificate = 'text' in file ? certificateOfPem(file.text) : null;
    if (certificate) return { ...target, planned: { ...plan, change: { ...plan.change, certificate } } };
    const why = 'problem' in file ? file.problem : 'it holds no certificate in PEM';
    const reason = `the planned certificate ${plan.certificateFile} cannot be used: ${why}`;
    notChecked.push({ subject: target.name, reason, file: target.span.file, line: target.span.line });
    return target;
  });
  return { targets: await Promise.all(planned), notChecked };
}
