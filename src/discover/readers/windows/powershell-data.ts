/** A literal of PowerShell as data. */
import type { RegistryData } from './schannel.ts';

/** `@('a', 'b')`, `'a'`, `0x800`; `null` for what is computed. */
export function dataOf(text: string): RegistryData {
  const items = /^@\((.*)\)$/s.exec(text)?.[1];
  if (items !== undefined)
    return items
      .split(/[,\n]/)
      .map((item) => item.trim().replace(/^(['"])(.*)\1$/, '$2'))
      .filter((item) => item !== '');
  return /^\$?\(/.test(text) ? null : text;
}
