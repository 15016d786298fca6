// An image without a registry: Node with the libraries it is linked to, and this project's bundles with the lab in them.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { NODES } from '../end-to-end/run.ts';

const NAME = 'mssql-tls-preflight-test/sql';
const LIMIT_MS = 120_000;

/** Runs docker and gives its standard output; throws with its own words when it fails. */
export function docker(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8', timeout: LIMIT_MS });
  if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Why there is no engine to test with; `null` when there is one that runs Linux containers on this machine. */
export function noEngine(): string | null {
  const { status, stdout, stderr, error } = spawnSync('docker', ['info', '--format', '{{.OSType}}'], {
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  if (error) return 'docker is not installed';
  if (status !== 0) return stderr.trim().split('\n').at(-1) ?? 'docker has no engine';
  return process.platform === 'linux' && stdout.trim() === 'linux' ? null : 'no Linux containers here';
}

/** What the server of an image does; `serve` answers. */
export type Mode = 'serve' | 'memory' | 'chatty' | 'mute';

export const imageOf = (mode: Mode) => `${NAME}:${mode}`;

/** Makes the image once and one variant of it for each mode. */
export function buildImages(modes: readonly Mode[]): void {
  // A run that was cut off may have left some.
  removeImages(modes);
  const root = mkdtempSync(join(tmpdir(), 'preflight-image-'));
  try {
    copyNode(root);
    cpSync('dist', join(root, 'dist'), { recursive: true });
    copyFileSync('test/containers/server.mjs', join(root, 'server.mjs'));
    mkdirSync(join(root, 'var/opt/mssql'), { recursive: true });
    const archive = join(root, '..', `${root.split('/').at(-1)}.tar`);
    spawnSync('tar', ['-C', root, '-cf', archive, '.'], { timeout: LIMIT_MS });
    try {
      docker('import', ...command('serve'), archive, imageOf('serve'));
    } finally {
      rmSync(archive, { force: true });
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  for (const mode of modes.filter((one) => one !== 'serve')) {
    const container = docker('create', imageOf('serve'));
    docker('commit', ...command(mode), container, imageOf(mode));
    docker('rm', container);
  }
}

/** With the containers that a broken test left. */
export function removeImages(modes: readonly Mode[]): void {
  const filters = modes.flatMap((mode) => ['--filter', `ancestor=${imageOf(mode)}`]);
  const left = docker('ps', '--all', '--quiet', ...filters).split('\n');
  if (left[0] !== '') docker('rm', '--force', ...left);
  spawnSync('docker', ['rmi', '--force', ...modes.map(imageOf)], { timeout: LIMIT_MS });
}

const command = (mode: Mode) => ['--change', `CMD ["/node", "/server.mjs", "${mode}"]`];

/** The binary and, at the same paths as here, each library that `ldd` names, the loader among them. */
function copyNode(root: string): void {
  const node = NODES[24];
  copyFileSync(node, join(root, 'node'));
  const { stdout } = spawnSync('ldd', [resolve(node)], { encoding: 'utf8' });
  for (const [, library = ''] of stdout.matchAll(/(\/\S+) \(0x/g)) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
}
