/** `npm run bench`: the probe beside nmap, beside its floor, over a thousand servers; discovery beside git and ripgrep. */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { discovery } from './discovery.ts';
import { enumeration } from './enumeration.ts';
import { readers } from './readers.ts';
import { scale } from './scale.ts';

const nmap = spawnSync('nmap', ['--version'], { encoding: 'utf8' });
const version = nmap.status === 0 ? (nmap.stdout.split('\n')[0] ?? 'nmap') : null;
print(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${version ?? 'no nmap'}`,
);
await enumeration(print, version !== null);
await scale(print);
await readers(print);
await discovery(print);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
