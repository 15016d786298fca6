/** One broad hello for each TLS version. */
import type { HelloAnswer, Observation } from '../model/observation.ts';
import type { Protocol } from '../model/protocol.ts';
import { broadHello, shorterHello } from './peel/broad-hello.ts';
import { answerOf, type Line } from './wire/line.ts';

type Seen = Observation['protocols'];

/**
 * Oldest first, TLS 1.2 last.
 * @param first What a hello of TLS 1.2 with every suite was answered.
 * @param older The versions to ask for beside it.
 */
export async function askVersions(line: Line, first: HelloAnswer, older: readonly Protocol[]): Promise<Seen> {
  if (first.state === 'no-answer') return afterSilence(line, older);
  const newest =
    first.state === 'accepted' ? { offer: broadHello, answer: first } : await shorter(line, first);
  const others = older.map(async (version) => {
    const hello = newest.offer(version);
    return { version, hello, answer: await line.answer(hello, `${version}, every suite`) };
  });
  const { offer, answer } = newest;
  return [...(await Promise.all(others)), { version: 'TLS 1.2', hello: offer('TLS 1.2'), answer }];
}

/** A tarpit is not waited for version by version: each has one try, beside the second one of TLS 1.2. */
async function afterSilence(line: Line, older: readonly Protocol[]): Promise<Seen> {
  const versions = [...older, 'TLS 1.2' as const];
  return Promise.all(
    versions.map(async (version) => {
      const hello = broadHello(version);
      const again = version === 'TLS 1.2' ? ', again' : '';
      return { version, hello, answer: answerOf(await line.ask(hello, `${version}, every suite${again}`)) };
    }),
  );
}

/** Some servers, and boxes in between, dislike long hellos. */
async function shorter(line: Line, refusal: HelloAnswer) {
  const answer = await line.answer(shorterHello('TLS 1.2'), 'TLS 1.2, fewer suites');
  return answer.state === 'accepted'
    ? { offer: shorterHello, answer }
    : { offer: broadHello, answer: refusal };
}
