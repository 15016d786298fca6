// What a login learned, in words: safe to print, within its width, and silent about what was not learned.
import { describe, expect, test } from '@jest/globals';
import { type ServerEvidence, type ServerLogin, unsentLogin } from '../../src/model/server-evidence.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { loginInBrief, loginWords } from '../../src/report/login-words.ts';
import { loginRows } from '../../src/report/probe-login.ts';
import { line } from '../../src/report/probe-row.ts';
import { painter } from '../../src/report/style.ts';
import { SAMPLE } from './sample-report.ts';

const login = SAMPLE.targets.find((target) => target.login)?.login;
if (!login?.evidence) throw new Error('the sample has no login');
const { evidence } = login;
const changed = (parts: Partial<ServerEvidence>): ServerLogin => ({
  state: 'accepted',
  reason: null,
  evidence: { ...evidence, ...parts },
});
const NOTHING: ServerLogin = {
  state: 'accepted',
  reason: null,
  evidence: {
    product: null,
    host: null,
    session: null,
    certificate: {
      seen: null,
      configured: null,
      relation: null,
      forceEncryption: null,
      forceStrict: null,
    },
    connectivity: null,
    workers: null,
    dispatcherPools: null,
    notes: [],
  },
};

describe('in words', () => {
  test('all of it', () => {
    expect(loginWords(login)).toEqual([
      'build 15.0.4430.1 (CU32) on Windows Server 2019 Standard (build 17763), session encrypted',
      'connectivity ring buffer: 14 records of the last 24 hours, 12 with error 10054: 12 LoginTimers (10054 reading, error 17830); 2 ConnectionClose (by Tds, PhysicalConnectionIsKilled, SessionIsKilled)',
      'slowest of 12 logins with timers: 16340 ms in all; longest wait for a worker 15210 ms, TLS 230 ms, reading 900 ms',
      'the registry names no certificate: the server picked one, or made one at its start',
      'workers: 21 active of 64, at most 512; 0 tasks wait; THREADPOOL waits since the start: 3, 1250 ms in all',
      expect.stringMatching(/^sys\.dm_os_dispatcher_pools: permission denied/),
    ]);
  });

  test('nothing but a login', () => {
    expect(loginWords(NOTHING)).toEqual(['build not known']);
    expect(loginInBrief(NOTHING)).toEqual(['build not known']);
  });

  test('no login: no evidence in short, the reason in full', () => {
    expect(loginInBrief(null)).toEqual([]);
    expect(loginInBrief(unsentLogin('it is late'))).toEqual([]);
    expect(loginWords(unsentLogin('it is late'))).toEqual(['no evidence: it is late']);
  });

  test('an empty ring buffer; a pool whose work waits; a session without TLS', () => {
    const empty = {
      records: 0,
      unreadable: 0,
      oldestSeconds: null,
      newestSeconds: null,
      causes: [],
      loginTimers: null,
    };
    const pool = { name: 'Login', dispatchers: 1, idealDispatchers: 1, waiting: 0, queueLength: 7 };
    const session = { encrypted: false, transport: null, authentication: null, tdsVersion: null };
    const words = loginWords(changed({ connectivity: empty, dispatcherPools: [pool], session })).join('\n');
    expect(words).toContain('session not encrypted');
    expect(words).toContain('connectivity ring buffer: empty');
    expect(words).toContain('dispatcher pool Login: 7 waiting');
  });
});

test('text of a server does not steer the terminal', () => {
  const host = {
    platform: null,
    distribution: 'Win\u001b[2Jdows\n::error::',
    release: null,
    windowsBuild: null,
  };
  const pool = {
    name: 'a\u001b]0;x\u0007',
    dispatchers: 1,
    idealDispatchers: 1,
    waiting: 0,
    queueLength: 1,
  };
  const words = loginWords(changed({ host, dispatcherPools: [pool], notes: ['a\u202eb'] }));
  for (const text of words) expect(text).not.toMatch(/\p{Cc}|\u202e/u);
});

test.each([40, 80, 120])('rows of a probe page keep to %i columns', (width) => {
  const rows = loginRows(login, width, painter({ color: false, width }));
  expect(rows.map(({ label }) => label).filter(Boolean)).toEqual(['login']);
  for (const one of rows.map(line).filter((text) => text.trim().includes(' ')))
    expect([one, displayWidth(one) <= width]).toEqual([one, true]);
});
