// Shares chosen by what the secret begins with; node:crypto's Diffie-Hellman (OpenSSL) computes the other side.
import { createHash, getDiffieHellman } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { shareWith, strip } from '../../src/tls/diffie-hellman.ts';
import { TlsError } from '../../src/tls/wire.ts';

const TRIES = 4096;
const startOf = (seed: number) => createHash('sha256').update(`start ${seed}`).digest();

function server() {
  const group = getDiffieHellman('modp14');
  const Ys = group.generateKeys();
  return { group, parameters: { p: group.getPrime(), g: group.getGenerator(), Ys } };
}

describe('shareWith', () => {
  test.each(['zero', 'other'] as const)(
    'a secret that begins with %s, and OpenSSL has the same',
    (leading) => {
      const { group, parameters } = server();
      for (let seed = 0; seed < 20; seed += 1) {
        const share = shareWith(leading, parameters, { start: startOf(seed), tries: TRIES });
        if (!share) throw new Error('not found');
        expect([share.Yc.length, share.Z.length]).toEqual([256, 256]);
        expect(share.Yc[0]).not.toBe(0);
        expect(share.Z[0] === 0).toBe(leading === 'zero');
        expect(group.computeSecret(share.Yc)).toEqual(share.Z);
      }
    },
  );

  test('about one exponent in 256 does', () => {
    const { parameters } = server();
    const tries = Array.from({ length: 40 }, (_, seed) => {
      return shareWith('zero', parameters, { start: startOf(seed), tries: TRIES })?.tries ?? Number.NaN;
    });
    const mean = tries.reduce((sum, one) => sum + one, 0) / tries.length;
    // A geometric distribution of p = 1/256: six standard errors of 40 samples each way.
    expect(Math.abs(mean - 256)).toBeLessThan(6 * (256 / Math.sqrt(40)));
  });

  test('gives up where it was told to', () => {
    const { parameters } = server();
    const found = shareWith('zero', parameters, { start: startOf(1), tries: TRIES })?.tries ?? 0;
    expect(shareWith('zero', parameters, { start: startOf(1), tries: found - 1 })).toBeNull();
  });

  test('a prime with zero bytes before it is still as long as its value', () => {
    const { parameters } = server();
    const p = Buffer.concat([Buffer.alloc(3), parameters.p]);
    const share = shareWith('other', { ...parameters, p }, { start: startOf(1), tries: TRIES });
    expect([share?.Yc.length, share?.Z.length]).toEqual([256, 256]);
  });

  const p = getDiffieHellman('modp14').getPrime();
  const g = Buffer.from([2]);
  const less = (by: number) => {
    const value = Buffer.from(p);
    value.writeUInt8(0xff - by, value.length - 1);
    return value;
  };
  test.each([
    ['nothing', { p: Buffer.alloc(0), g, Ys: g }, 'a DH prime of 1 bits'],
    ['a huge prime', { p: Buffer.alloc(65535, 0xff), g, Ys: g }, 'a DH prime of 524280 bits'],
    ['an even prime', { p: less(1), g, Ys: g }, 'a DH prime that is even'],
    ['a generator of 1', { p, g: Buffer.from([1]), Ys: g }, 'a DH generator outside'],
    ['Ys of 0', { p, g, Ys: Buffer.from([0]) }, 'a DH public value outside'],
    ['Ys of 1', { p, g, Ys: Buffer.from([1]) }, 'a DH public value outside'],
    ['Ys of p - 1', { p, g, Ys: less(1) }, 'a DH public value outside'],
    ['Ys of p', { p, g, Ys: p }, 'a DH public value outside'],
  ])('refuses %s', (_, parameters, message) => {
    const refused = () => shareWith('zero', parameters, { start: startOf(1), tries: TRIES });
    expect(refused).toThrow(TlsError);
    expect(refused).toThrow(message);
  });
});

test('strip takes the leading zero bytes and no others', () => {
  expect(strip(Buffer.from([0, 0, 1, 0]))).toEqual(Buffer.from([1, 0]));
  expect(strip(Buffer.from([7, 0]))).toEqual(Buffer.from([7, 0]));
  expect(strip(Buffer.alloc(2))).toEqual(Buffer.alloc(0));
});
