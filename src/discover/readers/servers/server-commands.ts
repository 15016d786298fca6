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
import type { Place } from '../tls-policy-declaration.ts';
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
  words: BEGINS,
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

type Command = (source: SourceText, vocabulary: Vocabulary, words: readonly Word[]) => Declaration[];

/** Program, the word behind it where that counts, and the reader of both and what follows. */
const COMMANDS: readonly (readonly [RegExp, RegExp | null, Command])[] = [
  [/^az$/i, /^sql$/, azure],
  [/^(?:New|Set)-AzSql(?:Server|Instance)$/i, null, cmdlet],
  [/^(?:.*\/)?mssql-conf$/, /^set$/, mssqlConf],
  [/^(?:choco|choco\.exe)$/i, /^(?:install|upgrade)$/i, chocolatey],
  [/^cinst$/i, null, chocolatey],
  [/^winget$/i, /^(?:install|upgrade)$/i, winget],
];

/** No command that people write is longer. */
const MOST_WORDS = 100;

/** The command may stand behind others: `run:`, `sudo`, `RUN`, `&`. */
function commandIn(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  for (const [at, { value }] of words.entries()) {
    const next = words[at + 1]?.value ?? '';
    const found = COMMANDS.find(([program, verb]) => program.test(value) && (verb?.test(next) ?? true));
    if (found) return found[2](source, vocabulary, words.slice(at, at + MOST_WORDS));
  }
  return [];
}

/** https://learn.microsoft.com/cli/azure/sql/server and /sql/mi */
function azure(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  const [, sql, kind, action] = words;
  if (!sql || !kind || !/^(?:create|update)$/.test(action?.value ?? '')) return [];
  const type = kind.value === 'mi' ? 'Microsoft.Sql/managedInstances' : 'Microsoft.Sql/servers';
  const minimumTls = option(source, words, ['--minimal-tls-version']);
  // A server that is changed in something else is declared elsewhere.
  if (action?.value === 'update' && !minimumTls) return [];
  return declareAzureServer(source, vocabulary, {
    type: { value: type, start: sql.start, end: kind.end },
    name: option(source, words, ['--name', '-n']),
    minimumTls,
  });
}

/** https://learn.microsoft.com/powershell/module/az.sql */
function cmdlet(source: SourceText, vocabulary: Vocabulary, words: readonly Word[]): Declaration[] {
  const [name] = words;
  if (!name) return [];
  const isInstance = /Instance$/i.test(name.value);
  const type = isInstance ? 'Microsoft.Sql/managedInstances' : 'Microsoft.Sql/servers';
  const minimumTls = option(source, words, ['-minimaltlsversion']);
  if (/^set-/i.test(name.value) && !minimumTls) return [];
  return declareAzureServer(source, vocabulary, {
    type: { value: type, start: name.start, end: name.end },
    name: option(source, words, isInstance ? ['-name', '-instancename'] : ['-servername', '-name']),
    minimumTls,
  });
}

/** The word after an option, or what stands behind its `=`. */
function option(source: SourceText, words: readonly Word[], names: readonly string[]): Written | null {
  for (const [at, word] of words.entries()) {
    const [name = '', ...rest] = word.value.split('=');
    if (!names.includes(name.toLowerCase())) continue;
    const next = words[at + 1];
    if (rest.length > 0) return written(rest.join('='), behindEquals(source.text, word));
    return next && !next.value.startsWith('-') ? written(next.value, next) : null;
  }
  return null;
}

function behindEquals(text: string, { start, end }: Word): Place {
  const from = text.indexOf('=', start) + 1;
  const isQuoted = /["']/.test(text[from] ?? '') && text[from] === text[end - 1];
  return isQuoted ? { start: from + 1, end: end - 1 } : { start: from, end };
}

const written = (value: string, { start, end }: Place): Written => ({
  value: /[$%{(<]/.test(value) ? null : value,
  start,
  end,
});

function mssqlConf(source: SourceText, _: Vocabulary, [, , setting, value]: readonly Word[]): Declaration[] {
  const key = /^network\.(\w+)$/.exec(setting?.value ?? '')?.[1];
  if (key === undefined || !value) return [];
  return declareNetworkSetting(source, key, written(value.value, value));
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
