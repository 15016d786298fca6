/** `jdk.tls.disabledAlgorithms` of java.security: the file's own comment, https://docs.oracle.com/en/java/javase/21/security/ */
import type { Protocol } from '../../model/protocol.ts';
import { suiteByName } from '../cipher-suites.ts';
import type { Effect } from './effect.ts';

const VERSIONS: readonly (readonly [string, Protocol])[] = [
  ['SSLv3', 'SSL 3.0'],
  ['TLSv1', 'TLS 1.0'],
  ['TLSv1.1', 'TLS 1.1'],
  ['TLSv1.2', 'TLS 1.2'],
  ['TLSv1.3', 'TLS 1.3'],
];

/** The value stands in the place of the JDK's own: a version that it does not name is on again. */
export function disabledByJava(entries: readonly string[]): readonly Effect[] {
  const items = entries.map((entry) => entry.trim());
  const isOff = (name: string) => items.includes(name);
  const bits = items.flatMap((item) => /^DH keySize < (\d+)$/.exec(item)?.[1] ?? []);
  return [
    {
      field: 'protocols',
      on: VERSIONS.flatMap(([word, version]) => (isOff(word) || word === 'SSLv3' ? [] : [version])),
      off: VERSIONS.flatMap(([word, version]) => (isOff(word) ? [version] : [])),
    },
    { field: 'suites', keeps: (name) => !items.some((item) => names(item, name)) },
    ...bits.map((least): Effect => ({ field: 'dhBits', atLeast: Number(least) })),
  ];
}

/** Does an entry without a condition name this suite, or an algorithm that it needs? */
function names(entry: string, name: string): boolean {
  if (entry.startsWith('TLS_')) return fits(entry.split('*'), name);
  const suite = suiteByName(name);
  if (!suite) return false;
  const { encryption, keyExchange, authentication } = suite;
  switch (entry) {
    case 'RC4':
    case 'RC4_128':
      return encryption.startsWith('RC4');
    case '3DES_EDE_CBC':
    case 'DESede':
      return encryption.startsWith('3DES');
    case 'DES':
      return encryption.startsWith('DES');
    case 'NULL':
      return encryption.startsWith('NULL');
    case 'anon':
      return authentication === 'anon';
    case 'DHE':
    case 'DiffieHellman':
      return keyExchange === 'DHE';
    case 'ECDHE':
      return keyExchange === 'ECDHE';
    default:
      return false;
  }
}

/** The parts between the wildcards stand in the name, in their order; searched without backtracking. */
function fits(parts: readonly string[], name: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  let at = name.startsWith(first) ? first.length : -1;
  for (const part of rest) {
    const found = at < 0 ? -1 : name.indexOf(part, at);
    at = found < 0 ? -1 : found + part.length;
  }
  return at >= 0 && name.length - last.length >= at && name.endsWith(last);
}
