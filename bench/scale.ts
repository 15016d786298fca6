/** A thousand servers in one process: memory and time stay bounded, whatever a third of them does. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProbeReport } from '../src/model/probe-report.ts';
import { type Watched, watch } from './measure.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const HOSTS = fileURLToPath(new URL('./hosts.ts', import.meta.url));
const CONCURRENCY = 32;
const DEADLINE_S = 5;
const MAX_MEGABYTES = 200;

export async function scale(print: (line: string) => void): Promise<void> {
  const hosts = fork(HOSTS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const endpoints = await new Promise<readonly string[]>((resolve, reject) => {
      hosts.once('message', (list) => resolve(list as string[]));
      hosts.once('exit', (code) => reject(new Error(`the servers ended with ${code}`)));
    });
    const file = join(folder, 'hosts');
    writeFileSync(file, endpoints.join('\n'));
    const options = ['--json', '--deadline', String(DEADLINE_S), '--concurrency', String(CONCURRENCY)];
    report(print, await watch(process.execPath, [CLI, 'probe', '-f', file, ...options]));
  } finally {
    hosts.removeAllListeners('exit').kill();
    rmSync(folder, { recursive: true });
  }
}

function report(print: (line: string) => void, { wallMs, peakBytes, output }: Watched): void {
  const { targets } = JSON.parse(output) as ProbeReport;
  const answered = targets.filter(({ prelogin }) => prelogin !== null).length;
  const connections = targets.reduce((sum, target) => sum + target.connections, 0);
  const workMs = targets.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const boundS = DEADLINE_S + workMs / CONCURRENCY / 1000;
  const seconds = wallMs / 1000;
  print(
    `\n${targets.length} servers, ${CONCURRENCY} at a time: ${answered} answered, ${connections} connections`,
  );
  print(
    `  wall: ${seconds.toFixed(1)} s, at most ${boundS.toFixed(1)} s (a deadline of ${DEADLINE_S} s and the work of all, divided): ${verdict(seconds <= boundS)}`,
  );
  if (peakBytes === null) print('  skipped: memory, for want of /proc');
  else {
    const megabytes = peakBytes / 1024 / 1024;
    const reached = verdict(megabytes < MAX_MEGABYTES);
    print(`  peak of resident memory: ${megabytes.toFixed(0)} MB, below ${MAX_MEGABYTES} MB: ${reached}`);
  }
}

const verdict = (reached: boolean) => (reached ? 'reached' : 'NOT REACHED');
