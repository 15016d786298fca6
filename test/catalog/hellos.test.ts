// What the catalog says a client offers is what that client was recorded to send, and is sent again byte for byte.
import { describe, expect, test } from '@jest/globals';
import { DRIVERS, driver } from '../../src/catalog/drivers.ts';
import { asRecorded, RECORDED_HELLOS, type RecordedHello, recordedHello } from '../../src/catalog/hellos.ts';
import { helloOf } from '../../src/catalog/offers.ts';
import { TLS_STACKS, tlsStack } from '../../src/catalog/tls-stacks.ts';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import { TDS7_PROTOCOLS } from '../../src/model/protocol.ts';
import { catalogClients } from '../../src/resolve/catalog-clients.ts';
import { takeApart } from '../../src/tls/captured-hello.ts';
import { suiteByCode } from '../../src/tls/cipher-suites.ts';
import { encodeClientHello } from '../../src/tls/client-hello.ts';
import { EXTENSION } from '../../src/tls/wire.ts';

const SERVER_NAME = 'sql.contoso.example';
const bytesOf = (row: RecordedHello) => Buffer.from(row.records, 'hex');
const stackOf = (row: RecordedHello) => {
  const stack = tlsStack(row.stack);
  if (!stack) throw new Error(`no stack ${row.stack}`);
  return stack;
};

/** The builds of the catalog that a recording speaks for, each with its hello on the stack of the recording. */
const spokenFor = RECORDED_HELLOS.flatMap((row) =>
  row.speaksFor.flatMap(({ driver: id }) =>
    (driver(id)?.versions ?? []).flatMap((build) => {
      if (recordedHello(id, build, stackOf(row)) !== row) return [];
      const offered = helloOf(build, stackOf(row));
      return offered.protocols.includes('TLS 1.2')
        ? [{ name: `${row.id}: ${id} ${build.range}`, row, hello: asRecorded(offered, row) }]
        : [];
    }),
  ),
);

const namesVersions = ({ layout }: RecordedHello) =>
  layout.extensions.some(({ type }) => type === EXTENSION.SUPPORTED_VERSIONS);

/** A hello without supported_versions names its highest version alone. */
const comparable = ({ protocols, ...rest }: ClientHelloProfile, row: RecordedHello) => ({
  ...rest,
  protocols: namesVersions(row) ? protocols : protocols.slice(-1),
});

test('every recording says what was run, where, when and how', () => {
  expect(new Set(RECORDED_HELLOS.map(({ id }) => id)).size).toBe(RECORDED_HELLOS.length);
  for (const row of RECORDED_HELLOS) {
    expect(row.client).not.toBe('');
    expect(row.tls).toMatch(/\d/);
    expect(row.os).toMatch(/\w/);
    expect(row.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(row.command).toMatch(/\S/);
    expect(row.command).not.toMatch(/(^|[\s=])\/(?!dev\b)/);
    expect(tlsStack(row.stack)?.status).toBe('measured');
    expect(tlsStack(row.stack)?.sources.join()).toContain(row.id);
    expect(row.prelogin === null).toBe(row.carried === 'bare');
    for (const { driver: id } of row.speaksFor) expect(driver(id)).toBeDefined();
  }
});

test.each(RECORDED_HELLOS.map((row) => [row.id, row] as const))(
  '%s: sent again, the same bytes',
  (_, row) => {
    const { hello, random, sessionId, serverName } = takeApart(bytesOf(row));
    expect(hello.layout).toEqual(row.layout);
    const again = encodeClientHello({ ...hello, layout: row.layout }, { random, sessionId, serverName });
    expect(again.toString('hex')).toBe(row.records);
  },
);

describe('a driver of the catalog', () => {
  test('each recording of a driver speaks for a build', () => {
    const spoken = new Set(spokenFor.map(({ row }) => row.id));
    expect(RECORDED_HELLOS.filter(({ id, speaksFor }) => speaksFor.length > 0 && !spoken.has(id))).toEqual(
      [],
    );
  });

  test.each(spokenFor.map((one) => [one.name, one] as const))('%s offers what was recorded', (_, one) => {
    const recorded = takeApart(bytesOf(one.row)).hello;
    expect(comparable(one.hello, one.row)).toEqual(comparable(recorded, one.row));
  });

  test.each(spokenFor.map((one) => [one.name, one] as const))('%s sends the recorded bytes', (_, one) => {
    const { random, sessionId } = takeApart(bytesOf(one.row));
    const sent = encodeClientHello(one.hello, { random, sessionId, serverName: SERVER_NAME });
    expect(sent.toString('hex')).toBe(one.row.records);
  });

  test('among all clients of the catalog, each recording is sent', () => {
    const layouts = new Set(
      catalogClients().flatMap(({ cases }) => cases.flatMap(({ hello }) => hello?.layout ?? [])),
    );
    const unsent = RECORDED_HELLOS.filter((row) => row.speaksFor.length > 0 && !layouts.has(row.layout));
    expect(unsent.map(({ id }) => id)).toEqual([]);
  });

  test('a hello that stops below the recorded version has no layout of it', () => {
    const row = RECORDED_HELLOS.find(({ id }) => id === 'tedious-node-24');
    const build = driver('tedious')?.versions.at(-1);
    if (!row || !build) throw new Error('no tedious');
    const lower = { ...helloOf(build, stackOf(row)), protocols: ['TLS 1.0'] as const };
    expect(asRecorded(lower, row).layout).toBeUndefined();
  });
});

describe('a stack of the catalog', () => {
  const alone = RECORDED_HELLOS.filter(({ speaksFor }) => speaksFor.length === 0);

  test.each(alone.map((row) => [row.id, row] as const))('%s bears the row out', (_, row) => {
    const stack = stackOf(row);
    const recorded = takeApart(bytesOf(row)).hello;
    const tls13 = namesVersions(row);
    const kept = (all: readonly string[], only: readonly string[] = []) =>
      all.filter((name) => tls13 || !only.includes(name));
    expect(recorded.protocols.at(-1)).toBe('TLS 1.2');
    if (tls13) expect(recorded.protocols).toEqual(TDS7_PROTOCOLS.filter((v) => stack.client.includes(v)));
    expect(recorded.suites).toEqual(stack.suites);
    expect(recorded.groups).toEqual(kept(stack.groups, stack.tls13Groups));
    expect(recorded.signatureAlgorithms).toEqual(
      kept(stack.signatureAlgorithms, stack.tls13SignatureAlgorithms),
    );
  });

  test('TLS 1.3 suites stand in the recording in the order of the row', () => {
    for (const row of RECORDED_HELLOS.filter(namesVersions)) {
      const sent = row.layout.suites.flatMap((code) => suiteByCode(code) ?? []);
      const names = sent.filter(({ minProtocol }) => minProtocol === 'TLS 1.3').map(({ name }) => name);
      expect([row.id, names]).toEqual([row.id, stackOf(row).tls13Suites]);
    }
  });

  test('what TLS 1.3 alone brings is part of the lists', () => {
    for (const { groups, signatureAlgorithms, tls13Groups, tls13SignatureAlgorithms } of TLS_STACKS) {
      expect(groups).toEqual(expect.arrayContaining([...(tls13Groups ?? [])]));
      expect(signatureAlgorithms).toEqual(expect.arrayContaining([...(tls13SignatureAlgorithms ?? [])]));
    }
  });
});

test('server_name: who sends it, and who sends even an address', () => {
  const behaviour = RECORDED_HELLOS.map((row) => [
    row.id,
    takeApart(bytesOf(row)).serverName === SERVER_NAME,
    row.serverNameForAddress,
  ]);
  expect(behaviour.filter(([, byName]) => !byName).map(([id]) => id)).toEqual(['freetds-gnutls-3.7']);
  expect(behaviour.filter(([, , address]) => address !== null).map(([id]) => id)).toEqual([
    'tedious-node-20',
    'mono-6',
    'python-tds-debian-12',
  ]);
});

test('a wrapper is not recorded, the driver it brings is', () => {
  const recorded = new Set(RECORDED_HELLOS.flatMap(({ speaksFor }) => speaksFor.map((one) => one.driver)));
  const wrappers = DRIVERS.filter((one) => one.versions.every(({ stacks }) => stacks.includes('inherits')));
  expect(wrappers.filter(({ id }) => recorded.has(id))).toEqual([]);
});
