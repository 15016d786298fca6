/** Keywords of connection strings and their synonyms, as data. Compared without case and spaces. */

export type Canonical =
  | 'server'
  | 'port'
  | 'instance'
  | 'database'
  | 'user'
  | 'encrypt'
  | 'trustServerCertificate'
  | 'hostNameInCertificate'
  | 'driver'
  | 'provider'
  | 'dsn'
  | 'inner'
  | 'sqlClientOnly';

/** Sources: SqlConnection.ConnectionString, ODBC and OLE DB keyword pages, JDBC connection properties, go-mssqldb README. */
const SPELLINGS: Readonly<Record<Canonical, readonly string[]>> = {
  server: ['server', 'data source', 'addr', 'address', 'network address', 'servername'],
  port: ['port', 'portnumber'],
  instance: ['instancename'],
  database: ['database', 'initial catalog', 'databasename'],
  user: ['user id', 'uid', 'user', 'username'],
  encrypt: ['encrypt', 'use encryption for data', 'ssl'],
  trustServerCertificate: ['trustservercertificate', 'trust server certificate'],
  hostNameInCertificate: ['hostnameincertificate', 'host name in certificate'],
  driver: ['driver'],
  provider: ['provider'],
  dsn: ['dsn', 'filedsn'],
  inner: ['provider connection string'],
  sqlClientOnly: [
    'integrated security',
    'trusted_connection',
    'multipleactiveresultsets',
    'mars_connection',
    'multisubnetfailover',
    'applicationintent',
    'attachdbfilename',
    'workstation id',
    'persist security info',
    'column encryption setting',
    'transparentnetworkipresolution',
  ],
};

const BY_SPELLING = new Map(
  (Object.keys(SPELLINGS) as Canonical[]).flatMap((canonical) =>
    SPELLINGS[canonical].map((spelling) => [fold(spelling), canonical] as const),
  ),
);

/** `undefined` for a keyword that says nothing here. */
export function canonicalKeyword(keyword: string): Canonical | undefined {
  return BY_SPELLING.get(fold(keyword));
}

const SECRETS = new Set(
  [
    'password',
    'pwd',
    'passwd',
    'new password',
    'access token',
    'keystoresecret',
    'keystorepassword',
    'truststorepassword',
    'clientkeypassword',
    'aadsecureprincipalsecret',
    'clientsecret',
    'client secret',
    'secret',
    'sharedaccesskey',
    'accountkey',
    'apikey',
  ].map(fold),
);

/** The value must never be kept or shown. */
export function isSecretKeyword(keyword: string): boolean {
  const folded = fold(keyword);
  return SECRETS.has(folded) || folded.endsWith('password') || folded.endsWith('secret');
}

function fold(keyword: string): string {
  return keyword.toLowerCase().replace(/\s+/g, '');
}

const MODES = {
  Mandatory: ['true', 'yes', 'mandatory', '1', 't', 'on', 'require', 'authenticate'],
  Optional: ['false', 'no', 'optional', '0', 'f', 'off', 'request', 'disable', 'danger_plaintext'],
  Strict: ['strict'],
} as const;

export function encryptMode(written: string): 'Mandatory' | 'Optional' | 'Strict' | null {
  const value = written.trim().toLowerCase();
  const modes = Object.keys(MODES) as (keyof typeof MODES)[];
  return modes.find((mode) => MODES[mode].some((one) => one === value)) ?? null;
}

export function yesOrNo(written: string): boolean | null {
  const value = written.trim().toLowerCase();
  if (['true', 'yes', '1', 't'].includes(value)) return true;
  return ['false', 'no', '0', 'f'].includes(value) ? false : null;
}
