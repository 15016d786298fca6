// `probe --timings`: from a target to its numbers and its hint.
import { expect, test } from '@jest/globals';
import { prober } from '../../src/edge/prober.ts';
import type { ProbedTarget } from '../../src/model/probe-report.ts';

const reach = { refuse: () => null, log: () => {}, deadlineMs: 5000 };

async function probed(profile: string, timings: number | null): Promise<ProbedTarget> {
  const found = await prober(reach, { simulate: false, timings, deep: false })(
    { kind: 'lab', profile },
    `lab:${profile}`,
  );
  if ('endpoint' in found) return found;
  throw new Error(found.reason);
}

test('asked for: every timed connection is counted with the others', async () => {
  const [without, timed] = [
    await probed('sql-server-2014-rtm', null),
    await probed('sql-server-2014-rtm', 3),
  ];
  expect(without.timings).toBeNull();
  expect(timed.connections).toBe(without.connections + 3);
  // A server of TLS 1.0 alone: the hello is one that it takes.
  expect(timed.timings).toMatchObject({ connections: 3, hint: null, serverHello: { count: 3 } });
});

test('a server without TLS: PRELOGIN is timed, no hello is sent', async () => {
  const { timings } = await probed('sql-server-2019-no-encryption', 2);
  expect(timings).toMatchObject({
    prelogin: { count: 2 },
    serverHello: { count: 0, failures: { closes: 0 } },
  });
});

test('a server that forces TDS 8.0 is not timed: it would close each connection', async () => {
  expect(await probed('sql-server-2022-force-strict', 20)).toMatchObject({
    forcesStrict: true,
    timings: null,
  });
});
