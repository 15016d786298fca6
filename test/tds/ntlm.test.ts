import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeChallenge } from '../../src/lab/ntlm.ts';
import { errorMessage } from '../../src/lab/tokens.ts';
import { readLoginAnswer } from '../../src/tds/login-answer.ts';
import { encodeIntegratedLogin } from '../../src/tds/login7.ts';
import { decodeChallenge, encodeNegotiate } from '../../src/tds/ntlm.ts';
import { TdsError } from '../../src/tds/packet.ts';

/** [MS-NLMP] 4.2.4.3: the CHALLENGE_MESSAGE of the NTLMv2 example, byte for byte. */
const EXAMPLE = Buffer.from(
  `4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000 2400240044000000
   0600701700000 00f 530065007200760065007200 02000c0044006f006d00610069006e00 01000c0053006500720076006500720000000000`.replace(
    /\s/g,
    '',
  ),
  'hex',
);

test('the example of [MS-NLMP]', () => {
  expect(decodeChallenge(EXAMPLE)).toEqual({
    version: '6.0.6000',
    netbiosComputer: 'Server',
    netbiosDomain: 'Domain',
    dnsComputer: null,
    dnsDomain: null,
    time: null,
  });
});

const WINDOWS = { build: '10.0.17763', computer: 'SQL01', domain: ['CONTOSO', 'contoso.example'] } as const;
const CHALLENGED = {
  version: '10.0.17763',
  netbiosComputer: 'SQL01',
  netbiosDomain: 'CONTOSO',
  dnsComputer: 'sql01.contoso.example',
  dnsDomain: 'contoso.example',
  time: '2026-01-01T00:00:00.000Z',
};

test('what the lab writes is what is read, in SPNEGO too', () => {
  const challenge = encodeChallenge(WINDOWS);
  expect(decodeChallenge(challenge)).toEqual(CHALLENGED);
  expect(decodeChallenge(Buffer.concat([Buffer.from('a181d03081cd', 'hex'), challenge]))).toEqual(CHALLENGED);
});

test('damaged anywhere: a challenge or a TdsError', () => {
  const whole = encodeChallenge(WINDOWS);
  const ends = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, cut) => {
      const bytes = Buffer.from(whole);
      bytes[at] = value;
      try {
        decodeChallenge(bytes.subarray(0, Math.max(cut, 40)));
        ends.read += 1;
      } catch (error) {
        if (!(error instanceof TdsError)) throw error;
        ends.refused += 1;
      }
    }),
    { numRuns: 5000 },
  );
  expect(Math.min(ends.read, ends.refused)).toBeGreaterThan(10);
});

test('a token without NTLM, and a name longer than names are, are said', () => {
  expect(() => decodeChallenge(Buffer.from('a1143012a0030a0101', 'hex'))).toThrow(/Kerberos alone/);
  const named = (length: number) => encodeChallenge({ ...WINDOWS, computer: 'C'.repeat(length) });
  // The DNS name of the lab has 16 characters more.
  expect(decodeChallenge(named(239)).netbiosComputer).toHaveLength(239);
  expect(() => decodeChallenge(named(240))).toThrow(TdsError);
});

test('NEGOTIATE holds no name and no version of ours', () => {
  const message = encodeNegotiate();
  expect(message.subarray(0, 12).toString('latin1')).toBe('NTLMSSP\0\x01\0\0\0');
  expect(message.subarray(16).every((byte) => byte === 0)).toBe(true);
});

describe('LOGIN7', () => {
  const token = Buffer.from('token');
  const message = encodeIntegratedLogin(token);
  const field = (at: number) => {
    const [offset, length] = [message.readUInt16LE(at), message.readUInt16LE(at + 2)];
    return message.subarray(offset, offset + length * (at === 78 ? 1 : 2));
  };

  test('integrated security, and the token', () => {
    expect(message.readUInt32LE(0)).toBe(message.length);
    expect(message.readUInt8(25) & 0x80).toBe(0x80);
    expect(field(78)).toEqual(token);
  });

  test('no host, no user, no password; the name of this program', () => {
    for (const at of [36, 40, 44]) expect(field(at)).toHaveLength(0);
    expect(field(48).toString('utf16le')).toBe('mssql-tls-preflight');
  });
});

describe('the answer to a login', () => {
  const sized = (token: number, body: Buffer) => {
    const head = Buffer.from([token, 0, 0]);
    head.writeUInt16LE(body.length, 1);
    return Buffer.concat([head, body]);
  };

  test('what comes before the token that decides is passed over', () => {
    const before = sized(0xab, Buffer.alloc(20));
    expect(readLoginAnswer(Buffer.concat([before, sized(0xed, Buffer.from('x'))]))).toEqual({
      kind: 'sspi',
      token: Buffer.from('x'),
    });
    expect(readLoginAnswer(sized(0xad, Buffer.alloc(4)))).toEqual({ kind: 'accepted' });
  });

  test('of an error no more than the longest text of sys.messages', () => {
    const answer = readLoginAnswer(errorMessage(18_452, 'x'.repeat(30_000)));
    expect(answer).toEqual({ kind: 'error', number: 18_452, message: 'x'.repeat(2047) });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['an end without a word', Buffer.from([0xfd, 0, 0])],
    ['a token of no login', Buffer.from([0x81, 1, 0])],
    ['a length beyond the message', Buffer.from([0xed, 9, 0, 1])],
    ['an error cut short', sized(0xaa, Buffer.alloc(4))],
  ])('%s is a TdsError', (_, message) => expect(() => readLoginAnswer(message)).toThrow(TdsError));
});
