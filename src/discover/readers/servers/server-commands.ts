/**
 * Commands that make or set up a SQL Server, in scripts, pipelines and Dockerfiles: `az sql server create`,
 * `Set-AzSqlServer`, `mssql-conf set`, `choco install`, `winget install`. Only the lines that begin one are read.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import {
  BATCH,
  commandsOf,
  type Dialect,
  POWERSHELL,
  SHELL,
  type Word,
  wordsOf,
} from '../../text/commands.ts';
import type { SourceText } from '../../text/source-text.ts';
import { serverDeclaration } from '../server-declaration.ts';
import { withoutAsides } from '../windows/without-asides.ts';
import { declareAzureServer } from './azure-sql.ts';
import { declareNetworkSetting } from './mssql-network.ts';
import type { Written } from './written.ts';

const BEGINS =
  /\baz[ \t]+sql[ \t]+(?:server|mi)[ \t]|\b(?:New|Set)-AzSql(?:Server|Instance)\b|\bmssql-conf[ \t]|\b(?:choco|choco\.exe|cinst|winget)[ \t]/i;
const SCRIPT =
  /\.(?:sh|bash|zsh|psm?1|bat|cmd|ya?ml)$|(?:^|\/)(?:Vagrantfile|Makefile|(?:[^/]*\.)?(?:Docker|Container)file(?:\.[^/]*)?)$/i;

export const serverCommands: Reader = {
  id: 'server-commands',
  matches: (path) => SCRIPT.test(path),
  read(source, vocabulary) {
    if (!BEGINS.test(source.text)) return [];
    const isPowerShell = /\.psm?1$/i.test(source.file);
    const code = isPowerShell ? withoutAsides(source.text) : source.text;
    return logicalLines(code).flatMap((line) => {
      if (!BEGINS.test(line.text)) return [];
      return commandsOf(wordsOf(line.text, dialectOf(source.file, line.text)))
        .map((words) => words.map((word) => moved(word, line.start)))
        .flatMap((words) => commandIn(source, vocabulary, words));
    });
  },
};

function dialectOf(file: string, line: string): Dialect {
  if (/\.psm?1$/i.test(file) || /-AzSql/i.test(line)) return POWERSHELL;
  return /\.(?:bat|cmd)$/i.test(file) ? BATCH : SHELL;
}

const moved = (word: Word, by: number): Word => ({ ...word, start: word.start + by, end: word.end + by });

/** Lines with those that they go on in: a shell's `\`, PowerShell's backtick, the `^` of cmd.exe. */
function logicalLines(text: string): readonly { readonly text: string; readonly start: number }[] {
  const lines: { text: string; start: number }[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    if (!/[\\`^]\r?$/.test(text.slice(Math.max(at, end - 2), end))) {
      lines.push({ text: text.slice(start, end), start });
      start = end + 1;
    }
    at = end + 1;
  }
  if (start < text.length) lines.push({ text: text.slice(start), start });
  return lines;
}

/** The command may stand behind others: `run:`, `sudo`, `RUN`, `&`. */
function commandIn(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  for (const [at, { value }] of words.entries()) {
    const rest = words.slice(at + 1);
    if (/^az$/i.test(value) && rest[0]?.value === 'sql') return azure(source, vocabulary, rest);
    if (/^(?:New|Set)-AzSql(?:Server|Instance)$/i.test(value))
      return cmdlet(source, vocabulary, words.slice(at));
    if (/(?:^|\/)mssql-conf$/.test(value) && rest[0]?.value === 'set') return mssqlConf(source, rest);
    if (/^(?:choco|choco\.exe|cinst)$/i.test(value)) return chocolatey(source, vocabulary, rest);
    if (/^winget$/i.test(value)) return winget(source, vocabulary, rest);
  }
  return [];
}

/** https://learn.microsoft.com/cli/azure/sql/server and /sql/mi */
function azure(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  const [sql, kind, action] = words;
  if (!sql || !kind || !/^(?:create|update)$/.test(action?.value ?? '')) return [];
  const type = kind.value === 'mi' ? 'Microsoft.Sql/managedInstances' : 'Microsoft.Sql/servers';
  return declareAzureServer(source, vocabulary, {
    type: { value: type, start: sql.start, end: kind.end },
    name: option(source, words, ['--name', '-n']),
    minimumTls: option(source, words, ['--minimal-tls-version']),
  });
}

/** https://learn.microsoft.com/powershell/module/az.sql */
function cmdlet(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  const [name] = words;
  if (!name) return [];
  const isInstance = /Instance$/i.test(name.value);
  const type = isInstance ? 'Microsoft.Sql/managedInstances' : 'Microsoft.Sql/servers';
  return declareAzureServer(source, vocabulary, {
    type: { value: type, start: name.start, end: name.end },
    name: option(source, words, isInstance ? ['-name', '-instancename'] : ['-servername', '-name']),
    minimumTls: option(source, words, ['-minimaltlsversion']),
  });
}

/** The word after an option, or what stands behind its `=`. */
function option(source: SourceText, words: readonly Word[], names: readonly string[]): Written | null {
  for (const [at, word] of words.entries()) {
    const [name = '', ...rest] = word.value.split('=');
    if (!names.includes(name.toLowerCase())) continue;
    const next = words[at + 1];
    const value = rest.length > 0 ? rest.join('=') : next?.value;
    const from = rest.length > 0 ? source.text.indexOf('=', word.start) + 1 : (next?.start ?? 0);
    const end = rest.length > 0 ? word.end : (next?.end ?? 0);
    if (value === undefined || value === '' || value.startsWith('-')) return null;
    return { value: /[$%{(<]/.test(value) ? null : value, start: from, end };
  }
  return null;
}

function mssqlConf(source: SourceText, [, setting, value]: readonly Word[]): Declaration[] {
  const key = /^network\.(\w+)$/.exec(setting?.value ?? '')?.[1];
  if (key === undefined || !value) return [];
  return declareNetworkSetting(source, key, {
    value: /[$%{(]/.test(value.value) ? null : value.value,
    start: value.start,
    end: value.end,
  });
}

/** https://docs.chocolatey.org/en-us/choco/commands/install */
function chocolatey(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  const version = option(source, words, ['--version'])?.value;
  return words.flatMap(({ value, start, end }) => {
    const names = version == null ? [value] : [value, `${value}@${version}`];
    const [found] = names.flatMap((name) =>
      serverDeclaration(source, vocabulary, { where: 'chocolatey', name, start, end }),
    );
    return found ? [found] : [];
  });
}

/** https://learn.microsoft.com/windows/package-manager/winget/install */
function winget(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  return words.flatMap(({ value, start, end }) =>
    serverDeclaration(source, vocabulary, { where: 'winget', name: value, start, end }),
  );
}
