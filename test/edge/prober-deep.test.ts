// `probe --deep`: what it adds to a target, and that it adds no connection where there is nothing to ask.
import { expect, test } from '@jest/globals';
import { prober } from '../../src/edge/prober.ts';

const REACH = { refuse: () => null, log: () => {}, deadlineMs: 2000 };

async function probe(profile: string, deep: boolean) {
  const found = await prober(REACH, { simulate: false, timings: null, deep })(
    { kind: 'lab', profile },
    `lab:${profile}`,
  );
  if (!('endpoint' in found)) throw new Error(found.reason);
  return found;
}

test.each(['fixed', 'unfixed'])('a server that is %s', async (kind) => {
  const profile = `sql-server-2016-dhe-${kind}`;
  const [shallow, deep] = [await probe(profile, false), await probe(profile, true)];
  expect(shallow.leadingZero).toBeNull();
  expect(deep.leadingZero).toMatchObject({ verdict: kind, withoutExtendedMasterSecret: kind });
  expect(shallow.resumption).toBeNull();
  // The lab keeps no sessions: two handshakes tell that of ids, one that it gives no ticket.
  expect(deep.resumption).toEqual({ id: false, ticket: false });
  expect(deep.connections - shallow.connections).toBe((deep.leadingZero?.attempts.length ?? 0) + 3);
});

test.each([
  ['sql-server-2022', 'it takes no DHE suite, so this cannot happen'],
  ['sql-server-2019-no-encryption', 'it answers ENCRYPT_NOT_SUP, so there is no TLS to ask for'],
  ['closing', 'it closed the connection instead of answering PRELOGIN'],
])('%s: %s', async (profile, reason) => {
  const found = await probe(profile, true);
  expect(found.leadingZero).toMatchObject({ verdict: 'unknown', reason, attempts: [] });
});
