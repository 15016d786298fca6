/** A server as it would be: what is planned, or asked with `--what-if`. */
import type { TlsPolicyDeclaration } from '../model/declaration.ts';
import type { Evidence } from '../model/evidence.ts';
import type { HelloAnswer } from '../model/observation.ts';
import type { ServerChange } from '../model/server-change.ts';
import { type ServerProfile, withProtocols } from '../model/server-profile.ts';
import { suiteByName } from './cipher-suites.ts';
import { appliedToServer } from './policy/applied-to-server.ts';

/** Answers that were seen count as long as what they name is left; where something is added, refusals no longer count. */
export function changed(profile: ServerProfile, change: ServerChange, evidence: Evidence): ServerProfile {
  const { settings, ...rest } = change;
  return withChange(settings ? withSettings(profile, settings) : profile, rest, evidence);
}

/** A setting of a planned file is newer than what was seen; of the answers those count that it still allows. */
function withSettings(profile: ServerProfile, settings: readonly TlsPolicyDeclaration[]): ServerProfile {
  const os = profile.os?.value;
  const oldWindows = os === undefined ? null : /Windows Server 20(?:03|08|12)/.test(os);
  const applied = appliedToServer(profile, settings, { oldWindows, securityLevel: null }).profile;
  const counts = (answer: HelloAnswer) =>
    answer.state === 'accepted' &&
    applied.protocols[answer.protocol]?.value !== 'rejected' &&
    applied.suites?.value.names.includes(answer.suite) !== false;
  return { ...applied, answers: new Map([...applied.answers].filter(([, answer]) => counts(answer))) };
}

function withChange(profile: ServerProfile, change: ServerChange, evidence: Evidence): ServerProfile {
  const { protocols, suites, without, strict, certificate } = change;
  const versions = protocols ? withProtocols(profile, { value: protocols, evidence }) : profile;
  const taken = versions.suites?.value;
  const isLeft = (name: string) =>
    (suites === undefined || suites.includes(name)) &&
    !without?.some((kind) => suiteByName(name)?.keyExchange === kind);
  const names = (suites ?? taken?.names)?.filter(isLeft);
  const adds = suites !== undefined || certificate !== undefined;
  const counts = (answer: HelloAnswer) =>
    answer.state === 'accepted' ? isLeft(answer.suite) && suites === undefined : !adds && !protocols;
  return {
    ...versions,
    ...(names &&
      (suites || without) && { suites: { value: { names, order: taken?.order ?? 'server' }, evidence } }),
    ...(strict && { strict: { value: true, evidence }, forceStrict: { value: true, evidence } }),
    ...(certificate && { certificate: { value: certificate, evidence } }),
    answers: new Map([...versions.answers].filter(([, answer]) => counts(answer))),
  };
}
