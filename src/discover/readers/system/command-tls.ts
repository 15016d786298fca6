/**
 * TLS settings of a system that a shell command changes: `update-crypto-policies --set` (its manual page), and lines written
 * into `openssl.cnf` by `echo`, `printf`, `sed` or a here-document.
 */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import { type IniText, pieceOf } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Word } from '../containers/shell-words.ts';
import { opensslSetting } from './openssl-cnf.ts';
import { protocolNamed, tlsSetting } from './tls-setting.ts';

const CNF = /openssl[\w.-]*\.(?:cnf|conf)/i;
/** Longer commands change no line of a file; this also bounds the expressions' work. */
const LONGEST = 5000;

export function tlsOfCommands(
  source: SourceText,
  commands: readonly (readonly Word[])[],
): TlsPolicyDeclaration[] {
  const editsCnf = CNF.test(source.text);
  return commands.flatMap((command) => {
    const [first, last] = [command[0], command.at(-1)];
    if (!first || !last || last.end - first.start > LONGEST) return [];
    const set = command.findIndex(({ value }) => /(?:^|\/)update-crypto-policies$/.test(value));
    if (set >= 0) return policySet(source, command.slice(set + 1));
    if (!editsCnf) return [];
    if (command.some(({ value }) => CNF.test(value)))
      return command.flatMap(({ start, end }) => edit(source, written(source, start, end)));
    const line = { start: first.start, end: last.end };
    return [line, ...command].flatMap(({ start, end }) => lineOf(source, written(source, start, end)));
  });
}

/** A word of a command that names the file. */
function edit(source: SourceText, text: IniText): TlsPolicyDeclaration[] {
  if (!text.text.startsWith('s')) return settings(source, text);
  return replacements(text).flatMap((one) => replaced(source, one));
}

const written = (source: SourceText, start: number, end: number): IniText => ({
  text: source.text.slice(start, end),
  start,
  end,
});

function policySet(source: SourceText, words: readonly Word[]): TlsPolicyDeclaration[] {
  const policy = words[words.findIndex(({ value }) => value === '--set') + 1];
  if (!policy || policy.value.startsWith('-')) return [];
  const value = policy.value.includes('$') ? null : policy.value;
  return tlsSetting(source, 'crypto-policies', 'both', policy, { setting: 'policy', value });
}

/** A line of a here-document, or what `echo` hands on to `tee`. */
const LINE = /^(\w+)\s*=\s*(\S+)$/;

function lineOf(source: SourceText, line: IniText): TlsPolicyDeclaration[] {
  const [, key, value] = LINE.exec(line.text) ?? [];
  if (key === undefined || value === undefined) return [];
  return opensslSetting(source, key, pieceOf(line, line.text.length - value.length, line.text.length));
}

/** Behind the `\n` of a printf too. */
const SETTING = /(?:(?<=\\[nt])|(?<![\w\\]))([A-Za-z]\w{4,40})[ \t]{0,9}=[ \t]{0,9}([^\s\\"';]+)/g;

function settings(source: SourceText, text: IniText): TlsPolicyDeclaration[] {
  return [...text.text.matchAll(SETTING)].flatMap(({ 0: whole, 1: key = '', 2: value = '', index }) => {
    const end = index + whole.length;
    return opensslSetting(source, key, pieceOf(text, end - value.length, end));
  });
}

/** What each `s/old/new/` of a sed script puts in place of the old; any character may part them. */
function replacements(script: IniText): readonly IniText[] {
  const mark = script.text.charAt(1);
  if (!/[^\w\s\\]/.test(mark)) return [];
  const found: IniText[] = [];
  let at = 0;
  for (const [index, piece] of script.text.split(mark).entries()) {
    if (index % 3 === 2) found.push(pieceOf(script, at, at + piece.length));
    at += piece.length + 1;
  }
  return found;
}

/** A whole setting, else the value alone: `s/TLSv1.2/TLSv1/`, `s/SECLEVEL=2/SECLEVEL=1/`. */
function replaced(source: SourceText, text: IniText): TlsPolicyDeclaration[] {
  const whole = settings(source, text);
  if (whole.length > 0) return whole;
  const protocol = protocolNamed(text.text);
  if (protocol)
    return tlsSetting(source, 'openssl', 'both', text, { setting: 'minimum-protocol', value: protocol });
  const level = /SECLEVEL=([0-5])/.exec(text.text);
  if (!level) return [];
  const at = pieceOf(text, level.index, level.index + level[0].length);
  return tlsSetting(source, 'openssl', 'both', at, { setting: 'policy', value: `SECLEVEL ${level[1]}` });
}
