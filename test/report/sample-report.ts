/** A small report that has a bit of everything: three clients, three targets, a plan, a suppression, silence. */
import type {
  CheckReport,
  Excerpt,
  PairResult,
  ReportContext,
  TargetResult,
} from '../../src/model/check-report.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { ServerLogin } from '../../src/model/server-evidence.ts';
import type { Place } from '../../src/model/span.ts';

const LINES: Readonly<Record<string, readonly string[]>> = {
  'services/billing/Billing.csproj': [
    '<Project>',
    '  <PropertyGroup>',
    '    <TargetFrameworkVersion>v4.0</TargetFrameworkVersion>',
  ],
  'services/orders-api/appsettings.json': [
    '{',
    '\t"ConnectionStrings": {',
    '\t\t"Orders": "Server=tcp:sql-orders.contoso.example,1433;Database=注文;User Id=orders;Password=***;Encrypt=True;TrustServerCertificate=True"',
  ],
  'services/storefront/.env.example': ['CATALOG_DB=Server=sql-orders.contoso.example;Encrypt=false'],
};

/** Excerpts of the sample's files. */
export function excerpt({ file, line, column, endLine, endColumn }: Place): Excerpt | null {
  const text = LINES[file]?.[line - 1];
  return text === undefined
    ? null
    : { text, start: column - 1, end: endLine === line ? endColumn - 1 : text.length };
}

/** Place of the first occurrence of `text` in a line of the sample's files. */
function placeOf(file: string, line: number, text: string): Place {
  const column = (LINES[file]?.[line - 1] ?? '').lastIndexOf(text) + 1;
  if (column === 0) throw new Error(`${file}:${line} has no ${text}`);
  return { file, line, column, endLine: line, endColumn: column + text.length };
}

export const SAMPLE_CONTEXT: ReportContext = { failOn: 'error', filesRead: 41, excerpt };

export function finding(changes: Partial<Finding>): Finding {
  return {
    rule: 'no-common-protocol',
    scenario: 1,
    level: 'error',
    confidence: 'documented',
    ...placeOf('services/billing/Billing.csproj', 3, 'v4.0'),
    message:
      'services/billing (System.Data.SqlClient of .NET Framework 4.0) and billing have no TLS version in common: the client offers TLS 1.0; the server takes TLS 1.2. The probe saw it: the server reset the connection.',
    fix: 'Install .NET Framework 4.6 or later.',
    changes: [],
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-1-2-support-microsoft-sql-server',
    client: 'services/billing',
    target: 'billing',
    evidence: [
      {
        strength: 'declared',
        statement: 'the client uses System.Data.SqlClient of .NET Framework 4.0',
        span: { ...placeOf('services/billing/Billing.csproj', 3, 'v4.0'), start: 58, end: 62 },
      },
      {
        strength: 'documented',
        statement: 'Windows Server 2008 R2 offers TLS 1.0 with System.Data.SqlClient',
        source: 'https://learn.microsoft.com/windows/win32/secauthn/protocols-in-tls-ssl--schannel-ssp-',
      },
    ],
    fingerprint: '0123456789abcdef',
    alsoAt: [],
    suppressed: null,
    ...changes,
  };
}

export function pair(changes: Partial<PairResult>): PairResult {
  return {
    client: 'services/billing',
    target: 'billing',
    when: 'current',
    from: null,
    outcome: 'connects',
    protocol: 'TLS 1.2',
    suite: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    step: null,
    scenario: null,
    rejection: null,
    confidence: 'observed',
    reason: 'TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    ...changes,
  };
}

const NO_TLS = { protocol: null, suite: null } as const;

const LOGIN: ServerLogin = {
  state: 'accepted',
  reason: null,
  evidence: {
    product: {
      build: '15.0.4430.1',
      level: 'RTM',
      updateLevel: 'CU32',
      edition: 'Standard Edition (64-bit)',
      version: 'Microsoft SQL Server 2019 (RTM-CU32) - 15.0.4430.1 (X64)',
    },
    host: {
      platform: 'Windows',
      distribution: 'Windows Server 2019 Standard',
      release: '10.0',
      windowsBuild: 17763,
    },
    session: { encrypted: true, transport: 'TCP', authentication: 'SQL', tdsVersion: '0x74000004' },
    certificate: {
      seen: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
      configured: '',
      relation: 'self-generated or picked',
      forceEncryption: false,
      forceStrict: null,
    },
    connectivity: {
      records: 14,
      unreadable: 0,
      oldestSeconds: 86_400,
      newestSeconds: 120,
      causes: [
        {
          count: 12,
          recordType: 'LoginTimers',
          recordSource: null,
          osError: null,
          sniConsumerError: 17830,
          tdsInputBufferError: 10054,
          tdsOutputBufferError: null,
          disconnectFlags: [],
        },
        {
          count: 2,
          recordType: 'ConnectionClose',
          recordSource: 'Tds',
          osError: null,
          sniConsumerError: null,
          tdsInputBufferError: null,
          tdsOutputBufferError: null,
          disconnectFlags: ['PhysicalConnectionIsKilled', 'SessionIsKilled'],
        },
      ],
      loginTimers: {
        count: 12,
        median: {
          total: 31,
          enqueued: 1,
          networkWrites: 2,
          networkReads: 14,
          ssl: 13,
          sspi: 0,
          loginTrigger: 0,
        },
        longest: {
          total: 16_340,
          enqueued: 15_210,
          networkWrites: 2,
          networkReads: 900,
          ssl: 230,
          sspi: 0,
          loginTrigger: 0,
        },
      },
    },
    workers: {
      maxWorkers: 512,
      currentWorkers: 64,
      activeWorkers: 21,
      waitingTasks: 0,
      schedulers: 4,
      threadpoolWaits: 3,
      threadpoolWaitMs: 1250,
    },
    dispatcherPools: null,
    notes: [
      'sys.dm_os_dispatcher_pools: permission denied (error 300); it needs VIEW SERVER STATE, from SQL Server 2022 on VIEW SERVER PERFORMANCE STATE',
    ],
  },
};

const billing: TargetResult = {
  name: 'billing',
  endpoint: 'sql-billing.contoso.example,1433',
  origin: 'policy',
  probed: true,
  product: 'SQL Server 2019',
  prelogin: { version: '15.0.4430', encryption: 'OFF' },
  strict: false,
  protocols: [
    {
      version: 'TLS 1.0',
      state: 'rejected',
      rejection: 'reset',
      alert: null,
      suites: [],
      order: null,
      groups: [],
    },
    {
      version: 'TLS 1.1',
      state: 'no-answer',
      rejection: null,
      alert: null,
      suites: [],
      order: null,
      groups: [],
    },
    {
      version: 'TLS 1.2',
      state: 'accepted',
      rejection: null,
      alert: null,
      suites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
      order: null,
      groups: ['secp256r1'],
    },
  ],
  certificate: {
    version: 3,
    serialNumber: '2A',
    fingerprint: 'C0FFEE',
    subject: 'CN=sql-billing.contoso.example',
    commonName: 'sql-billing.contoso.example',
    issuer: 'CN=Contoso Issuing CA',
    subjectAltNames: ['sql-billing.contoso.example'],
    dnsNames: ['sql-billing.contoso.example'],
    ipAddresses: [],
    signatureOid: '1.2.840.113549.1.1.11',
    signatureHash: 'SHA-256',
    keyType: 'RSA',
    keyBits: 2048,
    curve: null,
    keyUsage: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsage: ['serverAuth'],
    ca: null,
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2028-01-01T00:00:00Z',
    selfSigned: false,
    sqlServerFallback: false,
    serialNegative: false,
  },
  login: LOGIN,
  connections: 5,
  milliseconds: 41.6,
};

const unasked = (name: string, endpoint: string): TargetResult => ({
  name,
  endpoint,
  origin: 'repository',
  probed: false,
  product: null,
  prelogin: null,
  strict: null,
  protocols: [],
  certificate: null,
  login: null,
  connections: 0,
  milliseconds: 0,
});

const appsettings = 'services/orders-api/appsettings.json';
const storefront = 'services/storefront/.env.example';

export const SAMPLE: CheckReport = {
  schemaVersion: 1,
  findings: [
    finding({}),
    finding({
      rule: 'no-common-cipher-suite',
      scenario: 2,
      level: 'warning',
      ...placeOf(appsettings, 3, 'sql-orders.contoso.example,1433'),
      message:
        'From 2027-03-01: services/orders-api (Microsoft.Data.SqlClient 5.2.2) and orders share no cipher suite.',
      fix: 'Enable TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 on orders.',
      helpUri: 'https://learn.microsoft.com/windows/win32/secauthn/cipher-suites-in-schannel',
      client: 'services/orders-api',
      target: 'orders',
      fingerprint: '1123456789abcdef',
    }),
    finding({
      rule: 'server-certificate-not-validated',
      scenario: null,
      level: 'warning',
      confidence: 'declared',
      ...placeOf(appsettings, 3, 'True'),
      message: 'services/orders-api: TrustServerCertificate=True, so any certificate is taken.',
      fix: 'Set TrustServerCertificate=False.',
      helpUri: 'https://learn.microsoft.com/sql/relational-databases/security/networking/tds-8',
      client: 'services/orders-api',
      target: null,
      evidence: [],
      fingerprint: '2123456789abcdef',
      alsoAt: [
        {
          file: 'services/orders-api/appsettings.Production.json',
          line: 5,
          column: 140,
          endLine: 5,
          endColumn: 144,
        },
        { file: 'docker-compose.yml', line: 12, column: 90, endLine: 12, endColumn: 94 },
      ],
    }),
    finding({
      rule: 'encryption-optional',
      scenario: null,
      level: 'warning',
      ...placeOf(storefront, 1, 'false'),
      message: 'services/storefront (tedious 18.6.1): Encrypt=false.',
      client: 'services/storefront',
      target: null,
      fingerprint: '3123456789abcdef',
      suppressed: { by: 'policy', reason: 'moves to Azure in Q2, OPS-1412', expires: '2027-06-30' },
    }),
    finding({
      rule: 'unreadable',
      scenario: null,
      level: 'notice',
      confidence: 'declared',
      file: 'legacy/broken.config',
      line: 7,
      column: 3,
      endLine: 9,
      endColumn: 1,
      message:
        'legacy/broken.config could not be read, so what it declares was not checked: a tag is never closed.',
      fix: 'Mend the file, or name it under `exclude` in the policy file.',
      client: null,
      target: null,
      evidence: [],
      fingerprint: '4123456789abcdef',
    }),
  ],
  remedies: [
    {
      when: 'planned',
      fix: 'Enable TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 on orders.',
      file: 'Directory.Packages.props',
      line: 3,
      pairs: [{ client: 'services/orders-api', target: 'orders' }],
    },
  ],
  pairs: [
    pair({
      ...NO_TLS,
      outcome: 'fails',
      step: 'protocol',
      scenario: 1,
      rejection: 'reset',
      reason: 'the client offers TLS 1.0; the server takes TLS 1.2',
    }),
    pair({ client: 'services/orders-api', target: 'orders' }),
    pair({
      ...NO_TLS,
      client: 'services/orders-api',
      target: 'orders',
      when: 'planned',
      from: '2027-03-01',
      outcome: 'fails',
      step: 'cipher-suite',
      scenario: 2,
      confidence: 'documented',
      reason: 'no suite in common',
    }),
    pair({
      ...NO_TLS,
      client: 'services/orders-api',
      target: 'reports (アーカイブ)',
      outcome: 'may-fail',
      step: 'certificate',
      scenario: 4,
      confidence: 'documented',
      reason: 'fails on Windows Server 2012; connects on Windows Server 2016',
    }),
    pair({
      ...NO_TLS,
      client: 'services/storefront',
      target: 'orders',
      outcome: 'unknown',
      confidence: 'assumed',
      reason: 'nothing is known of what this client offers',
    }),
    pair({ client: 'services/storefront', target: 'billing', protocol: 'TLS 1.2', suite: null }),
  ],
  targets: [
    billing,
    unasked('orders', 'sql-orders.contoso.example,1433'),
    unasked('reports (アーカイブ)', 'sql-reports.contoso.example\\ARCHIVE'),
  ],
  declarations: [
    {
      kind: 'connection',
      file: appsettings,
      line: 3,
      column: 14,
      endLine: 3,
      endColumn: 139,
      text: 'Server=tcp:sql-orders.contoso.example,1433;Database=注文;User Id=orders;Password=***;Encrypt=True;TrustServerCertificate=True',
      grammar: 'ado',
      driver: null,
      host: 'sql-orders.contoso.example',
      port: 1433,
      instance: null,
      encrypt: 'Mandatory',
      trustServerCertificate: true,
      hostNameInCertificate: null,
      ambiguous: false,
    },
  ],
  notChecked: [
    { subject: 'orders', reason: 'no answer after 5 s', file: '.github/mssql-tls-preflight.yml', line: 6 },
    { subject: 'policy pack nist-sp-800-52r2', reason: 'it is not built in yet', file: null, line: null },
  ],
};

export const EMPTY: CheckReport = {
  schemaVersion: 1,
  findings: [],
  remedies: [],
  pairs: [],
  targets: [],
  declarations: [],
  notChecked: [],
};
