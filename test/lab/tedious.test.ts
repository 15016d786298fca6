// A real client against the lab: the whole handshake, login and a query; and a reset where nothing is in common.
import { afterEach, describe, expect, test } from '@jest/globals';
import { Connection, type ConnectionConfiguration, Request } from 'tedious';
import { mintCertificate } from '../../src/lab/certificates.ts';
import { labProfile } from '../../src/lab/profiles.ts';
import { closeAll, type Playing, play } from './client.ts';

afterEach(closeAll);

type Options = NonNullable<ConnectionConfiguration['options']>;
interface Column {
  readonly metadata: { readonly colName: string };
  readonly value: unknown;
}

const OLD = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
const PASSWORD = 'canary-7f3a';
const DHE_ONLY = { ciphers: 'DHE-RSA-AES256-GCM-SHA384' };

function caOf(name: string): string {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  return mintCertificate(profile.certificate).chain;
}

/** A connection that is not open yet, and what the server told it meanwhile. */
function client({ port }: Playing, options: Options) {
  const connection = new Connection({
    server: '127.0.0.1',
    authentication: { type: 'default', options: { userName: 'someone', password: PASSWORD } },
    options: {
      port,
      connectTimeout: 5000,
      trustServerCertificate: true,
      serverName: 'sql.contoso.example',
      ...options,
    },
  });
  const told: string[] = [];
  connection.on('infoMessage', ({ message }) => told.push(message));
  connection.on('databaseChange', (database) => told.push(database));
  return { connection, told };
}

/** Connects, sends `sql` as a batch (or as an RPC), and closes. The row comes as column names and values. */
function ask(
  lab: Playing,
  options: Options,
  sql = 'select 1',
  how: 'execSqlBatch' | 'execSql' = 'execSqlBatch',
) {
  const { connection, told } = client(lab, options);
  return new Promise<{ row: [string, unknown][]; told: string[] }>((done, fail) => {
    let row: [string, unknown][] = [];
    const query = new Request(sql, (error) => {
      connection.close();
      if (error) fail(error);
      else done({ row, told });
    });
    query.on('row', (columns: Column[]) => {
      row = columns.map(({ metadata, value }) => [metadata.colName, value]);
    });
    connection.connect((error) => (error ? fail(error) : connection[how](query)));
  });
}

describe('tedious logs in and asks', () => {
  test.each([
    ['sql-server-2019-tls12-only', { encrypt: true }],
    ['sql-server-2019-force-encryption', { encrypt: true }],
    ['sql-server-2022', { encrypt: true }],
    ['sql-server-2022-rsa-kex-only', { encrypt: true }],
    ['sql-server-2019-self-signed-sha512', { encrypt: true }],
    // The lab's own DHE server.
    ['sql-server-2016-dhe-fixed', { encrypt: true, cryptoCredentialsDetails: DHE_ONLY }],
    ['sql-server-2016-dhe-fixed', { encrypt: false, cryptoCredentialsDetails: DHE_ONLY }],
    // OFF meets OFF: TLS for the login packet. OFF meets NOT_SUP: none.
    ['sql-server-2019-tls12-only', { encrypt: false }],
    ['sql-server-2019-no-encryption', { encrypt: false }],
    // Told to, it speaks the old versions.
    ['sql-server-2014-rtm', { encrypt: true, cryptoCredentialsDetails: OLD }],
    [
      'sql-server-2016-on-windows-2012-r2',
      { encrypt: true, cryptoCredentialsDetails: { ...OLD, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' } },
    ],
  ] as const)('%s with %o', async (name, options) => {
    const lab = await play(name);
    expect((await ask(lab, options)).row).toEqual([['', 1]]);
    expect(lab.events.join('\n')).not.toContain(PASSWORD);
  });

  test.each(['sql-server-2022-strict', 'sql-server-2022-force-strict'])(
    '%s with Encrypt=Strict, which checks the certificate whatever else is set',
    async (name) => {
      const lab = await play(name);
      await expect(ask(lab, { encrypt: 'strict' })).rejects.toThrow(
        /self-signed certificate in certificate chain/,
      );
      const ca = caOf(name);
      const { row } = await ask(lab, { encrypt: 'strict', cryptoCredentialsDetails: { ca } });
      expect(row).toEqual([['', 1]]);
      expect(lab.events).toContainEqual(expect.stringMatching(/^handshake: TLSv1\.3 /));
    },
  );

  test('a named column; the database; the word of welcome', async () => {
    const lab = await play('sql-server-2022');
    const { row, told } = await ask(lab, { encrypt: true }, 'SELECT 42 AS answer;');
    expect(row).toEqual([['answer', 42]]);
    expect(told).toEqual(['master', "Changed database context to 'master'."]);
  });

  test.each(['execSqlBatch', 'execSql'] as const)(
    'anything else is an error of the server (%s)',
    async (how) => {
      const asked = ask(await play('sql-server-2022'), { encrypt: true }, 'drop table orders', how);
      await expect(asked).rejects.toMatchObject({ code: 'EREQUEST', number: 40_000, class: 16 });
    },
  );
});

describe('tedious fails where it should', () => {
  test('no common suite: the connection is reset', async () => {
    const lab = await play('sql-server-2022-rsa-kex-only');
    const ecdheOnly = { encrypt: true, cryptoCredentialsDetails: { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' } };
    await expect(ask(lab, ecdheOnly)).rejects.toMatchObject({
      code: 'ESOCKET',
      message: expect.stringMatching(/ECONNRESET/),
    });
    expect(lab.events).toEqual([expect.stringMatching(/^refused by reset: /)]);
  });

  test('a certificate that is not trusted', async () => {
    const careful = { encrypt: true, trustServerCertificate: false };
    await expect(ask(await play('sql-server-2022-rsa-kex-only'), careful)).rejects.toMatchObject({
      code: 'ESOCKET',
      message: expect.stringMatching(/self-signed certificate/),
    });
  });

  test('no common protocol: tedious itself refuses TLS 1.0', async () => {
    const lab = await play('sql-server-2014-rtm');
    await expect(ask(lab, { encrypt: true })).rejects.toMatchObject({
      code: 'ESOCKET',
      message: expect.stringMatching(/unsupported protocol/),
    });
    expect(lab.events.join()).not.toMatch(/refused/);
  });

  test('Force Encryption and a client that does not want it', async () => {
    const lab = await play('sql-server-2019-force-encryption');
    await expect(ask(lab, { encrypt: false })).rejects.toThrow(/requires encryption/);
  });

  test('a server without encryption', async () => {
    await expect(ask(await play('sql-server-2019-no-encryption'), { encrypt: true })).rejects.toThrow(
      /encrypt/i,
    );
  });

  test('a silent server', async () => {
    const impatient = { encrypt: true, connectTimeout: 300 };
    await expect(ask(await play('silent'), impatient)).rejects.toMatchObject({ code: 'ETIMEOUT' });
  });
});
