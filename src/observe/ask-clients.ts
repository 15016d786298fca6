/** Each distinct client hello once, and where one is refused a broader one that tells why. */
import { type ClientHelloProfile, helloKey } from '../model/hello.ts';
import type { HelloAnswer } from '../model/observation.ts';
import type { Line } from './wire/line.ts';

/** A further hello worth sending after this one was refused. */
export type AfterRejection = (hello: ClientHelloProfile) => ClientHelloProfile;

/** Answers by {@link helloKey}, the broader hellos among them. */
export async function askClients(
  line: Line,
  distinct: readonly ClientHelloProfile[],
  afterRejection: AfterRejection | undefined,
): Promise<ReadonlyMap<string, HelloAnswer>> {
  const asked = new Map<string, Promise<HelloAnswer>>();
  const once = (hello: ClientHelloProfile, label: string): Promise<HelloAnswer> => {
    const key = helloKey(hello);
    const answer = asked.get(key) ?? line.answer(hello, label);
    asked.set(key, answer);
    return answer;
  };
  await Promise.all(
    distinct.map(async (hello, index) => {
      const label = `client hello ${index + 1} of ${distinct.length}`;
      const answer = await once(hello, label);
      if (answer.state === 'rejected' && afterRejection)
        await once(afterRejection(hello), `${label}, every signature algorithm`);
    }),
  );
  return new Map(await Promise.all([...asked].map(async ([key, answer]) => [key, await answer] as const)));
}

/** Refused with every signature algorithm too, so that it is for its suites. */
export function isRefused(
  hello: ClientHelloProfile,
  answers: ReadonlyMap<string, HelloAnswer>,
  afterRejection: AfterRejection | undefined,
): boolean {
  const broader = afterRejection ? answers.get(helloKey(afterRejection(hello))) : undefined;
  return answers.get(helloKey(hello))?.state === 'rejected' && (broader?.state ?? 'rejected') === 'rejected';
}
