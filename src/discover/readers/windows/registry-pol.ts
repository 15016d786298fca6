/**
 * Group Policy's `registry.pol` ([MS-GPREG] 2.2.1: records `[key;value;type;size;data]` in UTF-16LE), and the text that
 * LGPO.exe makes of it and takes (four lines a setting: `Computer`, key, value, `TYPE:data`).
 */
import type { Reader } from '../../reader.ts';
import { declareRegistryValues, type RegistryData, type RegistryValue } from './schannel.ts';

/** `PReg` and version 1, as the two-byte units that the whole file is read in. */
const SIGNATURE = '\u5250\u6765\u0001\u0000';

export const registryPol: Reader = {
  id: 'registry-pol',
  matches: (path) => /(?:^|\/)(?:registry\.pol|lgpo[^/]*\.txt|[^/]*\.lgpo)$/i.test(path),
  read(source, vocabulary) {
    const { text, file } = source;
    if (!text.startsWith(SIGNATURE)) return declareRegistryValues(source, vocabulary, valuesOfLgpo(text));
    // A user's policy speaks of HKEY_CURRENT_USER.
    if (/(?:^|\/)User\//i.test(file)) return [];
    return declareRegistryValues(source, vocabulary, valuesOfPol(text));
  },
};

const KEY_AND_NAME = /\[([^\0[\]]{1,1000})\0;([^\0]{0,300})\0;/y;
const DWORD = 4;
const MULTI_SZ = 7;

/** Up to the first record that is none. The place of a number is that of its name: the number itself is no text. */
function valuesOfPol(text: string): readonly RegistryValue[] {
  const values: RegistryValue[] = [];
  KEY_AND_NAME.lastIndex = SIGNATURE.length;
  for (let found = KEY_AND_NAME.exec(text); found; found = KEY_AND_NAME.exec(text)) {
    const [whole, key = '', name = ''] = found;
    const [type, size] = [
      numberAt(text, found.index + whole.length),
      numberAt(text, found.index + whole.length + 3),
    ];
    const start = found.index + whole.length + 6;
    const end = start + size / 2;
    if (size % 2 !== 0 || text[end] !== ']') break;
    const keyPlace = { start: found.index + 1, end: found.index + 1 + key.length };
    const namePlace = { start: keyPlace.end + 2, end: keyPlace.end + 2 + name.length };
    const written = text.slice(start, end).replace(/\0+$/, '');
    values.push({
      key: `HKLM\\${key}`,
      name,
      data: type === DWORD ? numberAt(text, start) : type === MULTI_SZ ? written.split('\0') : written,
      place: type === DWORD ? namePlace : { start, end: start + written.length },
      keyPlace,
    });
    KEY_AND_NAME.lastIndex = end + 1;
  }
  return values;
}

/** 32 bits, low half first. */
function numberAt(text: string, at: number): number {
  return at + 1 < text.length ? text.charCodeAt(at) + text.charCodeAt(at + 1) * 0x10000 : 0;
}

const TYPED = /^(DWORD|SZ|EXSZ|MULTISZ):/i;

function valuesOfLgpo(text: string): readonly RegistryValue[] {
  const lines: { readonly text: string; readonly start: number }[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const trimmed = line.trim().replace(/^\uFEFF/, '');
    if (trimmed !== '' && !trimmed.startsWith(';'))
      lines.push({ text: trimmed, start: start + line.indexOf(trimmed) });
    start += line.length + 1;
  }
  return lines.flatMap((line, at) => {
    const [key, name, data] = [lines[at + 1], lines[at + 2], lines[at + 3]];
    const type = TYPED.exec(data?.text ?? '')?.[1];
    if (!/^computer$/i.test(line.text) || !key || !name || !data || type === undefined) return [];
    return [
      {
        key: `HKLM\\${key.text}`,
        name: name.text,
        data: dataOf(type.toUpperCase(), data.text.slice(type.length + 1)),
        place: { start: data.start + type.length + 1, end: data.start + data.text.length },
        keyPlace: { start: key.start, end: key.start + key.text.length },
      },
    ];
  });
}

const dataOf = (type: string, text: string): RegistryData => (type === 'MULTISZ' ? text.split('\\0') : text);
