/** Words of programs that name a driver: the catalog's rows of `declared_as` for source code, and how each is written. */

export interface DriverMark {
  /** Name of the row in the catalog. */
  readonly package: string;
  /** Group 1 is the word that names the driver. */
  readonly pattern: RegExp;
  /** Files in which it means this; absent: any. */
  readonly files?: RegExp;
}

/** The options of an ORM are objects of JavaScript; elsewhere `type: "mssql"` may mean anything. */
const JAVASCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;
const PHP = /\.(?:php|inc|phtml)$/i;
/** `key: 'mssql'` of an object. */
const mssqlAs = (key: string) =>
  new RegExp(`(?<![\\w$])["']?${key}["']?[ \\t]*[:=][ \\t]*["'\`](mssql)["'\`]`, 'dg');

export const DRIVER_MARKS: readonly DriverMark[] = [
  {
    package: 'com.microsoft.sqlserver.jdbc.SQLServerDriver',
    pattern:
      /\b(com\.microsoft\.sqlserver\.jdbc\.SQLServer(?:Driver|DataSource|XADataSource|ConnectionPoolDataSource))\b/dg,
  },
  {
    package: 'net.sourceforge.jtds.jdbc.Driver',
    pattern: /\b(net\.sourceforge\.jtds\.jdbcx?\.(?:Driver|JtdsDataSource))\b/dg,
  },
  { package: "require('mssql/msnodesqlv8')", pattern: /["'`](mssql\/msnodesqlv8)(?:\.js)?["'`]/dg },
  { package: "dialect: 'mssql'", pattern: mssqlAs('dialect'), files: JAVASCRIPT },
  { package: "type: 'mssql'", pattern: mssqlAs('type'), files: JAVASCRIPT },
  { package: "client: 'mssql'", pattern: mssqlAs('client'), files: JAVASCRIPT },
  {
    package: 'ADODB.Connection (VBScript, VBA, classic ASP, COM)',
    pattern: /\b(ADODB\.Connection)\b/dgi,
  },
  { package: 'mssql_connect( (PHP 5)', pattern: /(?<![\w$>:])(mssql_p?connect)[ \t]*\(/dg, files: PHP },
  { package: 'sqlsrv_connect(', pattern: /(?<![\w$>:])(sqlsrv_connect)[ \t]*\(/dg, files: PHP },
];
