/** Servers of the Java program beside this file, many in one process. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROTOCOLS, type Protocol } from '../../../src/model/protocol.ts';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const START_MS = 30_000;
const JAVA_VERSION: Readonly<Record<Protocol, string>> = {
  'TLS 1.3': 'TLSv1.3',
  'TLS 1.2': 'TLSv1.2',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.0': 'TLSv1',
  'SSL 3.0': 'SSLv3',
};

export interface JsseServer {
  /** Newest first; a server with TLS 1.3 speaks TDS 8.0 beside TDS 7.x. */
  readonly protocols: readonly Protocol[];
  /** IANA names in the order of preference; or every suite that Java has, the best or the worst first. */
  readonly suites: readonly string[] | 'all' | 'all-reversed';
  /** `RSA:2048`, `EC:secp256r1`, `DSA:1024`; `EC/RSA:secp256r1` is an EC key signed by an RSA one. */
  readonly keys: readonly string[];
  readonly order: 'server' | 'client';
}

export interface RunningJsse {
  readonly port: number;
  /** As configured, in that order. */
  readonly suites: readonly string[];
  /** Configured suites that this Java does not have. */
  readonly unknown: readonly string[];
  /** DER in base64, one for each key. */
  readonly certificates: readonly string[];
  /** Suites with which Java’s own client, offering each alone, came to the end of a handshake, and the bits of its DHE prime, 0 without. */
  readonly negotiated: ReadonlyMap<Protocol, ReadonlyMap<string, number>>;
}

/** Why there is nothing to test with, `null` when there is. */
export function jsseObstacle(): string | null {
  const there = ['javac', 'java'].every((name) => spawnSync(name, ['-version']).status === 0);
  return there ? null : 'there is no JDK (javac and java)';
}

/** The compiled program, until it is removed. */
export class JssePrograms {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tds-jsse-'));
  readonly #running: ChildProcess[] = [];

  constructor() {
    const sources = readdirSync(SOURCES).filter((name) => name.endsWith('.java'));
    execFileSync('javac', ['-d', this.#folder, ...sources.map((name) => join(SOURCES, name))]);
  }

  /** One process for the servers; `properties` are Java's, and hold for all of them. */
  async start(
    properties: Readonly<Record<string, string>>,
    servers: readonly JsseServer[],
  ): Promise<readonly RunningJsse[]> {
    const given = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
    const child = spawn('java', [...given, '-cp', this.#folder, 'TdsJsse', ...servers.map(argument)]);
    this.#running.push(child);
    const line = await firstLine(child).catch(async (error) => {
      await this.stop();
      throw error;
    });
    const rows = JSON.parse(line) as Served[];
    return rows.map((row) => ({
      ...row,
      negotiated: new Map(
        PROTOCOLS.flatMap((version) => {
          const suites = row.negotiated[JAVA_VERSION[version]];
          return suites ? [[version, new Map(Object.entries(suites))]] : [];
        }),
      ),
    }));
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#running.map(
        (child) =>
          new Promise<void>((ended) => {
            if (child.exitCode !== null) ended();
            child.once('exit', () => ended());
            child.stdin?.end();
          }),
      ),
    );
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

type Served = Omit<RunningJsse, 'negotiated'> & {
  readonly negotiated: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

function argument({ protocols, suites, keys, order }: JsseServer): string {
  const versions = protocols.map((version) => JAVA_VERSION[version]);
  const list = typeof suites === 'string' ? suites : suites.join(',');
  return `order=${order} keys=${keys.join(',') || 'none'} protocols=${versions} suites=${list}`;
}

/** What the program prints when all its servers listen. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let out = '';
    let complaint = '';
    const timer = setTimeout(() => failed(new Error('the Java program did not start')), START_MS);
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (!out.includes('\n')) return;
      clearTimeout(timer);
      done(out);
    });
    child.stderr?.on('data', (chunk) => {
      complaint += chunk;
    });
    child.once('exit', () => {
      clearTimeout(timer);
      failed(new Error(`the Java program ended: ${complaint}`));
    });
  });
}
