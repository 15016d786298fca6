/** One server, all of it: TLS 1.0 to 1.2, every suite, groups and certificate; nmap's scripts do the same without groups. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProbeReport } from '../src/model/probe-report.ts';
import { probe } from '../src/observe/probe.ts';
import { BENCH_NAMES } from './configurations.ts';
import { floor } from './floor.ts';
import { type Measured, measure, median } from './measure.ts';

/** nmap speaks TDS to this port alone. */
const PORT = 1433;
const ROUNDS = 7;
/** Of one host; and of one version, where the next connection is made ready while one is answered. */
const AT_ONCE = 4;
const AT_ONCE_PER_VERSION = 2;
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url));
const NMAP = ['-Pn', '-n', '-p', String(PORT), '--script', 'ssl-enum-ciphers,ssl-cert', '127.0.0.1'];

export async function enumeration(print: (line: string) => void, nmap: boolean): Promise<void> {
  for (const name of BENCH_NAMES) {
    print(`\n${name}`);
    const server = await start(name);
    try {
      await compare(server, print, nmap);
    } finally {
      server.stop();
    }
  }
}

interface Series {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly connections: number;
  readonly output: string;
}

async function compare(server: BenchServer, print: (line: string) => void, nmap: boolean): Promise<void> {
  const ours: Run[] = [];
  const theirs: Run[] = [];
  // Turn by turn, so that whatever else the machine does meets both.
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(
      await server.count(() => measure(process.execPath, [CLI, 'probe', `127.0.0.1,${PORT}`, '--json'])),
    );
    if (nmap) theirs.push(await server.count(() => measure('nmap', NMAP)));
  }
  const us = series(ours);
  const [target] = (JSON.parse(us.output) as ProbeReport).targets;
  const suites = (target?.protocols ?? []).reduce((sum, protocol) => sum + protocol.suites.length, 0);
  print(`  ${suites} pairs of suite and version`);
  print(row('', 'wall ms', 'CPU ms', 'connections'));
  print(row('probe', us.wallMs.toFixed(0), us.cpuMs.toFixed(0), String(us.connections)));
  if (nmap) {
    const nm = series(theirs);
    print(row('nmap', nm.wallMs.toFixed(0), nm.cpuMs.toFixed(0), String(nm.connections)));
    goal(print, 'wall, of nmap’s', us.wallMs / nm.wallMs, 0.5);
    goal(print, 'connections, of nmap’s', us.connections / nm.connections, 0.5);
  } else print('  skipped: nmap is not installed');
  // Beside TLS 1.0 to 1.2 the probe asks for SSL 3.0 (1), TDS 8.0 (1) and PRELOGIN's other answers (3).
  const enumerated = us.connections - 5;
  goal(
    print,
    'enumerating connections beyond the suites, of 3 for each version asked',
    enumerated - suites,
    3 * 3,
  );
  const taken = (target?.protocols ?? []).filter(({ state }) => state === 'accepted').length;
  goal(
    print,
    'all connections beyond the suites, of 3 for each version taken',
    us.connections - suites,
    3 * taken,
  );
  await againstFloor(print);
}

/** In this process, without its start: the same connections, bare. */
async function againstFloor(print: (line: string) => void): Promise<void> {
  const where = { host: '127.0.0.1', port: PORT, instance: null, serverName: null };
  const ratios: number[] = [];
  let atOnce = AT_ONCE;
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    const { target } = await probe(where, { endpoint: 'bench', deadlineMs: 5000, hellos: [] });
    const took = performance.now() - begun;
    const versions = target.protocols.filter(({ state }) => state === 'accepted').length;
    atOnce = Math.min(AT_ONCE, versions * AT_ONCE_PER_VERSION);
    ratios.push(took / (await floor(PORT, target.connections, atOnce)));
  }
  goal(print, `enumeration, of the floor at ${atOnce} at once`, median(ratios.slice(1)), 1.3);
}

function goal(print: (line: string) => void, what: string, value: number, most: number): void {
  const shown = Number.isInteger(value) ? String(value) : `${value.toFixed(2)}×`;
  print(`  ${what}: ${shown}, at most ${most}: ${value <= most ? 'reached' : 'NOT REACHED'}`);
}

type Run = Measured & { readonly connections: number };

function series(runs: readonly Run[]): Series {
  return {
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    connections: median(runs.map(({ connections }) => connections)),
    output: runs.at(-1)?.output ?? '',
  };
}

const row = (name: string, ...numbers: readonly string[]) =>
  `  ${name.padEnd(8)}${numbers.map((number) => number.padStart(12)).join('')}`;

class BenchServer {
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  constructor(child: ChildProcess, lines: Interface) {
    this.#child = child;
    this.#lines = lines;
  }

  async count(run: () => Measured): Promise<Run> {
    await this.#connections();
    const measured = run();
    return { ...measured, connections: await this.#connections() };
  }

  #connections(): Promise<number> {
    return new Promise((resolve) => {
      this.#lines.once('line', (line) => resolve(Number(line)));
      this.#child.stdin?.write('\n');
    });
  }

  stop(): void {
    this.#child.kill();
  }
}

function start(name: string): Promise<BenchServer> {
  const child = spawn(process.execPath, [SERVER, name, String(PORT)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.once('line', () => resolve(new BenchServer(child, lines)));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: is port ${PORT} taken?`)));
  });
}
