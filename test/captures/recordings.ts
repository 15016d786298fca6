/** Which clients are recorded, what their recordings speak for, and how each says what it is. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Command,
  jsseCommand,
  jtdsOn,
  nodeProgram,
  pythonTds,
  sqlClientOnMono,
  TEDIOUS,
  TEDIOUS_19,
  tediousOn,
  tsql,
} from '../clients/clients.ts';

export interface Recording {
  readonly id: string;
  /** Row of tls-stacks.json. */
  readonly stack: string;
  /** Drivers of drivers.json, with the versions (node-semver) that send this hello on this stack. */
  readonly speaksFor: readonly { readonly driver: string; readonly versions: string }[];
  readonly settings: Readonly<Record<string, string>>;
  readonly notes?: readonly string[];
  /** Why it cannot run here; `null`: it can. */
  readonly obstacle: string | null;
  readonly connect: (host: string, port: number) => Command;
  /** Client and TLS library with their versions, in words. Called only where it can run. */
  readonly identity: () => { readonly client: string; readonly tls: string };
}

const ENCRYPTED = { encrypt: 'true', trustServerCertificate: 'true' };
const ALL = '*';

/** First group of the first match in what a program prints, on either stream. */
function printed(program: string, args: readonly string[], pattern: RegExp): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const found = pattern.exec(`${stdout}\n${stderr}`)?.[1];
  if (found === undefined) throw new Error(`${program} ${args.join(' ')} does not say its version`);
  return found;
}

const runs = (program: string, ...args: readonly string[]) => spawnSync(program, args).status === 0;

/** Of a Debian package. */
function packageVersion(name: string): string {
  const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f', `\${Version}`, name], { encoding: 'utf8' });
  return status === 0 ? stdout : 'of no Debian package';
}

function tedious(id: string, stack: string, node: string, folder: string | null): Recording {
  return {
    id,
    stack,
    speaksFor: [{ driver: 'tedious', versions: '>=16.0.0' }],
    settings: ENCRYPTED,
    notes: [
      'tedious 16.7.1, 17.0.0, 18.6.2 and 19.2.2 send the same bytes to a name; before 20 an address stands in server_name too',
    ],
    ...tediousOn(node, folder),
    identity: () => {
      const manifest = JSON.parse(readFileSync(join(folder ?? '', 'package.json'), 'utf8')) as {
        version: string;
      };
      const versions = (name: string) => printed(node, ['-p', `process.versions.${name}`], /(\S+)/);
      return {
        client: `tedious ${manifest.version} on Node.js ${versions('node')}`,
        tls: `OpenSSL ${versions('openssl')}`,
      };
    },
  };
}

const jsseOf = (java: string) => `JSSE of ${printed(java, ['-version'], /^(.*Runtime Environment.*)$/m)}`;

function jtds(id: string, stack: string, java: string): Recording {
  return {
    id,
    stack,
    speaksFor: [{ driver: 'jtds', versions: '>=1.3.1' }],
    settings: { ssl: 'require' },
    ...jtdsOn(java),
    identity: () => ({
      client: `jTDS ${packageVersion('libjtds-java')}`,
      tls: jsseOf(java),
    }),
  };
}

/** mssql-jdbc itself is not run: its hello is JSSE's default, told the server's name. */
function jsse(id: string, stack: string, java: string): Recording {
  return {
    id,
    stack,
    speaksFor: [{ driver: 'mssql-jdbc', versions: ALL }],
    settings: { sslProtocol: 'TLS' },
    obstacle: runs(java, '-version') ? null : `${java} not installed`,
    connect: (host, port) => jsseCommand(java, host, port),
    identity: () => ({
      client: 'a program that starts JSSE as mssql-jdbc does (test/clients/Jsse.java)',
      tls: jsseOf(java),
    }),
  };
}

function tool(
  parts: Pick<Recording, 'id' | 'stack' | 'settings' | 'connect'>,
  program: string,
  versionArgs: readonly string[],
  library: string,
  version: RegExp,
): Recording {
  return {
    ...parts,
    speaksFor: [],
    obstacle: runs(program, ...versionArgs) ? null : `${program} not installed`,
    identity: () => {
      const tls = `${library} ${printed(program, versionArgs, version)}`;
      return { client: program, tls };
    },
  };
}

const sClient = (id: string, settings: Record<string, string>, ...options: string[]): Recording =>
  tool(
    {
      id,
      stack: 'debian-12',
      settings,
      connect: (host, port) => ({
        file: 'openssl',
        args: ['s_client', '-connect', `${host}:${port}`, ...options],
      }),
    },
    'openssl',
    ['version'],
    'OpenSSL',
    /OpenSSL (\S+)/,
  );

/** A second JDK is named by the environment: JAVA_25=…/bin/java. */
const JAVA_25 = process.env.JAVA_25 ?? 'java-25';

export const RECORDINGS: readonly Recording[] = [
  tedious('tedious-node-20', 'node-17-20', nodeProgram('node-20'), TEDIOUS_19),
  tedious('tedious-node-22', 'node-22', nodeProgram('node-22'), TEDIOUS),
  tedious('tedious-node-24', 'node-24', nodeProgram('node'), TEDIOUS),
  {
    ...tsql,
    id: 'freetds-gnutls-3.7',
    stack: 'gnutls-3.6-3.7',
    speaksFor: [{ driver: 'freetds', versions: '>=1.1.0 <1.4.0-0' }],
    settings: { encryption: 'require', 'tds version': '7.4' },
    identity: () => ({
      client: `tsql of FreeTDS ${printed('tsql', ['-C'], /freetds v(\S+)/)}`,
      tls: `GnuTLS ${packageVersion('libgnutls30')}`,
    }),
  },
  {
    ...sqlClientOnMono,
    id: 'mono-6',
    stack: 'mono-btls',
    speaksFor: [{ driver: 'mono-system-data-sqlclient', versions: ALL }],
    settings: { Encrypt: 'true', TrustServerCertificate: 'true' },
    identity: () => {
      const mono = printed('mono', ['--version'], /version (\S+)/);
      return { client: `System.Data.SqlClient of Mono ${mono}`, tls: `BTLS (BoringSSL) of Mono ${mono}` };
    },
  },
  jtds('jtds-jdk-17', 'jdk-17', 'java'),
  jtds('jtds-jdk-25', 'jdk-24', JAVA_25),
  jsse('jsse-jdk-17', 'jdk-17', 'java'),
  jsse('jsse-jdk-25', 'jdk-24', JAVA_25),
  {
    ...pythonTds,
    id: 'python-tds-debian-12',
    stack: 'debian-12',
    speaksFor: [],
    notes: [
      'from PyPI it comes with the OpenSSL of its cryptography wheel, so the catalog has no case of it on this stack',
    ],
    settings: { cafile: 'a PEM file', validate_host: 'False' },
    identity: () => ({
      client: `python-tds ${packageVersion('python3-tds')} with pyOpenSSL ${packageVersion('python3-openssl')}`,
      tls: `OpenSSL ${packageVersion('libssl3')}`,
    }),
  },
  sClient('openssl-debian-12', {}),
  sClient('openssl-debian-12-tls12', { maximum: 'TLS 1.2' }, '-no_tls1_3'),
  tool(
    {
      id: 'gnutls-cli-3.7',
      stack: 'gnutls-3.6-3.7',
      settings: { priority: 'NORMAL' },
      connect: (host, port) => ({ file: 'gnutls-cli', args: ['--insecure', '--port', String(port), host] }),
    },
    'gnutls-cli',
    ['--version'],
    'GnuTLS',
    /gnutls-cli (\S+)/,
  ),
];
