import { editTo } from './edits.ts';
import { clientWords, type Rule } from './rule.ts';

/** The declared versions of the driver differ in what Encrypt is when nobody writes it. */
export const encryptDefaultChanges: Rule = {
  meta: {
    id: 'encrypt-default-changes',
    scenario: null,
    level: 'notice',
    title: 'The default of Encrypt depends on which build is installed',
    why: 'Drivers switched encryption on by default at some version: Microsoft.Data.SqlClient 4.0, ODBC 18, OLE DB 19, mssql-jdbc 10.2, tedious 6, EF Core 7. Where the declared range holds builds of both sides, the same connection string means two things, and an update ends in a certificate error. Writing `Encrypt` settles it.',
    helpUri:
      'https://learn.microsoft.com/sql/relational-databases/security/networking/connect-with-strict-encryption',
  },
  judgeClient(client) {
    const { settings, driver, connectionSpan, encryptSpan, local } = client;
    if (local || connectionSpan === null || encryptSpan !== null) return [];
    if (settings.encrypt !== null || driver.version === null) return [];
    const end = {
      ...connectionSpan,
      start: connectionSpan.end,
      line: connectionSpan.endLine,
      column: connectionSpan.endColumn,
    };
    return [
      {
        span: connectionSpan,
        message: `${clientWords(client)}: builds of this range differ in what Encrypt is by default, and this connection string does not say it.`,
        fix: 'Write Encrypt=True (Mandatory), with a certificate the client trusts, or pin the version.',
        changes: [editTo(end, ';Encrypt=True', false)],
        client: client.name,
        target: null,
        evidence: [
          { strength: 'declared', statement: `the version is ${driver.version}`, span: client.driverSpan },
        ],
        about: 'range',
      },
    ];
  },
};
