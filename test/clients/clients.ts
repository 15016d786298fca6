/** The real clients that can log in to a lab server here, each as a command line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from '../../src/model/protocol.ts';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** For its standard input. */
  readonly input?: string;
}

export interface How {
  /** Bring it to speak this version, where its defaults would not. */
  readonly only?: Protocol | undefined;
  /** PEM file to trust, for one that always verifies. */
  readonly trusted?: string;
}

export interface RealClient {
  readonly name: string;
  /** Why it cannot run here; `null`: it can. */
  readonly obstacle: string | null;
  /** The versions it can be brought to speak. */
  readonly protocols: readonly Protocol[];
  /** Encrypted, any certificate where it can be told so, `select 1`. */
  readonly connect: (host: string, port: number, how?: How) => Command;
  /** The same without asking for encryption, where that is its default; `handshake`: TLS carries the login all the same. */
  readonly byDefault?: {
    readonly connect: (host: string, port: number) => Command;
    readonly handshake: boolean;
  };
  /** What it prints when the row has come. */
  readonly answer: RegExp;
}

export const ROOT = join(import.meta.dirname, '../..');
const HERE = join(ROOT, 'test/clients');
const ANSWER = /^answer 1$/m;
const TDS7: readonly Protocol[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];

/** Names as Java has them: `TLSv1`, `TLSv1.2`; Node's are the same. */
const versionName = (version: Protocol) => version.replace('TLS ', 'TLSv').replace('.0', '');

function packageFolder(name: string): string | null {
  const folder = join(ROOT, 'node_modules', name);
  return existsSync(folder) ? folder : null;
}

function missing(...programs: readonly string[]): string | null {
  const absent = programs.filter(
    (program) => spawnSync('sh', ['-c', 'command -v "$0"', program]).status !== 0,
  );
  return absent.length === 0 ? null : `${absent.join(' and ')} not installed`;
}

/** `program`: a Node; `tedious`: the folder of the package, `null` where none for that Node is installed. */
export function tediousOn(program: string, tedious: string | null): Omit<RealClient, 'name'> {
  return {
    obstacle: tedious === null ? 'tedious 20 needs Node 22, and there is no tedious-19' : null,
    protocols: TDS7,
    answer: ANSWER,
    connect: (host, port, { only } = {}) => {
      const old = { ciphers: 'ALL:@SECLEVEL=0', minVersion: only && versionName(only) };
      const details = only ? [JSON.stringify(old)] : [];
      return {
        file: program,
        args: [join(HERE, 'tedious.cjs'), tedious ?? '', host, String(port), ...details],
      };
    },
  };
}

export const nodeProgram = (folder: string) => join(ROOT, 'node_modules', folder, 'bin/node');
export const TEDIOUS = packageFolder('tedious');
/** The last line that runs on Node 20: a folder in the environment, or an npm alias of that name. */
export const TEDIOUS_19 = process.env.TEDIOUS_19 ?? packageFolder('tedious-19');
export const JTDS_JAR = '/usr/share/java/jtds.jar';

const tsqlWith = (conf: string) => (host: string, port: number) => ({
  file: 'tsql',
  args: ['-H', host, '-p', String(port), '-U', 'someone', '-P', 'canary-7f3a'],
  env: { FREETDSCONF: conf },
  input: 'select 1\ngo\nexit\n',
});

export const tsql: RealClient = {
  name: 'tsql (FreeTDS)',
  obstacle: missing('tsql'),
  protocols: TDS7,
  answer: /^1\r?\n\(1 row affected\)$/m,
  connect: tsqlWith(join(HERE, 'freetds.conf')),
  byDefault: { connect: tsqlWith('/dev/null'), handshake: true },
};

/** `java`: the program; `jar`: jTDS. */
export function jtdsOn(java: string, jar: string = JTDS_JAR): Omit<RealClient, 'name'> {
  return {
    obstacle: missing(java) ?? (existsSync(jar) ? null : 'jTDS not installed'),
    protocols: TDS7,
    answer: ANSWER,
    connect: (host, port, { only } = {}) => ({
      file: java,
      args: [
        ...(only ? oldJava(only) : []),
        '-cp',
        jar,
        join(HERE, 'Jtds.java'),
        `jdbc:jtds:sqlserver://${host}:${port}/master;ssl=require`,
      ],
    }),
    // It knows no PRELOGIN then.
    byDefault: {
      connect: (host, port) => ({
        file: java,
        args: ['-cp', jar, join(HERE, 'Jtds.java'), `jdbc:jtds:sqlserver://${host}:${port}/master`],
      }),
      handshake: false,
    },
  };
}

const oldJava = (only: Protocol) => [
  `-Djava.security.properties=${join(HERE, 'old-tls.properties')}`,
  `-Djdk.tls.client.protocols=${versionName(only)}`,
];

/** No driver: JSSE's hello as a driver on it starts it, without TDS around it. */
export const jsseCommand = (java: string, host: string, port: number): Command => ({
  file: java,
  args: [join(HERE, 'Jsse.java'), host, String(port)],
});

/** Compiles once, when first asked for. */
function sqlClientProgram(): () => string {
  let program: string | null = null;
  return () => {
    if (program !== null) return program;
    const folder = mkdtempSync(join(tmpdir(), 'sqlclient-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    program = join(folder, 'SqlClient.exe');
    const built = spawnSync('mcs', [`-out:${program}`, '-r:System.Data.dll', join(HERE, 'SqlClient.cs')]);
    if (built.status !== 0) throw new Error(`mcs: ${built.stderr}`);
    return program;
  };
}

const compiled = sqlClientProgram();

function missingMono(): string | null {
  const gac = ['/usr/lib/mono/4.5', '/usr/lib/mono/gac'];
  const assemblies = ['System.Data', 'I18N.West'].filter(
    (name) => !gac.some((at) => existsSync(join(at, name)) || existsSync(join(at, `${name}.dll`))),
  );
  return (
    missing('mono', 'mcs') ??
    (assemblies.length === 0 ? null : `Mono's ${assemblies.join(' and ')} not installed`)
  );
}

const monoWith = (settings: string) => (host: string, port: number) => ({
  file: 'mono',
  args: [compiled(), `Server=${host},${port};User Id=someone;Password=canary-7f3a${settings}`],
});

export const sqlClientOnMono: RealClient = {
  name: 'System.Data.SqlClient (Mono)',
  obstacle: missingMono(),
  protocols: TDS7,
  answer: ANSWER,
  connect: monoWith(';Encrypt=true;TrustServerCertificate=true'),
  byDefault: { connect: monoWith(''), handshake: true },
};

/** Debian's own, whatever Python comes first on the path: its packages are not seen by another. */
const PYTHON = '/usr/bin/python3';

export const pythonTds: RealClient = {
  name: 'python-tds',
  obstacle:
    spawnSync(PYTHON, ['-c', 'import pytds, OpenSSL']).status === 0
      ? null
      : 'python-tds or pyOpenSSL not installed',
  // Pinned to it.
  protocols: ['TLS 1.2'],
  answer: ANSWER,
  connect: (host, port, { trusted = '/etc/ssl/certs/ca-certificates.crt' } = {}) => ({
    file: PYTHON,
    args: [join(HERE, 'pytds_client.py'), host, String(port), trusted],
  }),
};

/** Each that a lab server can be met with here. */
export const REAL_CLIENTS: readonly RealClient[] = [
  { name: 'tedious on Node 20', ...tediousOn(nodeProgram('node-20'), TEDIOUS_19) },
  { name: 'tedious on Node 22', ...tediousOn(nodeProgram('node-22'), TEDIOUS) },
  { name: 'tedious on Node 24', ...tediousOn(nodeProgram('node'), TEDIOUS) },
  tsql,
  { name: 'jTDS', ...jtdsOn('java') },
  sqlClientOnMono,
  pythonTds,
];
