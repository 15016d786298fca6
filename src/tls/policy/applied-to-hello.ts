/** TLS settings of files, applied to what a client offers. */
import type { ClientLimits } from '../../model/client.ts';
import type { TlsPolicyDeclaration } from '../../model/declaration.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { ClientHelloProfile } from '../../model/hello.ts';
import type { Effect, Obeying } from './effect.ts';
import { settingEvidence, settingWords } from './setting-evidence.ts';
import { isTds7, type Narrowing, narrowed, type Setting, settled } from './settled.ts';

export interface AppliedToHello {
  /** `null` where a setting decides it and cannot be read. */
  readonly hello: ClientHelloProfile | null;
  readonly limits: ClientLimits;
  readonly evidence: readonly Evidence[];
  /** Sentences on what could not be applied. */
  readonly unresolved: readonly string[];
}

/** What one setting changes; nothing where the hello is already so. */
type Changed = {
  readonly hello?: ClientHelloProfile;
  readonly limits?: ClientLimits;
  readonly evidence?: Evidence;
  /** Why it cannot be known. */
  readonly why?: string;
};

/** A client's hello under these settings. Those of the server's side alone say nothing of it. */
export function appliedToHello(
  hello: ClientHelloProfile,
  limits: ClientLimits,
  settings: readonly TlsPolicyDeclaration[],
  obeying: Obeying,
): AppliedToHello {
  let now = { hello, limits };
  const evidence: Evidence[] = [];
  const unresolved: string[] = [];
  for (const one of settled(settings, 'client', obeying)) {
    const changed = changedBy(one, now.hello, now.limits);
    now = { hello: changed.hello ?? now.hello, limits: changed.limits ?? now.limits };
    if (changed.evidence) evidence.push(changed.evidence);
    if (changed.why !== undefined)
      unresolved.push(`what it offers is not known: ${settingWords(one.setting)}, and ${changed.why}`);
  }
  return { ...now, hello: unresolved.length > 0 ? null : now.hello, evidence, unresolved };
}

function changedBy({ setting, effect }: Setting, hello: ClientHelloProfile, limits: ClientLimits): Changed {
  if (effect.field === 'forceEncryption' || effect.field === 'forceStrict') return {};
  if ('why' in effect) return { why: effect.why };
  if ('atLeast' in effect) {
    const field = effect.field === 'dhBits' ? 'minDhBits' : 'minRsaBits';
    return { limits: { ...limits, [field]: effect.atLeast }, evidence: settingEvidence(setting, []) };
  }
  if ('value' in effect)
    return effect.value === hello.extendedMasterSecret
      ? {}
      : {
          hello: captureless({ ...hello, extendedMasterSecret: effect.value }),
          evidence: settingEvidence(setting, []),
        };
  return effect.field === 'protocols'
    ? withVersions(setting, effect, hello)
    : withList(setting, effect, hello);
}

function withVersions(
  setting: TlsPolicyDeclaration,
  { on, off }: Extract<Effect, { off: unknown }>,
  hello: ClientHelloProfile,
): Changed {
  const opened = on.filter((one) => isTds7(one) && !hello.protocols.includes(one));
  if (opened.length > 0) return { why: `whether it can do ${opened.join(' and ')} is not documented` };
  const took = hello.protocols.filter((one) => off.includes(one));
  if (took.length === 0) return {};
  const protocols = hello.protocols.filter((one) => !off.includes(one));
  return { hello: captureless({ ...hello, protocols }), evidence: settingEvidence(setting, took) };
}

function withList(setting: TlsPolicyDeclaration, effect: Narrowing, hello: ClientHelloProfile): Changed {
  const { field } = effect;
  const { left, took, strength } = narrowed(hello[field], effect);
  if (left.join() === hello[field].join()) return {};
  return {
    hello: captureless({ ...hello, [field]: left }),
    evidence: settingEvidence(setting, took, strength),
  };
}

/** What was captured is the hello of a client without the setting. */
const captureless = ({ layout: _, ...hello }: ClientHelloProfile): ClientHelloProfile => hello;
