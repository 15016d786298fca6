// What changes in a session with the version of TDS that a login asks for.
import { describe, expect, test } from '@jest/globals';
import { labProfile } from '../../src/lab/profiles.ts';
import { respond, versionOfLogin } from '../../src/lab/session.ts';
import { PACKET_TYPE } from '../../src/tds/packet.ts';

const PROFILE = labProfile('sql-server-2022');
if (!PROFILE) throw new Error('no lab profile');
const DONE = 0xfd;
const LOGINACK = 0xad;

/** The fixed beginning of LOGIN7: length, then TDSVersion, both little-endian. */
function login(version: number): Buffer {
  const message = Buffer.alloc(36);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt32LE(version, 4);
  return message;
}

describe('a login asks for a version', () => {
  test.each([
    [0x70000000, '7.1'],
    [0x71000001, '7.1'],
    [0x72090002, '7.4'],
    [0x74000004, '7.4'],
  ] as const)('%p', (version, tds) => {
    expect(versionOfLogin(login(version))).toBe(tds);
  });

  test('one cut short is taken for a client of today', () => {
    expect(versionOfLogin(Buffer.alloc(3))).toBe('7.4');
  });
});

describe.each([
  ['7.1', 0x71000001, 9],
  ['7.4', 0x74000004, 13],
] as const)('TDS %s', (tds, version, doneLength) => {
  const answer = (sql: string) => {
    const headers = tds === '7.1' ? Buffer.alloc(0) : Buffer.from([4, 0, 0, 0]);
    const batch = Buffer.concat([headers, Buffer.from(sql, 'utf16le')]);
    return respond(PACKET_TYPE.BATCH, batch, PROFILE, tds) ?? Buffer.alloc(0);
  };

  test('the welcome says it and ends with a DONE of its length', () => {
    const welcome = respond(PACKET_TYPE.LOGIN7, login(version), PROFILE, tds) ?? Buffer.alloc(0);
    const done = welcome.subarray(-doneLength);
    const said = Buffer.alloc(4);
    said.writeUInt32BE(version);
    expect(done[0]).toBe(DONE);
    expect(welcome.includes(Buffer.concat([Buffer.from([1]), said]), welcome.indexOf(LOGINACK))).toBe(true);
  });

  test.each([
    ['select 7', 7],
    ['SELECT @@MAX_PRECISION\r\nSET TEXTSIZE 2147483647', 38],
  ])('%j: one row, one DONE that counts it', (sql, value) => {
    const done = answer(sql).subarray(-doneLength);
    expect([done[0], done.readUInt32LE(5)]).toEqual([DONE, 1]);
    expect(answer(sql).readInt32LE(answer(sql).length - doneLength - 4)).toBe(value);
  });
});
