// A real client against the lab: the whole handshake, login and a query; and a reset where nothing is in common.
import { afterEach, describe, expect, test } from '@jest/globals';
import { Connection, type ConnectionConfiguration, Request } from 'tedious';
import { labProfile } from '../../src/lab/profiles.ts';
import { type RunningLab, startLab } from '../../src/lab/server.ts';

let lab: RunningLab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

async function play(name: string): Promise<number> {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  lab = await startLab(profile);
  return lab.port;
}

type Options = NonNullable<ConnectionConfiguration['options']>;

/** Connects, asks `select 1`, and closes. */
function ask(port: number, options: Options): Promise<unknown> {
  return new Promise((done, fail) => {
    const connection = new Connection({
      server: '127.0.0.1',
      authentication: { type: 'default', options: { userName: 'someone', password: 'not looked at' } },
      options: {
        port,
        connectTimeout: 5000,
        trustServerCertificate: true,
        serverName: 'sql.contoso.example',
        ...options,
      },
    });
    let value: unknown;
    const query = new Request('select 1', (error) => {
      connection.close();
      if (error) fail(error);
      else done(value);
    });
    query.on('row', (columns: { value: unknown }[]) => {
      value = columns[0]?.value;
    });
    connection.connect((error) => (error ? fail(error) : connection.execSqlBatch(query)));
  });
}

describe('tedious logs in and asks', () => {
  test.each([
    ['sql-server-2019-tls12-only', { encrypt: true }],
    ['sql-server-2019-force-encryption', { encrypt: true }],
    ['sql-server-2022', { encrypt: true }],
    ['sql-server-2022-rsa-kex-only', { encrypt: true }],
    ['sql-server-2019-self-signed-sha512', { encrypt: true }],
    ['sql-server-2019-tls12-only', { encrypt: false }],
  ] as const)('%s with %o', async (name, options) => {
    expect(await ask(await play(name), options)).toBe(1);
  });
});

describe('tedious fails where it should', () => {
  test('no common suite: the connection is reset', async () => {
    const port = await play('sql-server-2022-rsa-kex-only');
    const ecdheOnly = { encrypt: true, cryptoCredentialsDetails: { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' } };
    await expect(ask(port, ecdheOnly)).rejects.toMatchObject({
      code: 'ESOCKET',
      message: expect.stringMatching(/ECONNRESET/),
    });
  });

  test('no common protocol: TLS 1.2 against a TLS 1.0 server', async () => {
    await expect(ask(await play('sql-server-2014-rtm'), { encrypt: true })).rejects.toMatchObject({
      code: 'ESOCKET',
    });
  });

  test('a server without encryption', async () => {
    await expect(ask(await play('sql-server-2019-no-encryption'), { encrypt: true })).rejects.toThrow(
      /encrypt/i,
    );
  });

  test('a silent server', async () => {
    await expect(ask(await play('silent'), { encrypt: true, connectTimeout: 300 })).rejects.toMatchObject({
      code: 'ETIMEOUT',
    });
  });
});
