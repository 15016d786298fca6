/** What a login asks, and what it makes of the rows. Every query is one SELECT over views: nothing is written, nothing is locked. */
import type {
  CertificateInUse,
  Connectivity,
  DispatcherPool,
  ServerHost,
  ServerProduct,
  ServerSession,
  ServerWorkers,
} from '../../model/server-evidence.ts';
import { connectivityOf } from './ring-buffer.ts';

/** Columns by name; numbers in decimal. */
export type QueryRow = Readonly<Record<string, string | null>>;

export interface Query<T> {
  /** What it reads, as a note calls it. */
  readonly reads: string;
  readonly sql: string;
  /** What it needs from SQL Server 2022 on; before, VIEW SERVER STATE. `null`: nothing beside the login. */
  readonly permission: 'VIEW SERVER PERFORMANCE STATE' | 'VIEW SERVER SECURITY STATE' | null;
  /** What it means when the rows say nothing, where more is known of it than that. */
  readonly nothing?: string;
  /** `null` when the rows say nothing: a note says so. */
  readonly read: (rows: readonly QueryRow[]) => T | null;
}

/** The ring buffer holds about as many. */
const MOST_RECORDS = 1000;
const LONGEST_TEXT = 400;

export const PRODUCT: Query<ServerProduct> = {
  reads: 'SERVERPROPERTY',
  sql: `SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS build,
  CAST(SERVERPROPERTY('ProductLevel') AS nvarchar(128)) AS level,
  CAST(SERVERPROPERTY('ProductUpdateLevel') AS nvarchar(128)) AS update_level,
  CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,
  CAST(@@VERSION AS nvarchar(400)) AS version`,
  permission: null,
  read: ([row]) =>
    row
      ? {
          build: text(row, 'build'),
          level: text(row, 'level'),
          updateLevel: text(row, 'update_level'),
          edition: text(row, 'edition'),
          version: text(row, 'version'),
        }
      : null,
};

export const HOST: Query<ServerHost> = {
  reads: 'sys.dm_os_host_info',
  sql: `SELECT CAST(host_platform AS nvarchar(256)) AS platform,
  CAST(host_distribution AS nvarchar(256)) AS distribution,
  CAST(host_release AS nvarchar(256)) AS release
FROM sys.dm_os_host_info`,
  permission: 'VIEW SERVER PERFORMANCE STATE',
  read: ([row]) => {
    const distribution = row && text(row, 'distribution');
    if (!row || !distribution) return null;
    const platform = text(row, 'platform');
    return {
      platform: platform === 'Windows' || platform === 'Linux' ? platform : null,
      distribution,
      release: text(row, 'release'),
      windowsBuild: null,
    };
  },
};

export const SESSION: Query<ServerSession> = {
  reads: 'sys.dm_exec_connections',
  sql: `SELECT CAST(encrypt_option AS nvarchar(40)) AS encrypt_option,
  CAST(net_transport AS nvarchar(40)) AS net_transport,
  CAST(auth_scheme AS nvarchar(40)) AS auth_scheme,
  CAST(protocol_version AS int) AS protocol_version
FROM sys.dm_exec_connections
WHERE session_id = @@SPID AND parent_connection_id IS NULL`,
  permission: 'VIEW SERVER SECURITY STATE',
  read: ([row]) => {
    if (!row) return null;
    const encrypted = text(row, 'encrypt_option');
    const tds = count(row, 'protocol_version');
    return {
      encrypted: encrypted === 'TRUE' ? true : encrypted === 'FALSE' ? false : null,
      transport: text(row, 'net_transport'),
      authentication: text(row, 'auth_scheme'),
      tdsVersion: tds === null ? null : `0x${(tds >>> 0).toString(16).toUpperCase().padStart(8, '0')}`,
    };
  },
};

export type Registry = Pick<CertificateInUse, 'configured' | 'forceEncryption' | 'forceStrict'>;

export const REGISTRY: Query<Registry> = {
  reads: 'sys.dm_server_registry',
  sql: `SELECT CAST(value_name AS nvarchar(128)) AS name,
  CAST(value_data AS nvarchar(512)) AS value
FROM sys.dm_server_registry
WHERE registry_key LIKE N'%\\SuperSocketNetLib'
  AND value_name IN (N'Certificate', N'ForceEncryption', N'ForceStrict')`,
  permission: 'VIEW SERVER PERFORMANCE STATE',
  nothing: 'it shows no certificate and no Force Encryption, as always on Linux',
  read: (rows) => {
    const values = new Map(rows.map((row) => [row.name, (row.value ?? '').replaceAll('\0', '').trim()]));
    if (values.size === 0) return null;
    const thumbprint = values.get('Certificate')?.toLowerCase();
    const flag = (name: string) => {
      const value = values.get(name);
      return value === undefined || value === '' ? null : value !== '0';
    };
    return {
      configured: thumbprint !== undefined && /^([0-9a-f]{40})?$/.test(thumbprint) ? thumbprint : null,
      forceEncryption: flag('ForceEncryption'),
      forceStrict: flag('ForceStrict'),
    };
  },
};

export const CONNECTIVITY: Query<Connectivity> = {
  reads: 'sys.dm_os_ring_buffers',
  sql: `SELECT TOP (${MOST_RECORDS}) CAST(r.record AS nvarchar(4000)) AS record,
  CAST((i.ms_ticks - r.[timestamp]) / 1000 AS nvarchar(20)) AS age_seconds
FROM sys.dm_os_ring_buffers AS r CROSS JOIN sys.dm_os_sys_info AS i
WHERE r.ring_buffer_type = N'RING_BUFFER_CONNECTIVITY'
ORDER BY r.[timestamp] DESC`,
  permission: 'VIEW SERVER PERFORMANCE STATE',
  read: (rows) =>
    connectivityOf(rows.map((row) => ({ record: row.record ?? '', ageSeconds: count(row, 'age_seconds') }))),
};

export const WORKERS: Query<ServerWorkers> = {
  reads: 'sys.dm_os_schedulers',
  sql: `SELECT CAST(i.max_workers_count AS int) AS max_workers,
  s.schedulers, s.current_workers, s.active_workers,
  CAST(s.waiting_tasks AS nvarchar(20)) AS waiting_tasks,
  CAST(w.waiting_tasks_count AS nvarchar(20)) AS threadpool_waits,
  CAST(w.wait_time_ms AS nvarchar(20)) AS threadpool_wait_ms
FROM sys.dm_os_sys_info AS i
CROSS JOIN (SELECT COUNT(*) AS schedulers,
    SUM(current_workers_count) AS current_workers,
    SUM(active_workers_count) AS active_workers,
    SUM(work_queue_count) AS waiting_tasks
  FROM sys.dm_os_schedulers WHERE status = N'VISIBLE ONLINE') AS s
LEFT JOIN sys.dm_os_wait_stats AS w ON w.wait_type = N'THREADPOOL'`,
  permission: 'VIEW SERVER PERFORMANCE STATE',
  read: ([row]) =>
    row
      ? {
          maxWorkers: count(row, 'max_workers'),
          currentWorkers: count(row, 'current_workers'),
          activeWorkers: count(row, 'active_workers'),
          waitingTasks: count(row, 'waiting_tasks'),
          schedulers: count(row, 'schedulers'),
          threadpoolWaits: count(row, 'threadpool_waits'),
          threadpoolWaitMs: count(row, 'threadpool_wait_ms'),
        }
      : null,
};

export const DISPATCHER_POOLS: Query<readonly DispatcherPool[]> = {
  reads: 'sys.dm_os_dispatcher_pools',
  sql: `SELECT TOP (100) CAST(name AS nvarchar(256)) AS name,
  dispatcher_count, dispatcher_ideal_count, dispatcher_waiting_count, queue_length
FROM sys.dm_os_dispatcher_pools
ORDER BY name`,
  permission: 'VIEW SERVER PERFORMANCE STATE',
  read: (rows) =>
    rows.map((row) => ({
      name: text(row, 'name') ?? '',
      dispatchers: count(row, 'dispatcher_count'),
      idealDispatchers: count(row, 'dispatcher_ideal_count'),
      waiting: count(row, 'dispatcher_waiting_count'),
      queueLength: count(row, 'queue_length'),
    })),
};

/** One line; `null` for NULL and for nothing. */
function text(row: QueryRow, column: string): string | null {
  const line = (row[column] ?? '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
  return line === '' ? null : line;
}

/** `null` for NULL and for anything that is no whole number of 0 and above. */
function count(row: QueryRow, column: string): number | null {
  const digits = row[column] ?? '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** `… on Windows Server 2016 Standard 10.0 <X64> (Build 14393: )`, `… on Linux (Ubuntu 22.04.5 LTS) <X64>`. */
export function hostOfVersion(version: string): ServerHost | null {
  const windows = /\bon (Windows .{1,80}?) (\d+\.\d+) <\w+> \(Build (\d+):/.exec(version);
  if (windows) {
    const [, distribution = '', release = '', build] = windows;
    return { platform: 'Windows', distribution, release, windowsBuild: Number(build) };
  }
  const linux = /\bon Linux \(([^()]{1,80})\)/.exec(version);
  if (linux) return { platform: 'Linux', distribution: linux[1] ?? '', release: null, windowsBuild: null };
  return null;
}
