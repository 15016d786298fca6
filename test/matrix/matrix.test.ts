// Every driver on every stack against every server: no exception, the condensed table read by eye, and what is known to be so.
import { describe, expect, test } from '@jest/globals';
import { documentedProfile, serverOfProduct } from '../../src/catalog/servers.ts';
import { stackOfOperatingSystem } from '../../src/catalog/tls-stacks.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { expectGolden } from '../golden.ts';
import { judged, type MatrixClient, type MatrixServer, matrixClients, matrixServers } from './matrix.ts';

const CLIENTS = matrixClients();

test('every pair is judged, and no error rests on supposition', () => {
  const servers = matrixServers();
  let pairs = 0;
  for (const client of CLIENTS)
    for (const server of servers) {
      const { outcome, reason, step } = judged(client, server);
      pairs += 1;
      if (reason === '' || ((outcome === 'fails' || outcome === 'may-fail') && step === null))
        throw new Error(
          `${client.driver} ${client.one.label} × ${server.product} ${server.build}: no reason`,
        );
    }
  expect(pairs).toBeGreaterThan(50_000);
});

const server = (product: string, os: string | null): MatrixServer => {
  const stack = os === null ? null : stackOfOperatingSystem(os);
  const named = serverOfProduct(product, os === null);
  if (!named || stack === undefined) throw new Error(`the catalog has no ${product} on ${os}`);
  return { product, build: named.build, os, profile: documentedProfile(named, stack) };
};

/** One of each kind, oldest first. */
const COLUMNS: readonly MatrixServer[] = [
  server('SQL Server 2008 R2', 'Windows Server 2008 R2'),
  server('SQL Server 2012 (11.0.2100)', 'Windows Server 2012'),
  server('SQL Server 2014 (12.0.2000)', 'Windows Server 2012 R2'),
  server('SQL Server 2014 SP3', 'Windows Server 2012 R2'),
  server('SQL Server 2016', 'Windows Server 2012 R2'),
  server('SQL Server 2016', 'Windows Server 2016'),
  server('SQL Server 2017', 'Windows Server 2019'),
  server('SQL Server 2019', 'Windows Server 2019'),
  server('SQL Server 2022', 'Windows Server 2022'),
  server('SQL Server 2025', 'Windows Server 2025'),
  server('SQL Server 2017 on Linux (14.0.1000)', null),
  server('SQL Server 2019 on Linux', null),
  server('SQL Server 2022 on Linux', null),
  server('SQL Server 2025 on Linux', null),
  server('Azure SQL Database', null),
];

const MARKS = { connects: '+', fails: '-', 'may-fail': '~', unknown: '?' } as const;

/** Version where it connects, scenario or step where it does not. */
function cell(verdicts: readonly Verdict[]): string {
  const words = new Set(
    verdicts.map(({ outcome, protocol, scenario, step }) => {
      const what = outcome === 'connects' ? (protocol?.slice(4) ?? 'bare') : (scenario ?? step ?? '');
      return `${MARKS[outcome]}${what}`;
    }),
  );
  return [...words].sort().join(' ');
}

function table(rows: ReadonlyMap<string, readonly MatrixClient[]>): string {
  const head = COLUMNS.map(
    ({ product, os }, at) => `${String.fromCharCode(65 + at)} = ${product}${os ? ` on ${os}` : ''}`,
  );
  const lines = [...rows].map(([name, clients]) => {
    const cells = COLUMNS.map((column) => cell(clients.map((client) => judged(client, column))));
    const groups = cells.map((text, at) => ({ text, letter: String.fromCharCode(65 + at) }));
    const merged = groups.reduce<{ text: string; letters: string }[]>((all, { text, letter }) => {
      const same = all.find((one) => one.text === text);
      if (same) same.letters += letter;
      else all.push({ text, letters: letter });
      return all;
    }, []);
    return `${name}\n${merged.map(({ text, letters }) => `    ${letters.padEnd(COLUMNS.length)} ${text}`).join('\n')}`;
  });
  return `${head.join('\n')}\n\n+ connects in the version, - fails, ~ may fail: by the scenario or the step; ? not known\n\n${lines.join('\n')}\n`;
}

function grouped(key: (client: MatrixClient) => string): ReadonlyMap<string, readonly MatrixClient[]> {
  const rows = new Map<string, MatrixClient[]>();
  for (const client of CLIENTS) rows.set(key(client), [...(rows.get(key(client)) ?? []), client]);
  return rows;
}

test('by driver', () => {
  expectGolden(
    'test/matrix/drivers.golden.txt',
    table(grouped(({ driver, versions }) => `${driver} ${versions}`)),
  );
});

test('by TLS stack', () => {
  const stacks = grouped(({ one }) => `${one.stack ?? 'no TLS'}${one.condition ? ` ${one.condition}` : ''}`);
  expectGolden('test/matrix/stacks.golden.txt', table(stacks));
});

/** Verdicts of the cases of a driver on a stack. */
const of = (driver: string, stack: string, on: MatrixServer, versions?: string) => {
  const found = CLIENTS.filter(
    (client) =>
      client.driver === driver &&
      client.one.stack === stack &&
      (versions === undefined || client.versions.includes(versions)),
  );
  expect([driver, stack, found.length > 0]).toEqual([driver, stack, true]);
  return found.map((client) => judged(client, on));
};

describe('what is known to be so', () => {
  const windows = (product: string, os: string) => server(product, `Windows Server ${os}`);
  const DHE = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';

  test.each(['2016', '2019', '2022'])(
    'scenario 3: Windows Server %s chooses DHE for 2012 and 2012 R2 (tls-stacks.yaml, negotiation_rules)',
    (os) => {
      for (const stack of ['schannel-2012', 'schannel-2012r2'])
        expect(of('msodbcsql17', stack, windows('SQL Server 2019', os)).map(({ suite }) => suite)).toContain(
          DHE,
        );
    },
  );

  test.each(['2025', '2012 R2', '2012'])('… and Windows Server %s does not (the same)', (os) => {
    const [verdict] = of('msodbcsql17', 'schannel-2012r2', windows('SQL Server 2016', os));
    expect(verdict?.suite).toMatch(/^TLS_ECDHE_RSA_WITH_AES_256_CBC/);
  });

  test('scenario 2: rustls and Windows Server 2012 R2 share no suite for an RSA certificate (tls-stacks.yaml, negotiation_rules)', () => {
    for (const os of ['2012', '2012 R2'])
      for (const verdict of of('tiberius', 'rustls-0.21-0.23', windows('SQL Server 2016', os)))
        expect(verdict).toMatchObject({ outcome: 'fails', scenario: 2 });
  });

  test.each([
    ['go-mssqldb-microsoft', 'go-1.18-1.21', 'drivers-notes.md 14'],
    ['tedious', 'node-12-16', 'drivers-notes.md 13'],
    ['mssql-jdbc', 'jdk-8u291', 'drivers-notes.md 11'],
    ['msodbcsql17', 'ubuntu-20.04', 'drivers-notes.md 9'],
  ])('scenario 1: %s on %s needs TLS 1.2, which SQL Server 2014 RTM lacks (%s)', (driver, stack) => {
    const rtm = windows('SQL Server 2014 (12.0.2000)', '2012 R2');
    for (const verdict of of(driver, stack, rtm, driver === 'mssql-jdbc' ? '12.' : undefined))
      expect(verdict).toMatchObject({ outcome: 'fails', step: 'protocol', cause: 'server-protocols' });
  });

  test('… and JDK 8 before 8u291 still connects in TLS 1.0 (drivers-notes.md 11)', () => {
    const rtm = windows('SQL Server 2014 (12.0.2000)', '2012 R2');
    const verdicts = of('mssql-jdbc', 'jdk-8u161', rtm, '12.');
    expect(verdicts.map(({ protocol }) => protocol)).toContain('TLS 1.0');
  });

  test.each([
    ['msodbcsql17', 'ubuntu-20.04'],
    ['msodbcsql18', 'debian-12'],
    ['go-mssqldb-microsoft', 'go-1.25-1.26'],
    ['tedious', 'node-24'],
  ])(
    'scenario 4: %s on %s lists no SHA-1, and SQL Server 2016 on Windows Server 2012 R2 then closes (corrections.md 1)',
    (driver, stack) => {
      for (const verdict of of(driver, stack, windows('SQL Server 2016', '2012 R2')))
        expect(verdict).toMatchObject({ outcome: 'may-fail', cause: 'sha1-fallback-certificate' });
      for (const verdict of of(driver, stack, windows('SQL Server 2016', '2016')))
        expect(verdict.outcome).toBe('connects');
    },
  );

  test('scenario 5: Windows Server 2019 and 2012 R2 meet in DHE, one of them fixed (scenarios.md, scenario 5)', () => {
    const [verdict] = of('msodbcsql17', 'schannel-2012r2', windows('SQL Server 2019', '2019'));
    expect(verdict).toMatchObject({ outcome: 'may-fail', scenario: 5, cause: 'dhe-leading-zero' });
  });

  test('the 2017 RTM image takes static RSA alone, which Go 1.22 does not offer (corrections.md 2)', () => {
    const ga = server('SQL Server 2017 on Linux (14.0.1000)', null);
    for (const verdict of of('go-mssqldb-microsoft', 'go-1.22', ga))
      expect(verdict).toMatchObject({ outcome: 'fails', scenario: 2 });
    for (const verdict of of('go-mssqldb-microsoft', 'go-1.18-1.21', ga))
      expect(verdict.outcome).toBe('connects');
  });
});
