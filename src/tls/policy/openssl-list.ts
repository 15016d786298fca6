/** OpenSSL cipher strings, where they are plain lists: https://docs.openssl.org/3.0/man1/openssl-ciphers/ */
import { SUITES } from '../cipher-suites.ts';

const BY_OPENSSL = new Map(
  SUITES.flatMap(({ openssl, name }) => (openssl === null ? [] : [[openssl, name]])),
);

/**
 * IANA names, in order; `unchanged` for `DEFAULT` at the level that holds anyway; `null` for an expression, whose meaning
 * hangs on the build of OpenSSL.
 */
export function openSslList(
  items: readonly string[],
  securityLevel: number | null,
): readonly string[] | 'unchanged' | null {
  const parts = items.flatMap((item) => item.split(/(?=@)/)).filter((item) => item !== '');
  const levels = parts.flatMap((part) => /^@SECLEVEL=(\d)$/.exec(part)?.[1] ?? []);
  const names = parts.filter((part) => !part.startsWith('@SECLEVEL='));
  if (levels.some((level) => Number(level) !== securityLevel)) return null;
  if (names.every((name) => name === 'DEFAULT')) return 'unchanged';
  const read = names.map((name) => BY_OPENSSL.get(name));
  return read.includes(undefined) ? null : read.filter((name) => name !== undefined);
}
