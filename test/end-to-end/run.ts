// Starts the committed bundles as child processes, as a user or the runner does.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Node binaries that the dev dependencies bring, by major version. */
export const NODES = {
  20: resolve('node_modules/node-20/bin/node'),
  22: resolve('node_modules/node-22/bin/node'),
  24: resolve('node_modules/node/bin/node'),
} as const;

const LIMIT_MS = 60_000;

/** Runs `bundle` (a path below the repository) on a Node; `env` is the whole environment beside PATH and HOME. */
export function run(
  bundle: string,
  args: readonly string[],
  {
    node = 24,
    cwd = process.cwd(),
    env = {},
  }: { node?: keyof typeof NODES; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(NODES[node], [resolve(bundle), ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}
