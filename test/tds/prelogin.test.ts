import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeMessage, PACKET_TYPE, PacketReader, TdsError } from '../../src/tds/packet.ts';
import { decodePrelogin, encodePrelogin } from '../../src/tds/prelogin.ts';

describe('packets', () => {
  test('a message of any size comes back whole, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), fc.integer({ min: 1, max: 5000 }), (payload, cut) => {
        const stream = encodeMessage(PACKET_TYPE.PRELOGIN, payload);
        const reader = new PacketReader();
        const packets = [];
        for (let at = 0; at < stream.length; at += cut)
          packets.push(...reader.push(stream.subarray(at, at + cut)));
        expect(Buffer.concat(packets.map((packet) => packet.payload)).equals(payload)).toBe(true);
        expect(packets.map((packet) => packet.endOfMessage)).toEqual(
          packets.map((_, i) => i === packets.length - 1),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('a length below the header is an error, not a loop', () => {
    expect(() => new PacketReader().push(Buffer.from([0x12, 1, 0, 7, 0, 0, 0, 0]))).toThrow(TdsError);
  });
});

describe('PRELOGIN', () => {
  test.each([
    ['OFF', '15.0.2000', ''],
    ['ON', '16.0.4195', 'SALES'],
    ['NOT_SUP', '10.50.6542', ''],
    ['REQ', '9.0.5000', 'X'],
  ] as const)('%s comes back as it went', (encryption, version, instance) => {
    expect(decodePrelogin(encodePrelogin({ version, encryption, instance }))).toEqual({
      version,
      encryption,
      instance,
    });
  });

  test('the reply of a real SQL Server 2017 is read (public: elixir-ecto/tds#109)', () => {
    const [packet] = new PacketReader().push(
      Buffer.from(
        '0401002b0000010000001a00060100200001030021000004002100010600220001ff0e0007eb0000010000',
        'hex',
      ),
    );
    expect(decodePrelogin(packet?.payload ?? Buffer.alloc(0))).toMatchObject({
      version: '14.0.2027',
      encryption: 'ON',
    });
  });

  test('a server leaves THREADID empty, as real ones do', () => {
    const answer = encodePrelogin({ version: '14.0.2027', encryption: 'ON', instance: '' }, 'server');
    expect(answer.toString('hex')).toContain('03' + '0022' + '0000');
    expect(decodePrelogin(answer)).toEqual({ version: '14.0.2027', encryption: 'ON', instance: '' });
  });

  test('any bytes give a message or a TdsError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          decodePrelogin(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TdsError);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
