// Resumption against a server that keeps sessions: OpenSSL's own s_server, behind a front that speaks TDS.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { mintCertificate } from '../../src/lab/certificates.ts';
import { resumption } from '../../src/observe/handshakes/resumption.ts';
import { Line } from '../../src/observe/wire/line.ts';
import { encodeMessage, PACKET_TYPE } from '../../src/tds/packet.ts';
import { encodePrelogin } from '../../src/tds/prelogin.ts';
import { type RawServer, rawServer } from '../observe/raw-server.ts';

const REPLY = encodePrelogin({ version: '15.0.2000', encryption: 'ON', instance: '' }, 'server');
const there = spawnSync('openssl', ['version']).status === 0;
const group = there ? describe : describe.skip;
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** The port it took; it prints `ACCEPT 127.0.0.1:41234`. */
function listening(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const port = /ACCEPT \S*:(\d+)/.exec(said)?.[1];
      if (port) resolve(Number(port));
    });
    server.on('exit', () => reject(new Error(`openssl s_server ended: ${said}`)));
  });
}

/** PRELOGIN here, records there: in packets during the handshake, then bare, perhaps in the same segment. */
function front(port: number): Promise<RawServer> {
  return rawServer((socket) => {
    const tls = connect(port, '127.0.0.1');
    let held: Buffer = Buffer.alloc(0);
    let greeted = false;
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held[0] === PACKET_TYPE.PRELOGIN && held.length >= 8 && held.length >= held.readUInt16BE(2)) {
        const length = held.readUInt16BE(2);
        if (greeted) tls.write(held.subarray(8, length));
        else socket.write(encodeMessage(PACKET_TYPE.TABULAR_RESULT, REPLY));
        greeted = true;
        held = held.subarray(length);
      }
      if (held.length === 0 || held[0] === PACKET_TYPE.PRELOGIN) return;
      tls.write(held);
      held = Buffer.alloc(0);
    });
    tls.on('data', (chunk) => socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, chunk)));
    tls.on('error', () => socket.destroy());
    tls.on('close', () => socket.end());
    socket.on('close', () => tls.destroySoon());
  });
}

async function asked(...options: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 's-server-'));
  const { chain, key } = mintCertificate({
    commonName: 'sql',
    dnsNames: [],
    hash: 'sha256',
    signedBy: 'itself',
  });
  writeFileSync(join(folder, 'cert.pem'), chain);
  writeFileSync(join(folder, 'key.pem'), key);
  const files = ['-cert', join(folder, 'cert.pem'), '-key', join(folder, 'key.pem')];
  const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-tls1_2', ...files, ...options]);
  closing.push(() => {
    server.removeAllListeners('exit').kill();
    rmSync(folder, { recursive: true });
  });
  const { port, close } = await front(await listening(server));
  closing.push(close);
  const where = { host: '127.0.0.1', port, instance: null, serverName: null };
  const line = new Line(where, { deadlineMs: 3000, scanMs: 10_000 });
  return { ...(await resumption(line)), connections: line.connections };
}

group(there ? 'sessions of openssl s_server' : 'skipped: openssl is not there', () => {
  test.each([
    ['by id and by ticket', [], { id: true, ticket: true, connections: 4 }],
    ['by id alone', ['-no_ticket'], { id: true, ticket: false, connections: 3 }],
    ['by ticket alone', ['-no_cache'], { id: false, ticket: true, connections: 4 }],
    ['not at all', ['-no_ticket', '-no_cache'], { id: false, ticket: false, connections: 3 }],
  ])('%s', async (_, options, expected) => {
    expect(await asked(...options)).toEqual(expected);
  });
});

test('nothing listens: that is not known', async () => {
  const where = { host: '127.0.0.1', port: 1, instance: null, serverName: null };
  const said: string[] = [];
  const line = new Line(where, { deadlineMs: 1000, scanMs: 5000, onConnection: (one) => said.push(one) });
  expect(await resumption(line)).toEqual({ id: null, ticket: null });
  expect(said).toEqual([
    expect.stringMatching(/resumption by id, first: .*ECONNREFUSED/),
    expect.stringMatching(/resumption by ticket, first: .*ECONNREFUSED/),
  ]);
});
