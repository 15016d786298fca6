/** Which settings of files count for one side, and what one of them leaves of a list. */
import type { TlsPolicyDeclaration } from '../../model/declaration.ts';
import type { Strength } from '../../model/evidence.ts';
import type { Protocol } from '../../model/protocol.ts';
import { suiteByName } from '../cipher-suites.ts';
import { type Effect, effectsOf, type Obeying } from './effect.ts';

export interface Setting {
  readonly setting: TlsPolicyDeclaration;
  readonly effect: Effect;
}

/** TLS 1.3 never decides anything inside TDS 7.x, and SSL 3.0 is in no hello that is modelled. */
export const isTds7 = (version: Protocol) => version !== 'SSL 3.0' && version !== 'TLS 1.3';

/** An effect on a list of names. */
export type Narrowing = Extract<Effect, { list: readonly string[] } | { keeps: (name: string) => boolean }>;

/** A named suite that this side does not have by default may be there or not: what follows is then supposed. */
export function narrowed(
  before: readonly string[] | null,
  effect: Narrowing,
): { readonly left: readonly string[]; readonly took: readonly string[]; readonly strength?: Strength } {
  if ('keeps' in effect) {
    const left = (before ?? []).filter(effect.keeps);
    return { left, took: (before ?? []).filter((name) => !left.includes(name)), ...weaker(effect.strength) };
  }
  const known = effect.list.filter((name) => effect.field !== 'suites' || suiteByName(name));
  if (before === null) return { left: known, took: [] };
  const left = known.filter((name) => before.includes(name));
  const took = before.filter((name) => !left.includes(name));
  const isBeyond = known.some(
    (name) => !before.includes(name) && suiteByName(name)?.minProtocol !== 'TLS 1.3',
  );
  return { left, took, ...weaker(isBeyond ? 'assumed' : effect.strength) };
}

const weaker = (strength: Strength | undefined) => (strength === undefined ? {} : { strength });

/** The settings of one side with what they do. Of two values for one version of Schannel the one that says off decides. */
export function settled(
  settings: readonly TlsPolicyDeclaration[],
  side: 'client' | 'server',
  obeying: Obeying,
): readonly Setting[] {
  const own = settings.filter((one) => one.side === side || one.side === 'both');
  const off = new Set(
    own.filter((one) => isVersion(one) && one.value === false).map(({ subject }) => subject),
  );
  return own
    .filter((one) => !(isVersion(one) && one.value === true && off.has(one.subject)))
    .flatMap((setting) => effectsOf(setting, obeying).map((effect) => ({ setting, effect })));
}

const isVersion = ({ configuration, setting }: TlsPolicyDeclaration) =>
  configuration === 'schannel' && setting === 'protocol';
