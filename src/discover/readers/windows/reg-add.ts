/** `reg add "HKLM\…" /v Enabled /t REG_DWORD /d 0 /f`: https://learn.microsoft.com/windows-server/administration/windows-commands/reg-add */
import type { Word } from '../../text/commands.ts';
import type { RegistryValue } from './schannel.ts';

const PROGRAM = /^@?(?:.*[\\/])?reg(?:\.exe)?$/i;

/** Also behind `if …`, `call` or `cmd /c`. `null` when the command is another, or gives no data. */
export function registryValueOfRegAdd(words: readonly Word[]): RegistryValue | null {
  const at = words.findIndex(
    ({ value }, index) => PROGRAM.test(value) && words[index + 1]?.value.toLowerCase() === 'add',
  );
  const [key, ...rest] = at < 0 ? [] : words.slice(at + 2);
  if (!key) return null;
  const after = (option: string) => rest[rest.findIndex(({ value }) => value.toLowerCase() === option) + 1];
  const has = (option: string) => rest.some(({ value }) => value.toLowerCase() === option);
  const [name, data, type] = [after('/v'), after('/d'), after('/t')];
  if (!name || !data || !has('/v') || !has('/d')) return null;
  const isList = has('/t') && type?.value.toUpperCase() === 'REG_MULTI_SZ';
  const separator = has('/s') ? (after('/s')?.value ?? '\\0') : '\\0';
  return {
    key: key.value,
    name: name.value,
    data: isList ? data.value.split(separator) : data.value,
    place: data,
    keyPlace: key,
  };
}
