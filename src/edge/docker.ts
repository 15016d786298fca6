/** Runs the `docker` command line: no shell, a deadline, bounded output. */
import { spawn, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

export interface DockerOptions {
  readonly deadlineMs: number;
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes for its standard input. */
  readonly input?: Uint8Array;
  /** Ends it before its time; only for commands that leave nothing behind. */
  readonly signal?: AbortSignal;
  /** Its standard output goes to the terminal, as `docker pull` draws its bars, and not into `stdout`. */
  readonly onTerminal?: boolean;
}

export interface DockerRun {
  /** `null` when it did not end by itself. */
  readonly code: number | null;
  /** The last 64 KB, UTF-8. */
  readonly stdout: string;
  readonly stderr: string;
  /** `missing`: there is no such command. `late`: the deadline passed. `stopped`: by the signal. */
  readonly trouble: 'missing' | 'late' | 'stopped' | null;
}

const COMMAND = 'docker';
/** Windows looks for `docker.exe` in the working directory first, which may be the checked folder. */
const ELSEWHERE = process.platform === 'win32' ? { cwd: dirname(process.execPath) } : {};
const MAX_KEPT = 64 * 1024;
/** Standard error of this process: where progress belongs. */
const STDERR = 2;

/** Never throws. A session of its own, so that Ctrl+C reaches this process alone and the container is removed in order. */
export function docker(args: readonly string[], options: DockerOptions): Promise<DockerRun> {
  return new Promise((resolve) => {
    const child = spawn(COMMAND, args, {
      ...ELSEWHERE,
      detached: process.platform !== 'win32',
      windowsHide: true,
      env: { ...process.env, ...options.env },
      stdio: [options.input ? 'pipe' : 'ignore', options.onTerminal ? STDERR : 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [keepLast(child.stdout), keepLast(child.stderr)];
    let trouble: DockerRun['trouble'] = null;
    const end = (why: 'late' | 'stopped') => {
      trouble ??= why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end('late'), options.deadlineMs);
    const stop = () => end('stopped');
    if (options.signal?.aborted) stop();
    options.signal?.addEventListener('abort', stop, { once: true });
    const done = (code: number | null) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      resolve({ code, stdout: stdout(), stderr: stderr(), trouble });
    };
    child.on('error', () => {
      trouble ??= 'missing';
      done(null);
    });
    child.on('close', done);
    // It may end before it has read everything; its own words say why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}

/** The same while this process ends: nothing else runs until it is done. */
export function dockerAtOnce(args: readonly string[], deadlineMs: number): void {
  spawnSync(COMMAND, args, { ...ELSEWHERE, stdio: 'ignore', timeout: deadlineMs, windowsHide: true });
}

function keepLast(stream: NodeJS.ReadableStream | null): () => string {
  let kept: Buffer = Buffer.alloc(0);
  stream?.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-MAX_KEPT);
  });
  return () => kept.toString('utf8');
}
