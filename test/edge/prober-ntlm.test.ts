// `probe --ntlm`: the Windows of a server, from a login that is begun and never ended.
import { expect, test } from '@jest/globals';
import { prober } from '../../src/edge/prober.ts';

async function probe(profile: string, ntlm = true) {
  const said: string[] = [];
  const reach = { refuse: () => null, log: (line: string) => said.push(line), deadlineMs: 2000 };
  const options = { simulate: false, timings: null, deep: false, ntlm };
  const found = await prober(reach, options)({ kind: 'lab', profile }, `lab:${profile}`);
  if (!('endpoint' in found)) throw new Error(found.reason);
  return found;
}

test.each([
  ['sql-server-2014-rtm', '6.3.9600', 'Windows Server 2012 R2 / Windows 8.1'],
  ['sql-server-2016-dhe-fixed', '10.0.14393', 'Windows Server 2016 / Windows 10 1607'],
  ['sql-server-2019-tls12-only', '10.0.17763', 'Windows Server 2019 / Windows 10 1809'],
  ['sql-server-2022', '10.0.20348', 'Windows Server 2022'],
])('%s: %s', async (profile, version, windows) => {
  expect((await probe(profile)).ntlm).toEqual({
    state: 'challenged',
    version,
    windows,
    netbiosComputer: 'SQL01',
    netbiosDomain: 'CONTOSO',
    dnsComputer: 'sql01.contoso.example',
    dnsDomain: 'contoso.example',
    time: '2026-01-01T00:00:00.000Z',
  });
});

test('Linux without a domain refuses, and that is an answer', async () => {
  expect((await probe('sql-server-2019-on-linux')).ntlm).toMatchObject({ state: 'refused', number: 18452 });
});

test('it costs one connection, and none where it is not asked', async () => {
  const [without, asked] = [await probe('sql-server-2022', false), await probe('sql-server-2022')];
  expect(without.ntlm).toBeNull();
  expect(asked.connections - without.connections).toBe(1);
});

test.each([
  ['sql-server-2019-no-encryption', 'it answers ENCRYPT_NOT_SUP, and no login is begun in clear text'],
  ['sql-server-2022-force-strict', 'it forces TDS 8.0, and this is asked inside TDS 7.x alone'],
])('%s: no login is begun, and why', async (profile, reason) => {
  const [without, asked] = [await probe(profile, false), await probe(profile)];
  expect(asked.ntlm).toEqual({ state: 'not-asked', reason });
  expect(asked.connections).toBe(without.connections);
});
