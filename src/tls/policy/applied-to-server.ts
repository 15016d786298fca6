/** TLS settings of files, applied to what a server takes. */
import type { TlsPolicyDeclaration } from '../../model/declaration.ts';
import type { Evidence, Fact, Strength } from '../../model/evidence.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ServerProfile } from '../../model/server-profile.ts';
import type { Effect, Obeying } from './effect.ts';
import { settingEvidence, settingWords } from './setting-evidence.ts';
import { isTds7, type Narrowing, narrowed, settled } from './settled.ts';

/** What a server takes under these settings; fields that cannot be known are left out, with a sentence. */
export function appliedToServer(
  profile: ServerProfile,
  settings: readonly TlsPolicyDeclaration[],
  obeying: Obeying,
): { readonly profile: ServerProfile; readonly unresolved: readonly string[] } {
  let now = profile;
  const unresolved: string[] = [];
  for (const { setting, effect } of settled(settings, 'server', obeying)) {
    const evidence = (took: readonly string[], strength?: Strength) =>
      settingEvidence(setting, took, strength);
    if ('why' in effect) {
      now = without(now, effect.field);
      unresolved.push(`${settingWords(setting)}, and ${effect.why}`);
    } else if ('atLeast' in effect) {
      if (effect.field === 'dhBits')
        now = { ...now, dhBits: { value: effect.atLeast, evidence: evidence([]) } };
    } else if ('value' in effect) {
      now = { ...now, [effect.field]: { value: effect.value, evidence: evidence([]) } };
    } else if (effect.field === 'protocols') {
      const { protocols, undone } = versions(now.protocols, effect, evidence);
      now = { ...now, protocols };
      if (undone.length > 0)
        unresolved.push(
          `${settingWords(setting)}, and whether its build can do ${undone.join(' and ')} is not documented`,
        );
    } else {
      now = listed(now, effect, evidence);
    }
  }
  return { profile: now, unresolved };
}

type Said = (took: readonly string[], strength?: Strength) => Evidence;

/** A version that the build is said not to have is not there because the registry names it: then nothing is known. */
function versions(
  before: ServerProfile['protocols'],
  { on, off }: Extract<Effect, { off: readonly Protocol[] }>,
  evidence: Said,
): { readonly protocols: ServerProfile['protocols']; readonly undone: readonly Protocol[] } {
  const protocols = { ...before };
  for (const one of off) protocols[one] = { value: 'rejected', evidence: evidence([one]) };
  const undone: Protocol[] = [];
  for (const one of on) {
    if (protocols[one]?.value !== 'rejected') protocols[one] = { value: 'accepted', evidence: evidence([]) };
    else if (isTds7(one)) {
      delete protocols[one];
      undone.push(one);
    }
  }
  return { protocols, undone };
}

function listed(profile: ServerProfile, effect: Narrowing, evidence: Said): ServerProfile {
  const { field } = effect;
  if (field === 'suites') {
    const { suites } = profile;
    if (!suites && 'keeps' in effect) return profile;
    const { left, took, strength } = narrowed(suites?.value.names ?? null, effect);
    if (suites && left.join() === suites.value.names.join()) return profile;
    const order = suites?.value.order ?? 'server';
    return { ...profile, suites: { value: { names: left, order }, evidence: evidence(took, strength) } };
  }
  const before: Fact<readonly string[]> | undefined = profile[field];
  if (!before && 'keeps' in effect) return profile;
  const { left, took, strength } = narrowed(before?.value ?? null, effect);
  if (before && left.join() === before.value.join()) return profile;
  return { ...profile, [field]: { value: left, evidence: evidence(took, strength) } };
}

function without(profile: ServerProfile, field: Extract<Effect, { why: string }>['field']): ServerProfile {
  if (field === 'protocols') return { ...profile, protocols: {} };
  const { [field]: _, ...rest } = profile;
  return rest;
}
