/**
 * Peel-off: every suite a server takes, by asking again without the one it chose, until it refuses. It costs one
 * connection for each suite and one for the refusal.
 */
import type { ClientHelloProfile } from '../model/hello.ts';
import type { HelloAnswer } from '../model/observation.ts';
import { suiteByName } from '../tls/cipher-suites.ts';

/** Sends one hello; the label is for the log. */
export type Ask = (hello: ClientHelloProfile, label: string) => Promise<HelloAnswer>;

export interface Enumerated {
  /** In the order in which the server chose them. */
  readonly suites: readonly string[];
  readonly order: 'server' | 'client' | null;
  readonly groups: readonly string[];
  /** False when the server fell silent before the end: there may be more. */
  readonly complete: boolean;
}

/** A hello that a server refuses for its length is asked again in pieces of this many suites. */
const PIECE = 32;

/** `first`: the answer to `hello` itself, when it was asked already. */
export async function enumerate(
  ask: Ask,
  hello: ClientHelloProfile,
  first: HelloAnswer | null,
): Promise<Enumerated> {
  const whole = await peelSuites(ask, hello, first ?? (await ask(hello, label(hello))));
  const peeled = whole.found.length > 0 || !whole.complete ? whole : await inPieces(ask, hello);
  const order = await orderOf(ask, hello, peeled.found);
  const groups = await peelGroups(ask, hello, peeled.found);
  return { suites: peeled.found, order, groups: groups.found, complete: peeled.complete && groups.complete };
}

interface Peeled {
  readonly found: readonly string[];
  readonly complete: boolean;
}

async function peelSuites(ask: Ask, hello: ClientHelloProfile, first: HelloAnswer): Promise<Peeled> {
  const found: string[] = [];
  let left = hello.suites;
  let answer = first;
  while (isTaken(answer, hello) && left.includes(answer.suite)) {
    const { suite } = answer;
    found.push(suite);
    left = left.filter((one) => one !== suite);
    if (left.length === 0) return { found, complete: true };
    answer = await ask({ ...hello, suites: left }, `${label(hello)}, ${left.length} suites left`);
  }
  return { found, complete: answer.state !== 'no-answer' };
}

/** Suites found piece by piece come in no order, so the whole of them is peeled once more. */
async function inPieces(ask: Ask, hello: ClientHelloProfile): Promise<Peeled> {
  const found: string[] = [];
  let complete = true;
  for (let at = 0; at < hello.suites.length; at += PIECE) {
    const piece = { ...hello, suites: hello.suites.slice(at, at + PIECE) };
    const peeled = await peelSuites(ask, piece, await ask(piece, `${label(hello)}, suites from ${at + 1}`));
    found.push(...peeled.found);
    complete &&= peeled.complete;
  }
  if (found.length < 2) return { found, complete };
  const all = { ...hello, suites: found };
  const ordered = await peelSuites(ask, all, await ask(all, `${label(hello)}, in order`));
  return ordered.found.length === found.length ? { found: ordered.found, complete } : { found, complete };
}

/** Asked the other way round, a server that follows the client chooses another. */
async function orderOf(
  ask: Ask,
  hello: ClientHelloProfile,
  found: readonly string[],
): Promise<Enumerated['order']> {
  const [first] = found;
  if (first === undefined || found.length < 2) return null;
  const answer = await ask({ ...hello, suites: [...found].reverse() }, `${label(hello)}, order reversed`);
  if (!isTaken(answer, hello)) return null;
  return answer.suite === first ? 'server' : 'client';
}

async function peelGroups(ask: Ask, hello: ClientHelloProfile, found: readonly string[]): Promise<Peeled> {
  const suites = found.filter((name) => suiteByName(name)?.keyExchange === 'ECDHE');
  const groups: string[] = [];
  let left = hello.groups;
  while (suites.length > 0 && left.length > 0) {
    const answer = await ask(
      { ...hello, suites, groups: left },
      `${label(hello)}, ${left.length} groups left`,
    );
    if (!isTaken(answer, hello)) return { found: groups, complete: answer.state !== 'no-answer' };
    const { group } = answer;
    if (group === null || !left.includes(group)) break;
    groups.push(group);
    left = left.filter((one) => one !== group);
  }
  return { found: groups, complete: true };
}

function isTaken(
  answer: HelloAnswer,
  hello: ClientHelloProfile,
): answer is HelloAnswer & { state: 'accepted' } {
  return answer.state === 'accepted' && hello.protocols.includes(answer.protocol);
}

const label = ({ protocols }: ClientHelloProfile) => protocols.join(', ');
