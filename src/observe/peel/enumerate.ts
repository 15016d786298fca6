/**
 * Peel-off: every suite a server takes, by asking again without the one it chose, until it refuses. It costs one
 * connection for each suite and one for the refusal.
 */
import type { ClientHelloProfile } from '../../model/hello.ts';
import type { HelloAnswer } from '../../model/observation.ts';
import type { AskOptions } from '../wire/line.ts';

/** Sends one hello; the label is for the log. */
export type Ask = (hello: ClientHelloProfile, label: string, options?: AskOptions) => Promise<HelloAnswer>;

export type Accepted = HelloAnswer & { readonly state: 'accepted' };

/** A hello that was sent, and what came back. */
export interface Heard {
  readonly hello: ClientHelloProfile;
  readonly answer: HelloAnswer;
}

export interface Enumerated {
  /** In the order in which the server chose them. */
  readonly suites: readonly string[];
  /** What it said when it chose each. */
  readonly answers: ReadonlyMap<string, Accepted>;
  /** False when the server fell silent before the end: there may be more. */
  readonly complete: boolean;
}

/** A refusal of so few suites is taken for what it says, whatever was accepted before. */
const SHORT = 8;

/**
 * Every suite of `hello` that the server takes.
 * @param first What was asked already, with the same extensions and some of the suites.
 */
export async function enumerate(
  ask: Ask,
  hello: ClientHelloProfile,
  first: Heard | null = null,
): Promise<Enumerated> {
  const peel = new Peel(ask, hello);
  if (first) peel.heard(first);
  await peel.down(hello.suites.filter((suite) => !peel.answers.has(suite)));
  if (!peel.inPieces || peel.answers.size < 2) return peel;
  // Suites found piece by piece come in no order, so all of them are peeled once more, by themselves.
  const again = new Peel(ask, hello);
  await again.down(peel.suites);
  return again.answers.size === peel.answers.size ? again : peel;
}

class Peel implements Enumerated {
  readonly #ask: Ask;
  readonly #hello: ClientHelloProfile;
  readonly answers = new Map<string, Accepted>();
  /** The longest list of suites that the server read to its end. */
  #longest = SHORT;
  complete = true;
  inPieces = false;

  constructor(ask: Ask, hello: ClientHelloProfile) {
    this.#ask = ask;
    this.#hello = hello;
  }

  get suites(): readonly string[] {
    return [...this.answers.keys()];
  }

  /** The suite that was chosen, `null` for none of those offered. */
  heard({ hello, answer }: Heard): string | null {
    if (answer.state === 'no-answer') this.complete = false;
    if (!isTaken(answer, hello) || !hello.suites.includes(answer.suite)) return null;
    this.#longest = Math.max(this.#longest, hello.suites.length);
    this.answers.set(answer.suite, answer);
    return answer.suite;
  }

  async down(suites: readonly string[]): Promise<void> {
    let left = suites;
    while (left.length > 0) {
      const hello = { ...this.#hello, suites: left };
      const answer = await this.#ask(hello, `${hello.protocols.join(', ')}, ${left.length} suites left`, {
        more: true,
      });
      const chosen = this.heard({ hello, answer });
      if (chosen !== null) left = left.filter((suite) => suite !== chosen);
      else if (answer.state === 'rejected' && left.length > this.#longest) return this.#halves(left);
      else return;
    }
  }

  /** A refusal may be of the hello's length: nothing as long was accepted yet. */
  async #halves(suites: readonly string[]): Promise<void> {
    this.inPieces = true;
    const middle = Math.ceil(suites.length / 2);
    await this.down(suites.slice(0, middle));
    await this.down(suites.slice(middle));
  }
}

/** Accepted, and with the version that was asked for. */
export function isTaken(answer: HelloAnswer, { protocols }: ClientHelloProfile): answer is Accepted {
  return answer.state === 'accepted' && protocols.includes(answer.protocol);
}
