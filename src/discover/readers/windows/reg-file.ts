/**
 * Registry exports (`.reg`): https://support.microsoft.com/topic/how-to-add-modify-or-delete-registry-subkeys-and-values-by-using-a-reg-file-9c7f37cf-a5e9-e1cd-c4fa-2a26218a1a23
 * `hex(7)` holds UTF-16LE since version 5.00, and bytes of the code page in REGEDIT4.
 */
import type { Reader } from '../../reader.ts';
import type { Place } from '../tls-policy-declaration.ts';
import { declareRegistryValues, type RegistryData, type RegistryValue } from './schannel.ts';

const HEADER = /^\uFEFF?\s*(REGEDIT4|Windows Registry Editor Version 5\.00)[ \t]*\r?(?:\n|$)/;
const KEY = /^[ \t]*\[(-?)([^\n]*)\][^\n\]]*$/;
const VALUE = /^[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*=[ \t]*/;
const TEXT = /^"((?:[^"\\]|\\.)*)"/;
const HEXADECIMAL = /^hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,\s\\]*)/i;

export const regFile: Reader = {
  id: 'reg-file',
  matches: (path) => /\.reg$/i.test(path),
  read(source, vocabulary) {
    const header = HEADER.exec(source.text);
    if (!header) return [];
    return declareRegistryValues(source, vocabulary, valuesOf(source.text, header[1] !== 'REGEDIT4'));
  },
};

function valuesOf(text: string, wide: boolean): readonly RegistryValue[] {
  let key: (Place & { readonly path: string }) | null = null;
  return logicalLines(text).flatMap(({ text: line, start }) => {
    if (/^[ \t]*\[/.test(line)) {
      const [, deleted, path] = KEY.exec(line) ?? [];
      const at = start + line.indexOf('[') + 1;
      // A line that is never closed opens no key, and closes the one before.
      key = path === undefined || deleted ? null : { path, start: at, end: at + path.length };
      return [];
    }
    const [whole, name] = VALUE.exec(line) ?? [];
    const read = whole === undefined ? null : dataOf(line.slice(whole.length), wide);
    if (key === null || whole === undefined || name === undefined || read === null) return [];
    const place = { start: start + whole.length + read.start, end: start + whole.length + read.end };
    return [{ key: key.path, name: unescaped(name), data: read.data, place, keyPlace: key }];
  });
}

/** A line that ends in `\` goes on with the next; comment lines are left out. */
function logicalLines(text: string): readonly { text: string; start: number }[] {
  const lines: { text: string; start: number }[] = [];
  let open = false;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found + 1;
    const line = text.slice(start, end).trimEnd();
    const before = lines.at(-1);
    if (open && before) before.text = text.slice(before.start, start + line.length);
    else if (!/^\s*;/.test(line)) lines.push({ text: line, start });
    open = line.endsWith('\\') && /=[ \t]*hex/i.test((open ? before?.text : line)?.slice(0, 600) ?? '');
    start = end;
  }
  return lines;
}

/** `null` for a deletion (`-`) and for types that TLS settings never have. Offsets are those of `text`. */
function dataOf(text: string, wide: boolean): (Place & { readonly data: RegistryData }) | null {
  const quoted = TEXT.exec(text);
  if (quoted) return { data: unescaped(quoted[1] ?? ''), start: 1, end: quoted[0].length - 1 };
  const hexadecimal = HEXADECIMAL.exec(text);
  if (hexadecimal) {
    const [whole, type = '3', digits = ''] = hexadecimal;
    const data = fromBytes(Number.parseInt(type, 16), bytesOf(digits), wide);
    return data === null ? null : { data, start: 0, end: whole.trimEnd().length };
  }
  const [written] = /^dword:[^;]*/i.exec(text) ?? [];
  if (written === undefined) return null;
  const digits = written.slice('dword:'.length).trim();
  const data = /^[0-9a-f]{1,8}$/i.test(digits) ? Number.parseInt(digits, 16) : null;
  return { data, start: 0, end: written.trimEnd().length };
}

/** Types of winnt.h: 1 and 2 are texts, 4 a number, 7 several texts. */
function fromBytes(type: number, bytes: readonly number[], wide: boolean): RegistryData {
  if (type === 4) return bytes.reduce((number, byte, index) => number + byte * 256 ** index, 0);
  if (type !== 1 && type !== 2 && type !== 7) return null;
  const units = wide
    ? bytes.flatMap((byte, index) => (index % 2 === 0 ? [byte + 256 * (bytes[index + 1] ?? 0)] : []))
    : bytes;
  const texts = units
    .map((unit) => String.fromCharCode(unit))
    .join('')
    .split('\0')
    .filter((text) => text !== '');
  return type === 7 ? texts : (texts[0] ?? '');
}

const bytesOf = (digits: string): readonly number[] =>
  digits
    .split(/[,\s\\]+/)
    .filter((byte) => /^[0-9a-f]{1,2}$/i.test(byte))
    .map((byte) => Number.parseInt(byte, 16));

const unescaped = (text: string) => text.replace(/\\([\\"])/g, '$1');
