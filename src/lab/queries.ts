/** What the lab answers to the queries of a login (observe/login-queries.ts): by the view that stands in them. */
import { createHash, X509Certificate } from 'node:crypto';
import { mintCertificate } from './certificates.ts';
import type { Misbehaviour } from './lab-session.ts';
import type { LabProfile } from './profiles.ts';
import { DONE_STATUS, done, errorMessage, table } from './tokens.ts';

type Row = readonly (string | number | null)[];
interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** Numbers of sys.messages. */
const NO_SUCH_OBJECT = 208;
const VIEW_SERVER_STATE_DENIED = 300;

const VIEWS: Readonly<Record<string, (profile: LabProfile) => Answer>> = {
  'sys.dm_os_host_info': (profile) => ({
    columns: ['platform', 'distribution', 'release'],
    rows: [isLinux(profile) ? ['Linux', 'Ubuntu', '22.04'] : ['Windows', windowsOf(profile).name, '10.0']],
  }),
  'sys.dm_exec_connections': ({ session, strict }) => ({
    columns: ['encrypt_option', 'net_transport', 'auth_scheme', 'protocol_version'],
    rows: [[session?.clear ? 'FALSE' : 'TRUE', 'TCP', 'SQL', strict === 'only' ? 0x08000000 : 0x74000004]],
  }),
  'sys.dm_server_registry': (profile) => ({
    columns: ['name', 'value'],
    rows: isLinux(profile)
      ? []
      : [
          ['Certificate', profile.certificate.fallback ? '' : thumbprint(profile)],
          ['ForceEncryption', profile.encryption === 'ON' ? '1' : '0'],
          ...(major(profile) >= 16 ? [['ForceStrict', profile.strict === 'only' ? '1' : '0']] : []),
        ],
  }),
  'sys.dm_os_ring_buffers': () => ({
    columns: ['record', 'age_seconds'],
    rows: RECORDS.map((record, index) => [record, 60 * (index + 1)]),
  }),
  'sys.dm_os_schedulers': () => ({
    columns: [
      'max_workers',
      'schedulers',
      'current_workers',
      'active_workers',
      'waiting_tasks',
      'threadpool_waits',
      'threadpool_wait_ms',
    ],
    rows: [[512, 4, 64, 21, 0, 3, 1250]],
  }),
  'sys.dm_os_dispatcher_pools': (profile) => ({
    columns: [
      'name',
      'dispatcher_count',
      'dispatcher_ideal_count',
      'dispatcher_waiting_count',
      'queue_length',
    ],
    // The login dispatcher came with SQL Server 2019.
    rows: [['XE Engine main dispatcher pool', 1, 1, 1, 0], ...(major(profile) >= 15 ? [LOGIN_POOL] : [])],
  }),
};
const LOGIN_POOL: Row = ['Login dispatcher pool', 2, 2, 2, 0];

const MISBEHAVIOUR: Readonly<Record<Misbehaviour, Buffer>> = {
  silence: Buffer.alloc(0),
  garbage: Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
  stump: table(['name'], [['cut off']]).subarray(0, -5),
  flood: Buffer.concat([
    table(
      ['name'],
      Array.from({ length: 5000 }, () => ['again']),
    ),
    done(DONE_STATUS.COUNT, 5000),
  ]),
};

/** `null` for a query that is none of a login's; empty: no answer is sent. */
export function answerQuery(sql: string, profile: LabProfile): Buffer | null {
  if (sql.includes("SERVERPROPERTY('ProductVersion')")) return rowsOf(product(profile));
  const [view, answer] = Object.entries(VIEWS).find(([name]) => sql.includes(name)) ?? [];
  if (view === undefined || answer === undefined) return null;
  const { denies = [], lacks = [], misbehaves } = profile.session ?? {};
  if (misbehaves?.view === view) return MISBEHAVIOUR[misbehaves.how];
  // It came with SQL Server 2017.
  const tooOld = view === 'sys.dm_os_host_info' && major(profile) < 14;
  if (tooOld || lacks.includes(view)) return failed(NO_SUCH_OBJECT, `Invalid object name '${view}'.`);
  if (denies === 'all' || denies.includes(view))
    return failed(VIEW_SERVER_STATE_DENIED, "VIEW SERVER STATE permission was denied on object 'server'.");
  return rowsOf(answer(profile));
}

/** What a server that lets nobody in says to LOGIN7; `null` when it lets them in. It names the user, as SQL Server does. */
export function refusal({ session }: LabProfile): Buffer | null {
  return session?.refuses === undefined ? null : failed(session.refuses, "Login failed for user 'someone'.");
}

const rowsOf = ({ columns, rows }: Answer) =>
  Buffer.concat([table(columns, rows), done(DONE_STATUS.COUNT, rows.length)]);

const failed = (number: number, text: string) =>
  Buffer.concat([errorMessage(number, text), done(DONE_STATUS.ERROR)]);

const major = ({ build }: LabProfile) => Number(build.split('.')[0]);
const isLinux = ({ name }: LabProfile) => name.includes('linux');

const PRODUCT_YEARS: Readonly<Record<number, string>> = {
  12: '2014',
  13: '2016',
  14: '2017',
  15: '2019',
  16: '2022',
  17: '2025',
};

function product(profile: LabProfile): Answer {
  const { build } = profile;
  const { name, version } = windowsOf(profile);
  const host = isLinux(profile) ? 'Linux (Ubuntu 22.04.5 LTS) <X64>' : `${name} ${version}`;
  const said = `Microsoft SQL Server ${PRODUCT_YEARS[major(profile)] ?? ''} (RTM) - ${build}.1 (X64) \n\tDeveloper Edition (64-bit) on ${host}\n`;
  return {
    columns: ['build', 'level', 'update_level', 'edition', 'version'],
    rows: [[`${build}.1`, 'RTM', null, 'Developer Edition (64-bit)', said]],
  };
}

function windowsOf(profile: LabProfile): { readonly name: string; readonly version: string } {
  if (major(profile) <= 13)
    return profile.name.includes('2012-r2')
      ? { name: 'Windows Server 2012 R2 Standard', version: '6.3 <X64> (Build 9600: ) (Hypervisor)' }
      : { name: 'Windows Server 2016 Standard', version: '10.0 <X64> (Build 14393: ) (Hypervisor)' };
  return major(profile) >= 16
    ? { name: 'Windows Server 2022 Standard', version: '10.0 <X64> (Build 20348: ) (Hypervisor)' }
    : { name: 'Windows Server 2019 Standard', version: '10.0 <X64> (Build 17763: ) (Hypervisor)' };
}

/** SHA-1 of the DER: how the registry names a certificate. */
function thumbprint({ certificate }: LabProfile): string {
  const { raw } = new X509Certificate(mintCertificate(certificate).chain);
  return createHash('sha1').update(raw).digest('hex');
}

interface Entry {
  readonly type: 'LoginTimers' | 'Error' | 'ConnectionClose';
  readonly source?: string;
  readonly sniConsumerError: number;
  readonly inputError: number;
  readonly flags?: readonly string[];
  /** Milliseconds: in all, and until a worker took it up. */
  readonly timers?: readonly [total: number, enqueued: number];
}

const FLAGS = [
  'PhysicalConnectionIsKilled',
  'DisconnectDueToReadError',
  'NetworkErrorFoundInInputStream',
  'ErrorFoundBeforeLogin',
  'SessionIsKilled',
  'NormalDisconnect',
];

/** Newest first: two clients that went away during the handshake, one whose login waited, one session that was killed. */
const RECORDS: readonly string[] = [
  entry(4, { type: 'LoginTimers', sniConsumerError: 17830, inputError: 10054, timers: [12, 1] }),
  entry(3, {
    type: 'Error',
    source: 'Tds',
    sniConsumerError: 17830,
    inputError: 10054,
    flags: ['DisconnectDueToReadError', 'NetworkErrorFoundInInputStream', 'ErrorFoundBeforeLogin'],
  }),
  entry(2, { type: 'LoginTimers', sniConsumerError: 17830, inputError: 10054, timers: [16340, 15210] }),
  entry(1, {
    type: 'ConnectionClose',
    source: 'Tds',
    sniConsumerError: 0,
    inputError: 0,
    flags: ['PhysicalConnectionIsKilled', 'SessionIsKilled'],
  }),
];

function entry(id: number, { type, source, sniConsumerError, inputError, flags, timers }: Entry): string {
  const flag = (name: string) => `<${name}>${flags?.includes(name) ? 1 : 0}</${name}>`;
  return [
    `<Record id="${id}" type="RING_BUFFER_CONNECTIVITY" time="${id * 60_000}">`,
    `<ConnectivityTraceRecord><RecordType>${type}</RecordType>`,
    source ? `<RecordSource>${source}</RecordSource>` : '',
    '<Spid>0</Spid><SniConnectionId>6B1C6A0E-0000-4000-8000-000000000000</SniConnectionId>',
    `<SniConsumerError>${sniConsumerError}</SniConsumerError><SniProvider>7</SniProvider><State>11</State>`,
    '<RemoteHost>192.0.2.7</RemoteHost><RemotePort>50123</RemotePort><LocalHost>192.0.2.10</LocalHost>',
    '<LocalPort>1433</LocalPort><RecordTime>11/3/2026 20:21:8.222</RecordTime>',
    `<TdsBuffersInformation><TdsInputBufferError>${inputError}</TdsInputBufferError>`,
    '<TdsOutputBufferError>0</TdsOutputBufferError><TdsInputBufferBytes>0</TdsInputBufferBytes></TdsBuffersInformation>',
    flags ? `<TdsDisconnectFlags>${FLAGS.map(flag).join('')}</TdsDisconnectFlags>` : '',
    timers
      ? `<LoginTimers><TotalLoginTimeInMilliseconds>${timers[0]}</TotalLoginTimeInMilliseconds><LoginTaskEnqueuedInMilliseconds>${timers[1]}</LoginTaskEnqueuedInMilliseconds><NetworkWritesInMilliseconds>2</NetworkWritesInMilliseconds><NetworkReadsInMilliseconds>5</NetworkReadsInMilliseconds><SslProcessingInMilliseconds>4</SslProcessingInMilliseconds><SspiProcessingInMilliseconds>0</SspiProcessingInMilliseconds><LoginTriggerAndResourceGovernorProcessingInMilliseconds>0</LoginTriggerAndResourceGovernorProcessingInMilliseconds></LoginTimers>`
      : '',
    '</ConnectivityTraceRecord><Stack><frame id="0">0X0000000002315FEB</frame></Stack></Record>',
  ].join('');
}
