// The PRFs against published vectors, and the key block's order of keys.
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  extendedMasterSecret,
  keyBlock,
  type PrfHash,
  prf,
  prfHashOf,
  transcriptHash,
  verifyData,
} from '../../src/tls/key-schedule.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('PRF', () => {
  // TLS 1.2: ietf.org/mail-archive/web/tls/current/msg03416.html. TLS 1.0: `openssl kdf TLS1-PRF`, MD5-SHA1, OpenSSL 3.
  test.each<[PrfHash, string, string, string]>([
    [
      'SHA256',
      '9bbe436ba940f017b17652849a71db35',
      'a0ba9f936cda311827a6f796ffd5198c',
      `e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af
       0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701
       87347b66`,
    ],
    [
      'SHA384',
      'b80b733d6ceefcdc71566ea48e5567df',
      'cd665cf6a8447dd6ff8b27555edb7465',
      `7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0
       e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425
       9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e099070
       3d73e56f`,
    ],
    [
      'MD5+SHA1',
      '9bbe436ba940f017b17652849a71db35',
      'a0ba9f936cda311827a6f796ffd5198c',
      '661740e6f98bc901efd2738502a71c03f76dd2f86298549b1148eff06714cf0f6b7c532cd8c69f1530e0bb680eec34c4',
    ],
    [
      'MD5+SHA1',
      '9bbe436ba940f017b17652849a71db3501',
      'a0ba9f936cda311827a6f796ffd5198c',
      '383efe5bcee535a940450a3f563e523f390cc3ecdc46eb4ab82f99e47673eb368f6df508205b3fa062c8b1f0d3d2752f',
    ],
  ])('%s, secret %s', (hash, secret, seed, expected) => {
    const wanted = Buffer.from(expected.replaceAll(/\s/g, ''), 'hex');
    const got = prf(hash, hex(secret), 'test label', hex(seed), wanted.length);
    expect(got.toString('hex')).toBe(wanted.toString('hex'));
  });
});

test('TLS 1.0 and 1.1 use MD5 with SHA-1 whatever the suite says, TLS 1.2 what it says, TLS 1.3 none of it', () => {
  expect(prfHashOf('TLS 1.0', 'SHA256')).toBe('MD5+SHA1');
  expect(prfHashOf('TLS 1.1', 'SHA256')).toBe('MD5+SHA1');
  expect(prfHashOf('TLS 1.2', 'SHA384')).toBe('SHA384');
  expect(() => prfHashOf('TLS 1.3', 'SHA256')).toThrow('there is no PRF for TLS 1.3');
});

test('the key block: MAC keys, keys, IVs, the client’s before the server’s', () => {
  const randoms = { client: Buffer.alloc(32, 1), server: Buffer.alloc(32, 2) };
  const master = Buffer.alloc(48, 3);
  const seed = Buffer.concat([randoms.server, randoms.client]);
  const block = prf('SHA256', master, 'key expansion', seed, 2 * (20 + 16 + 4));
  const { client, server } = keyBlock('SHA256', master, randoms, { mac: 20, key: 16, iv: 4 });
  const inOrder = [client.mac, server.mac, client.key, server.key, client.iv, server.iv];
  expect(inOrder.map(({ length }) => length)).toEqual([20, 20, 16, 16, 4, 4]);
  expect(Buffer.concat(inOrder)).toEqual(block);
});

test('the extended master secret depends on the messages, Finished on who finishes', () => {
  const premaster = Buffer.alloc(128, 9);
  const one = extendedMasterSecret('SHA256', premaster, Buffer.from('one'));
  expect(one).toHaveLength(48);
  expect(one).not.toEqual(extendedMasterSecret('SHA256', premaster, Buffer.from('two')));
  const client = verifyData('SHA256', one, 'client finished', Buffer.from('messages'));
  expect(client).toHaveLength(12);
  expect(client).not.toEqual(verifyData('SHA256', one, 'server finished', Buffer.from('messages')));
});

test('before TLS 1.2 the transcript’s hash is MD5 and SHA-1, one after the other', () => {
  const messages = Buffer.from('messages');
  const [md5, sha1] = ['md5', 'sha1'].map((name) => createHash(name).update(messages).digest('hex'));
  expect(transcriptHash('MD5+SHA1', messages).toString('hex')).toBe(`${md5}${sha1}`);
});
