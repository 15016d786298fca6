/**
 * `npm run bench`: the probe beside nmap, beside its floor, over a thousand servers; discovery beside git and ripgrep.
 * `node bench/run.ts readers '\.ya?ml$'`: one part of it; of the readers, those of such files.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { discovery } from './discovery.ts';
import { enumeration } from './enumeration.ts';
import { matrix } from './matrix.ts';
import { bundledReaders } from './readers-bundled.ts';
import { scale } from './scale.ts';

const nmap = spawnSync('nmap', ['--version'], { encoding: 'utf8' });
const version = nmap.status === 0 ? (nmap.stdout.split('\n')[0] ?? 'nmap') : null;
print(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${version ?? 'no nmap'}`,
);
const [only, paths] = process.argv.slice(2);
const parts: Readonly<Record<string, () => Promise<void>>> = {
  enumeration: () => enumeration(print, version !== null),
  scale: () => scale(print),
  readers: () => bundledReaders(print, paths),
  discovery: () => discovery(print),
  matrix: () => matrix(print),
};
for (const [name, run] of Object.entries(parts)) if (only === undefined || only === name) await run();

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
