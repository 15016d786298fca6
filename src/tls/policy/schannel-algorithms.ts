/**
 * Schannel's words for algorithms in the registry → the suites and signature schemes that need them.
 * https://learn.microsoft.com/troubleshoot/windows-server/certificates-and-public-key-infrastructure-pki/restrict-cryptographic-algorithms-protocols-schannel
 */
import { type CipherSuite, suiteByName } from '../cipher-suites.ts';

type Needs = (suite: CipherSuite) => boolean;

/** By the words before the key length: `RC4 128/128`, `Triple DES 168`, `AES 256/256`. */
const CIPHERS: Readonly<Record<string, Needs>> = {
  null: ({ encryption }) => /^NULL/i.test(encryption),
  rc4: ({ encryption }) => /^RC4/.test(encryption),
  rc2: ({ encryption }) => /^RC2/.test(encryption),
  des: ({ encryption }) => /^DES/.test(encryption),
  'triple des': ({ encryption }) => /^3DES/.test(encryption),
  aes: ({ encryption }) => /^AES/.test(encryption),
};

/** Suites end in the hash that they need. */
const HASHES: Readonly<Record<string, string>> = {
  md5: '_MD5',
  sha: '_SHA',
  sha256: '_SHA256',
  sha384: '_SHA384',
  sha512: '_SHA512',
};

const known = (needs: Needs) => (name: string) => {
  const suite = suiteByName(name);
  return suite !== undefined && needs(suite);
};

/** Does a suite need this cipher? `null`: Schannel documents no such cipher. */
export function cipherTest(subject: string): ((name: string) => boolean) | null {
  const [, words = subject, length] = /^(.*?)(?: (\d+)(?:\/\d+)?)?$/.exec(subject.trim()) ?? [];
  const word = words.toLowerCase();
  const needs = CIPHERS[word];
  if (!needs) return null;
  return known((suite) => needs(suite) && (word !== 'aes' || !length || suite.bits === Number(length)));
}

export function hashTest(subject: string): ((name: string) => boolean) | null {
  const ending = HASHES[subject.toLowerCase()];
  return ending === undefined ? null : (name) => name.endsWith(ending);
}

/** Does a signature scheme need this hash? */
export function schemeTest(subject: string): ((name: string) => boolean) | null {
  const ending = HASHES[subject.toLowerCase()];
  if (ending === undefined) return null;
  const hash = ending === '_SHA' ? '_sha1' : ending.toLowerCase();
  return (name) => name.endsWith(hash);
}

/**
 * `PKCS` switched off takes every suite that RSA authenticates on Windows Server 2012 R2 and older, later static RSA only:
 * inferred from denisenkom/go-mssqldb#452.
 */
export function keyExchangeTest(subject: string, oldWindows: boolean): ((name: string) => boolean) | null {
  switch (subject.toLowerCase()) {
    case 'pkcs':
      return known(({ keyExchange, authentication }) =>
        oldWindows ? authentication === 'RSA' : keyExchange === 'RSA',
      );
    case 'diffie-hellman':
      return known(({ keyExchange }) => keyExchange === 'DHE');
    case 'ecdh':
      return known(({ keyExchange }) => keyExchange === 'ECDHE');
    default:
      return null;
  }
}
