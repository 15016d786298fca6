/** Adds to a probed server what a login learned; the time that it took stands with the other times. */
import type { ProbedTarget } from '../model/probe-report.ts';
import type { LoginVariables } from '../model/server-evidence.ts';
import type { Address } from '../model/target.ts';
import { onePhase } from '../model/timings.ts';
import type { Where } from '../observe/wire/line.ts';
import type { Reach } from './arrival.ts';
import type { CertificateOptions } from './certified.ts';
import { loggedIn, withLogin } from './login.ts';

export interface ProbedLogin {
  /** `null`: nobody logs in, and the target stays as it is. */
  readonly login: LoginVariables | null;
  readonly address: Address;
  readonly certificate: CertificateOptions;
  readonly reach: Reach;
}

export async function withProbedLogin(
  target: ProbedTarget,
  where: Where,
  { login, address, certificate, reach }: ProbedLogin,
): Promise<ProbedTarget> {
  if (!login) return target;
  const named = { ...where, serverName: certificate.hostName ?? where.serverName };
  const made = await loggedIn(named, login, {
    ...reach,
    strict: target.forcesStrict,
    answered: target.prelogin !== null,
    lab: address.kind === 'lab',
    ca: certificate.ca,
  });
  const { acknowledgedMs } = made;
  const measured = target.timings && acknowledgedMs !== null;
  const timings = measured ? { ...target.timings, login: onePhase(acknowledgedMs) } : target.timings;
  return withLogin({ ...target, timings }, made);
}
