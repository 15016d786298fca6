/** Named groups, peeled like suites: ask again without the one that the server chose. */
import type { ClientHelloProfile } from '../../model/hello.ts';
import { suiteByName } from '../../tls/cipher-suites.ts';
import { type Accepted, type Ask, isTaken } from './enumerate.ts';

export interface Groups {
  /** In the order in which the server chose them. */
  readonly names: readonly string[];
  readonly complete: boolean;
}

const NONE: Groups = { names: [], complete: true };

/** @param taken The server's answers to `hello`, one for each suite that it takes. */
export async function peelGroups(
  ask: Ask,
  hello: ClientHelloProfile,
  taken: ReadonlyMap<string, Accepted>,
): Promise<Groups> {
  const offered = suitesWithGroups([...taken.keys()]);
  const first = taken.get(offered[0] ?? '')?.group ?? null;
  if (first === null) return NONE;
  const names = [first];
  let left = hello.groups.filter((name) => name !== first);
  while (left.length > 0) {
    const asked = { ...hello, suites: offered, groups: left };
    const answer = await ask(asked, `${hello.protocols.join(', ')}, ${left.length} groups left`, {
      more: true,
    });
    const group = isTaken(answer, asked) ? answer.group : null;
    if (group !== null && left.includes(group) && !names.includes(group)) {
      names.push(group);
      left = left.filter((name) => name !== group);
    } else if (mayBeCurveOfCertificate(offered, names, left, answer.state)) {
      // Its certificate's own curve must stay on the list, or no ECDSA suite is left: it comes last from here on.
      left = [...left, ...names.slice(-1)];
    } else {
      return { names, complete: answer.state !== 'no-answer' };
    }
  }
  return { names, complete: true };
}

/** An ECDSA certificate counts only for a client that lists its curve (RFC 8422 §5.1). */
function mayBeCurveOfCertificate(
  offered: readonly string[],
  names: readonly string[],
  left: readonly string[],
  state: string,
): boolean {
  const last = names.at(-1);
  const onlyEcdsa = offered.every((name) => suiteByName(name)?.authentication === 'ECDSA');
  return onlyEcdsa && state === 'rejected' && last !== undefined && !left.includes(last);
}

/** With an RSA certificate no group is tied to it, so those suites are asked with, where there are any. */
function suitesWithGroups(suites: readonly string[]): readonly string[] {
  const tied = suites.filter((name) => /^(ECDHE|any\(1\.3\))$/.test(suiteByName(name)?.keyExchange ?? ''));
  const free = tied.filter((name) => suiteByName(name)?.authentication !== 'ECDSA');
  return free.length > 0 ? free : tied;
}
