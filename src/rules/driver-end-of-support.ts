import type { Client } from '../model/client.ts';
import { clientWords, type Draft, type Rule } from './rule.ts';

/** The driver gets no fixes any more, or its vendor names another one to use. */
export const driverEndOfSupport: Rule = {
  meta: {
    id: 'driver-end-of-support',
    scenario: null,
    level: 'warning',
    title: 'The driver is out of support',
    why: 'A driver that nobody mends keeps the TLS it was made with. It is often what stops a server from being hardened: no TLS 1.2, no TDS 8.0, no fixes when an operating system raises its policy.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-1-2-support-microsoft-sql-server',
  },
  judgeRepository({ clients, today }) {
    return clients.filter(({ origin }) => origin !== 'server').flatMap((client) => ended(client, today));
  },
};

function ended(client: Client, today: string): readonly Draft[] {
  const { driver, driverSpan } = client;
  const said = words(client, today);
  if (said === null) return [];
  return [
    {
      span: driverSpan,
      // An old version of a living driver is one upgrade away.
      level: driver.status === 'eol' ? 'warning' : 'notice',
      message: `${clientWords(client)} ${said}.`,
      fix:
        driver.status === 'current' || driver.status === 'maintenance'
          ? `Move to a version of ${driver.label} that is supported.`
          : 'Move to a driver that is supported (for .NET Microsoft.Data.SqlClient, for ODBC 18, for OLE DB MSOLEDBSQL19, for Java mssql-jdbc, for Go github.com/microsoft/go-mssqldb).',
      client: client.name,
      target: null,
      evidence: [
        { strength: 'declared', statement: `the client uses ${driver.label}`, span: driverSpan },
        { strength: 'documented', statement: said },
      ],
      about: driver.id,
    },
  ];
}

function words({ driver: { status, supportEnds } }: Client, today: string): string | null {
  if (supportEnds !== null) return supportEnds < today ? `is out of support since ${supportEnds}` : null;
  if (status === 'eol') return 'is no longer supported';
  return status === 'deprecated' ? 'is deprecated' : null;
}
