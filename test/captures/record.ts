/**
 * Records the ClientHello of every client that can run here into src/catalog/data/hellos.json; the row of a client that
 * cannot run here stays as it is. Run on Linux with the action's Node:
 *
 *     JAVA_25=<java> node_modules/node/bin/node test/captures/record.ts
 *
 * JAVA_25 is a JDK 25; tedious 19, the last that runs on Node 20, is a dev dependency.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch } from 'node:os';
import { basename, join, relative } from 'node:path';
import type { RecordedHello } from '../../src/catalog/hellos.ts';
import { takeApart } from '../../src/tls/captured-hello.ts';
import { type Command, ROOT } from '../clients/clients.ts';
import { ADDRESS, capture, SERVER_NAME } from './capture.ts';
import { RECORDINGS, type Recording } from './recordings.ts';

const FILE = join(ROOT, 'src/catalog/data/hellos.json');
const ABOUT =
  'ClientHellos of real clients, as recorded from a listener on loopback that plays a SQL Server (test/captures/record.ts). records: the TLS records in hex, TDS packets taken off; they hold the random and the session id as sent. layout: the same taken apart, what the encoder needs to send it again. carried: in TDS packets as [MS-TDS] wraps it, or bare, by a program that knows no TDS. speaksFor: drivers that send this hello on this stack; empty: it is evidence for the stack alone. serverNameForAddress: what server_name held when the client was given the address 127.0.0.1 (null: not sent); the recording itself is of a name.';

async function record(recording: Recording): Promise<RecordedHello> {
  const byName = await capture(recording.connect, SERVER_NAME);
  const byAddress = await capture(recording.connect, ADDRESS);
  const { layout } = takeApart(byName.records).hello;
  if (!layout) throw new Error('a captured hello has a layout');
  return {
    id: recording.id,
    stack: recording.stack,
    speaksFor: recording.speaksFor,
    ...recording.identity(),
    os: `${osName()}, ${arch()}`,
    date: new Date().toISOString().slice(0, 10),
    command: written(recording.connect(SERVER_NAME, 1433)),
    settings: recording.settings,
    notes: recording.notes ?? [],
    carried: byName.prelogin === null ? 'bare' : 'TDS packets',
    prelogin: byName.prelogin,
    serverNameForAddress: takeApart(byAddress.records).serverName,
    records: byName.records.toString('hex'),
    layout,
  };
}

function osName(): string {
  return /^PRETTY_NAME="(.+)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
}

/** The command without the folders of this machine. */
function written({ file, args, env = {} }: Command): string {
  const plain = (word: string) => {
    const inside = relative(ROOT, word);
    if (!word.startsWith('/')) return word;
    return inside.startsWith('..') ? basename(word) : inside;
  };
  const words = [...Object.entries(env).map(([key, value]) => `${key}=${plain(value)}`), file, ...args];
  return words
    .map(plain)
    .map((word) => (/[\s;]/.test(word) ? `'${word}'` : word))
    .join(' ');
}

/** Rows and what stands in them one below the other, anything deeper in one line. */
function print(value: unknown, depth: number, indent = ''): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Object.entries(value).map(([key, part]) => {
    const text = print(part, depth - 1, inner);
    return Array.isArray(value) ? `${inner}${text}` : `${inner}${JSON.stringify(key)}: ${text}`;
  });
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

const kept = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as { rows: readonly RecordedHello[] }).rows
  : [];
const rows: RecordedHello[] = [];
for (const recording of RECORDINGS) {
  const before = kept.find(({ id }) => id === recording.id);
  const row = recording.obstacle === null ? await record(recording) : before;
  if (row) rows.push(row);
  const what =
    recording.obstacle === null ? 'recorded' : `${before ? 'kept' : 'skipped'}: ${recording.obstacle}`;
  process.stderr.write(`${recording.id}: ${what}\n`);
}
writeFileSync(FILE, `${print({ about: ABOUT, rows }, 4)}\n`);
