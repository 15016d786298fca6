// Servers that answer the login of `--ntlm` in other ways than a challenge: each is told apart, none is waited for without end.
import { afterEach, expect, test } from '@jest/globals';
import { encodeChallenge } from '../../../src/lab/ntlm.ts';
import { done, errorMessage, loginAck, securityToken } from '../../../src/lab/tokens.ts';
import { ntlmChallenge } from '../../../src/observe/handshakes/ntlm.ts';
import { Line } from '../../../src/observe/wire/line.ts';
import { opensslTds } from '../openssl-tds.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** What is found, the logins that the server saw, and the log. */
async function ask(answer: Buffer | null, deadlineMs = 5000) {
  const logins: Buffer[] = [];
  const login = (message: Buffer) => {
    logins.push(message);
    return answer;
  };
  const server = await opensslTds({ maxVersion: 'TLSv1.2' }, { login });
  closing.push(() => server.close());
  const log: string[] = [];
  const where = { host: '127.0.0.1', port: server.port, instance: '', serverName: null };
  const line = new Line(where, { deadlineMs, scanMs: deadlineMs, onConnection: (text) => log.push(text) });
  const found = await ntlmChallenge(line, (build) => `Windows ${build}`);
  return { found, logins, log, connections: server.connections() };
}

const CHALLENGE = encodeChallenge({
  build: '10.0.17763',
  computer: 'SQL01',
  domain: ['CONTOSO', 'contoso.example'],
});

test('a challenge ends it: one connection, one message, no credential', async () => {
  const { found, logins, log, connections } = await ask(securityToken(CHALLENGE));
  expect(found).toMatchObject({ state: 'challenged', version: '10.0.17763', windows: 'Windows 10.0.17763' });
  expect(connections).toBe(1);
  expect(logins).toHaveLength(1);
  expect(log).toEqual([expect.stringMatching(/a login that is not ended: 10\.0\.17763$/)]);
});

test('a server that never answers the login: no answer, by the deadline', async () => {
  const { found, logins } = await ask(null, 300);
  expect(found).toEqual({ state: 'no-answer', reason: 'no answer after 0.3 s' });
  expect(logins).toHaveLength(1);
});

test('an error is an answer', async () => {
  const { found } = await ask(Buffer.concat([errorMessage(18_452, 'Login failed.'), done(2)]));
  expect(found).toEqual({ state: 'refused', number: 18_452, message: 'Login failed.' });
});

test.each([
  [
    'Kerberos alone',
    securityToken(Buffer.from('a1143012a0030a0101', 'hex')),
    /perhaps it takes Kerberos alone/,
  ],
  ['a login it took without a credential', loginAck('15.0.2000'), /it took a login without a credential/],
  ['bytes of another message', Buffer.from('d1000000', 'hex'), /token 0xd1 in the answer to a login/],
])('%s is told', async (_, answer, reason) => {
  const { found } = await ask(answer);
  expect(found).toEqual({ state: 'no-answer', reason: expect.stringMatching(reason) });
});
