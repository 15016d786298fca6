import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeBrowserAnswer,
  decodeDacAnswer,
  encodeDacRequest,
  encodeInstanceRequest,
  encodeListRequest,
} from '../../src/tds/browser.ts';
import { TdsError } from '../../src/tds/packet.ts';

const answerOf = (text: string): Buffer => {
  const body = Buffer.from(text, 'latin1');
  const head = Buffer.from([5, 0, 0]);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
};
const EXPRESS =
  'ServerName;SQL01;InstanceName;SQLEXPRESS;IsClustered;No;Version;15.0.2000.5;tcp;49733;np;\\\\SQL01\\pipe\\x;;';

test('the request is one byte, the name, and a NUL', () => {
  expect(encodeInstanceRequest('DWH')).toEqual(Buffer.from([4, 0x44, 0x57, 0x48, 0]));
  for (const name of ['', 'x'.repeat(33), 'a\0b'])
    expect(() => encodeInstanceRequest(name)).toThrow(TdsError);
});

test('all instances, and the administrator connection of one', () => {
  expect(encodeListRequest()).toEqual(Buffer.from([3]));
  expect(encodeDacRequest('DWH')).toEqual(Buffer.from([0x0f, 1, 0x44, 0x57, 0x48, 0]));
});

test('the list of a whole host is longer than the answer about one instance may be', () => {
  const many = answerOf(EXPRESS.repeat(40));
  expect(() => decodeBrowserAnswer(many)).toThrow(TdsError);
  expect(decodeBrowserAnswer(many, 'all')).toHaveLength(40);
});

test('any bytes are a port or a TdsError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      try {
        expect(decodeDacAnswer(bytes)).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof TdsError)) throw error;
      }
    }),
  );
});

describe('answers', () => {
  test('one instance, several, one without TCP', () => {
    expect(decodeBrowserAnswer(answerOf(EXPRESS))).toEqual([
      { name: 'SQLEXPRESS', version: '15.0.2000.5', port: 49733 },
    ]);
    const more = `${EXPRESS}ServerName;SQL01;InstanceName;DWH;IsClustered;No;Version;13.0.1601.5;;`;
    expect(decodeBrowserAnswer(answerOf(more)).map(({ name, port }) => [name, port])).toEqual([
      ['SQLEXPRESS', 49733],
      ['DWH', null],
    ]);
  });

  test.each([
    ['a port out of range', answerOf('InstanceName;A;tcp;99999;;'), null],
    ['no number', answerOf('InstanceName;A;tcp;x;;'), null],
  ])('%s is no port', (_, datagram, port) => expect(decodeBrowserAnswer(datagram)[0]?.port).toBe(port));

  test.each([
    ['empty', Buffer.alloc(0)],
    ['another type', Buffer.from([6, 0, 0])],
    ['cut', answerOf(EXPRESS).subarray(0, 40)],
    ['too long', answerOf('x'.repeat(2000))],
    ['no pairs', answerOf('hello;;')],
  ])('%s is an error', (_, datagram) => expect(() => decodeBrowserAnswer(datagram)).toThrow(TdsError));

  test('any datagram gives instances or a TdsError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, framed) => {
        try {
          decodeBrowserAnswer(framed ? answerOf(Buffer.from(bytes).toString('latin1')) : bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TdsError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
