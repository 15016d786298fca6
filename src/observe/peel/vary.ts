/**
 * What a server minds: one more hello with everything changed at once that it should not care about. Only when that is
 * refused is each change asked by itself.
 */
import type { ClientHelloProfile } from '../../model/hello.ts';
import type { HelloAnswer } from '../../model/observation.ts';
import type { AskOptions } from '../wire/line.ts';
import { type Accepted, type Ask, isTaken } from './enumerate.ts';

export interface Varied {
  /** Whose order of suites decides; `null` with fewer than two, or when it could not be told. */
  readonly order: 'server' | 'client' | null;
  /** Answers to hellos without these signature algorithms; `null` where the version has none to leave out. */
  readonly withoutSha1: HelloAnswer | null;
  readonly withoutSha512: HelloAnswer | null;
  /** Answer to a hello that offers compression. */
  readonly compression: HelloAnswer;
  /** Answer to a hello that names no host; `null` when none was ever named. */
  readonly withoutServerName: HelloAnswer | null;
}

const SHA1 = /_sha1$/;
const SHA512 = /_sha512$/;

/** Of suites in the order they were chosen. Asked the other way round, a server that follows the client chooses another. */
export async function orderOf(
  ask: Ask,
  hello: ClientHelloProfile,
  suites: readonly string[],
): Promise<Varied['order']> {
  if (suites.length < 2) return null;
  const reversed = { ...hello, suites: [...suites].reverse() };
  const answer = await ask(reversed, label(hello, 'order reversed'));
  return isTaken(answer, reversed) ? told(answer, suites) : null;
}

/** @param named Whether hellos name a host. */
export async function vary(
  ask: Ask,
  hello: ClientHelloProfile,
  suites: readonly string[],
  { named }: { readonly named: boolean },
): Promise<Varied> {
  const reversed = { ...hello, suites: [...suites].reverse() };
  const signs = hello.signatureAlgorithms.length > 0;
  const everything: AskOptions = { compression: true, withoutServerName: named };
  const answer = await ask(
    without(reversed, SHA1, SHA512),
    label(hello, 'order reversed, varied'),
    everything,
  );
  if (isTaken(answer, hello)) {
    return {
      order: suites.length < 2 ? null : told(answer, suites),
      withoutSha1: signs ? answer : null,
      withoutSha512: signs ? answer : null,
      compression: answer,
      withoutServerName: named ? answer : null,
    };
  }
  const one = (what: string, changed: ClientHelloProfile, options?: AskOptions) =>
    ask(changed, label(hello, what), options);
  return {
    order: await orderOf(ask, hello, suites),
    withoutSha1: signs ? await one('without SHA-1', without(hello, SHA1)) : null,
    withoutSha512: signs ? await one('without SHA-512', without(hello, SHA512)) : null,
    compression: await one('with compression', hello, { compression: true }),
    withoutServerName: named ? await one('without server name', hello, { withoutServerName: true }) : null,
  };
}

function told(answer: Accepted, [first]: readonly string[]): 'server' | 'client' {
  return answer.suite === first ? 'server' : 'client';
}

function without(hello: ClientHelloProfile, ...hashes: readonly RegExp[]): ClientHelloProfile {
  const signatureAlgorithms = hello.signatureAlgorithms.filter(
    (name) => !hashes.some((hash) => hash.test(name)),
  );
  return { ...hello, signatureAlgorithms };
}

const label = ({ protocols }: ClientHelloProfile, what: string) => `${protocols.join(', ')}, ${what}`;
