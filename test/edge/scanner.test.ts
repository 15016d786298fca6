// What a check asks a target: politely little, unless the policy asks for more.
import { expect, test } from '@jest/globals';
import { scanner } from '../../src/edge/reach.ts';
import { labProfile } from '../../src/lab/profiles.ts';
import { UNKNOWN_SERVER } from '../../src/model/server-profile.ts';
import type { Target } from '../../src/model/target.ts';

const PROFILE = 'sql-server-2022-gcm-only';

async function scanned(more: Partial<Target>) {
  const target: Target = {
    name: 'orders',
    origin: 'policy',
    address: { kind: 'lab', profile: PROFILE },
    endpoints: [],
    span: { file: 'a', start: 0, end: 1, line: 1, column: 1, endLine: 1, endColumn: 2 },
    described: UNKNOWN_SERVER,
    planned: null,
    unresolved: [],
    ...more,
  };
  const scan = scanner({ refuse: () => null, log: () => {}, deadlineMs: 2000 });
  const found = await scan(target, { hellos: [], strict: false });
  if ('reason' in found) throw new Error(found.reason);
  return found.observation;
}

test('one hello for each version, and nothing enumerated', async () => {
  expect(await scanned({})).toMatchObject({ connections: 3, enumerated: null });
});

test('`enumerate: true`: every suite of the newest version', async () => {
  const { enumerated } = await scanned({ enumerate: true });
  expect(enumerated).toEqual({ version: 'TLS 1.2', names: labProfile(PROFILE)?.suites, order: 'server' });
});
