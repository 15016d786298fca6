/**
 * Keywords of connection strings, their synonyms and values, as data. Sources: SqlConnection.ConnectionString; "DSN and
 * connection string keywords" of the ODBC driver; "Using connection string keywords with OLE DB Driver"; "Setting the
 * connection properties" of the JDBC driver; jTDS FAQ; FreeTDS user guide, ODBC attributes; go-mssqldb README; Prisma.
 */
import type { EncryptMode } from '../../model/connection.ts';

export type Dialect = 'ado' | 'oledb' | 'odbc' | 'jdbc' | 'jtds' | 'url' | 'sqlsrv' | 'dblib';

/** The rows of {@link SPELLINGS}. */
export type Canonical =
  | 'server'
  | 'port'
  | 'instance'
  | 'database'
  | 'user'
  | 'encrypt'
  | 'trustServerCertificate'
  | 'hostNameInCertificate'
  | 'pooling'
  | 'connectTimeout'
  | 'driver'
  | 'provider'
  | 'dsn'
  | 'inner';

type Spellings = Readonly<Partial<Record<Canonical, readonly string[]>>>;

const SERVER = ['server', 'data source', 'addr', 'address', 'network address'];
const DATABASE = ['database', 'initial catalog'];
const USER = ['user id', 'uid', 'user'];
const TRUST = ['trustservercertificate', 'trust server certificate'];
const HOST_NAME = ['hostnameincertificate', 'host name in certificate'];
const DSN = ['dsn', 'filedsn'];

const SPELLINGS: Readonly<Record<Dialect, Spellings>> = {
  ado: {
    server: SERVER,
    // Not SqlClient's, but go-mssqldb reads this grammar too.
    port: ['port'],
    database: DATABASE,
    user: USER,
    encrypt: ['encrypt'],
    trustServerCertificate: TRUST,
    hostNameInCertificate: HOST_NAME,
    pooling: ['pooling'],
    connectTimeout: ['connect timeout', 'connection timeout', 'timeout'],
    provider: ['provider'],
    inner: ['provider connection string'],
  },
  oledb: {
    server: SERVER,
    database: DATABASE,
    user: USER,
    encrypt: ['use encryption for data', 'encrypt'],
    trustServerCertificate: TRUST,
    hostNameInCertificate: HOST_NAME,
    provider: ['provider'],
  },
  odbc: {
    // FreeTDS's Servername is a section of freetds.conf, not a host.
    server: ['server', 'addr', 'address', 'network address'],
    port: ['port'],
    database: ['database'],
    user: ['uid', 'user id', 'user'],
    encrypt: ['encrypt', 'encryption'],
    trustServerCertificate: TRUST,
    hostNameInCertificate: HOST_NAME,
    driver: ['driver'],
    dsn: DSN,
  },
  jdbc: {
    server: ['servername', 'server'],
    port: ['portnumber', 'port'],
    instance: ['instancename'],
    database: ['databasename', 'database'],
    user: ['user', 'username'],
    encrypt: ['encrypt'],
    trustServerCertificate: ['trustservercertificate'],
    hostNameInCertificate: ['hostnameincertificate'],
    connectTimeout: ['logintimeout'],
  },
  jtds: {
    server: ['servername'],
    port: ['portnumber'],
    instance: ['instance'],
    database: ['databasename'],
    user: ['user'],
    encrypt: ['ssl'],
    trustServerCertificate: ['ssl'],
  },
  sqlsrv: {
    server: ['server'],
    database: ['database'],
    encrypt: ['encrypt'],
    trustServerCertificate: ['trustservercertificate'],
    driver: ['driver'],
  },
  // Encryption is freetds.conf's.
  dblib: { server: ['host'], database: ['dbname'] },
  url: {
    server: [...SERVER, 'servername'],
    port: ['port'],
    instance: ['instance', 'instancename'],
    database: [...DATABASE, 'databasename'],
    user: [...USER, 'username', 'userid'],
    encrypt: ['encrypt', 'encryption'],
    trustServerCertificate: TRUST,
    hostNameInCertificate: HOST_NAME,
    driver: ['driver'],
    dsn: DSN,
  },
};

/** True when `keyword` is a spelling of `canonical` in that dialect; case does not count. */
export function isKeyword(dialect: Dialect, canonical: Canonical, keyword: string): boolean {
  return SPELLINGS[dialect][canonical]?.includes(spelled(keyword)) ?? false;
}

/** True when the dialect has a meaning for it. */
export function isKnown(dialect: Dialect, keyword: string): boolean {
  return Object.values(SPELLINGS[dialect]).some((spellings) => spellings.includes(spelled(keyword)));
}

const SQL_CLIENT_ONLY = new Set([
  'trusted_connection',
  'multipleactiveresultsets',
  'multiple active result sets',
  'mars_connection',
  'applicationintent',
  'application intent',
  'multisubnetfailover',
  'multi subnet failover',
  'attachdbfilename',
  'workstation id',
  'wsid',
  'column encryption setting',
  'transparentnetworkipresolution',
  'transparent network ip resolution',
  'type system version',
  'failover partner',
  'failover_partner',
  'hostnameincertificate',
  'host name in certificate',
]);

/** Words of SQL Server's drivers alone. */
export const isSqlClientOnly = (keyword: string): boolean => SQL_CLIENT_ONLY.has(spelled(keyword));

const SQL_CLIENT = new Set([...TRUST, 'integrated security', 'initial catalog', 'authentication']);

/** Words of SqlClient that a few other drivers borrowed. */
export const isSqlClient = (keyword: string): boolean => SQL_CLIENT.has(spelled(keyword));

const FOREIGN = new Set([
  // Npgsql, MySQL
  'host',
  'hostname',
  'username',
  'userid',
  'ssl mode',
  'sslmode',
  'charset',
  'character set',
  'search path',
  'allow user variables',
  'allowuservariables',
  'allow zero datetime',
  'convert zero datetime',
  'allowpublickeyretrieval',
  'protocol',
  // SQLite, Access
  'version',
  'cache',
  'mode',
  'filename',
  'journal mode',
  'failifmissing',
  'jet oledb:database password',
  // Oracle
  'tns_admin',
  'dba privilege',
  'service name',
  'sid',
  // Azure and others
  'accountendpoint',
  'endpoint',
  'defaultendpointsprotocol',
  'entitypath',
  'sharedaccesskeyname',
  'abortconnect',
]);

/** Words of other databases and services. */
export const isForeign = (keyword: string): boolean => FOREIGN.has(spelled(keyword));

const FOREIGN_PORTS = new Set([
  '3306',
  '3307',
  '33060',
  '5432',
  '5433',
  '6432',
  '6379',
  '1521',
  '27017',
  '50000',
]);

/** A port that other databases listen on by default. */
export const isForeignPort = (port: string): boolean => FOREIGN_PORTS.has(port.trim());

const SECRETS = new Set([
  'pwd',
  'pass',
  'passwd',
  'passphrase',
  'accesstoken',
  'accountkey',
  'apikey',
  'clientassertion',
  'clienttoken',
  'keyvaultproviderclientkey',
  'secret',
  'secretkey',
  'sharedaccesskey',
  'sharedaccesssignature',
  'systemtoken',
  'userassertion',
]);

/** The value must never be kept or shown. */
export function isSecretKeyword(keyword: string): boolean {
  const name = keyword.toLowerCase().replace(/[\s_-]/g, '');
  return SECRETS.has(name) || name.endsWith('password') || name.endsWith('secret');
}

type Values<T extends string> = Readonly<Record<T, readonly string[]>>;

const ENCRYPT: Values<EncryptMode> = {
  Mandatory: ['true', 'yes', 'mandatory', '1'],
  Optional: ['false', 'no', 'optional', '0'],
  Strict: ['strict'],
};
/** go-mssqldb and Prisma have words of their own. */
const ENCRYPT_OF_URL: Values<EncryptMode> = {
  Mandatory: [...ENCRYPT.Mandatory, 't'],
  Optional: [...ENCRYPT.Optional, 'f', 'disable', 'danger_plaintext'],
  Strict: ENCRYPT.Strict,
};
/** `ssl` of jTDS, `encryption` of FreeTDS and pymssql. */
const ENCRYPT_IN_GRADES: Values<EncryptMode> = {
  Mandatory: ['require', 'authenticate'],
  Optional: ['off', 'request'],
  Strict: ['strict'],
};
const IN_GRADES = ['ssl', 'encryption'];

/** `null` for a value that this keyword does not have. */
export function encryptMode(dialect: Dialect, keyword: string, written: string): EncryptMode | null {
  const usual = dialect === 'url' ? ENCRYPT_OF_URL : ENCRYPT;
  return meaning(IN_GRADES.includes(spelled(keyword)) ? ENCRYPT_IN_GRADES : usual, written);
}

const TRUSTS: Values<'yes' | 'no'> = { yes: ['true', 'yes', '1'], no: ['false', 'no', '0'] };
const TRUSTS_OF_URL: Values<'yes' | 'no'> = { yes: [...TRUSTS.yes, 't'], no: [...TRUSTS.no, 'f'] };
/** jTDS takes any certificate unless it is to authenticate the server. */
const TRUSTS_OF_SSL: Values<'yes' | 'no'> = { yes: ['request', 'require'], no: ['authenticate'] };

/** `null` for a value that this keyword does not have. */
export function trusts(dialect: Dialect, written: string): boolean | null {
  const values = dialect === 'jtds' ? TRUSTS_OF_SSL : dialect === 'url' ? TRUSTS_OF_URL : TRUSTS;
  const found = meaning(values, written);
  return found === null ? null : found === 'yes';
}

function meaning<T extends string>(values: Values<T>, written: string): T | null {
  const value = written.trim().toLowerCase();
  return (Object.keys(values) as T[]).find((one) => values[one].includes(value)) ?? null;
}

/** Case and the number of blanks do not count. */
function spelled(keyword: string): string {
  return keyword.trim().toLowerCase().replace(/\s+/g, ' ');
}
