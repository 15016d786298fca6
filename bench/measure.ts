/** A whole process, from outside: wall time, CPU time, peak memory. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly wallMs: number;
  /** User and system, of the process and its children. */
  readonly cpuMs: number;
  readonly output: string;
}

/** `time` of bash writes to standard error what this reads: real, user, system in seconds. */
const TIMED = 'TIMEFORMAT="%R %U %S"; time "$@"';

export function measure(command: string, args: readonly string[]): Measured {
  const { stdout, stderr } = spawnSync('bash', ['-c', TIMED, 'bash', command, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const last = stderr.trim().split('\n').at(-1) ?? '';
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = last.split(' ').map(Number);
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000, output: stdout };
}

export interface Watched {
  readonly wallMs: number;
  /** `VmHWM` of /proc, `null` where there is none. */
  readonly peakBytes: number | null;
  readonly output: string;
}

const LOOK_MS = 20;

/** Its resident memory is looked at all along: the kernel keeps the highest. */
export function watch(command: string, args: readonly string[]): Promise<Watched> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let peakBytes: number | null = null;
    let output = '';
    const look = setInterval(() => {
      peakBytes = highWater(child.pid) ?? peakBytes;
    }, LOOK_MS);
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', () => {
      clearInterval(look);
      resolve({ wallMs: performance.now() - begun, peakBytes, output });
    });
  });
}

function highWater(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - ((sorted.length + 1) % 2)], sorted[middle]];
  return (low + high) / 2;
}
