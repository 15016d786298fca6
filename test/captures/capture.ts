/** One client, one hello: runs a command against a listener that hangs up after the ClientHello. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../clients/clients.ts';
import { type Caught, listenForHellos } from './listener.ts';

export const SERVER_NAME = 'sql.contoso.example';
export const ADDRESS = '127.0.0.1';
const LIMIT_MS = 15_000;

/** The hello that `connect`'s command sends to `host`, an address of this machine or {@link SERVER_NAME}. */
export async function capture(
  connect: (host: string, port: number) => Command,
  host: string,
): Promise<Caught> {
  const listener = await listenForHellos();
  const folder = mkdtempSync(join(tmpdir(), 'hello-'));
  const command = connect(host, listener.port);
  const { file, args } = host === SERVER_NAME ? named(command, folder) : command;
  const child = spawn(file, args, {
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  try {
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    return await Promise.race([listener.next(LIMIT_MS), failed]);
  } finally {
    child.kill();
    await listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a mount namespace of its own the name stands in /etc/hosts, and nothing outside changes. Linux alone. */
function named({ file, args }: Command, folder: string): Command {
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `${ADDRESS} localhost ${SERVER_NAME}\n`);
  const script = 'mount --bind "$0" /etc/hosts && exec "$@"';
  return {
    file: 'unshare',
    args: ['--map-root-user', '--mount', 'sh', '-c', script, hosts, file, ...args],
  };
}
