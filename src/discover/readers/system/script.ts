/**
 * Scripts of POSIX shells, PowerShell and cmd.exe: the drivers that they install, the files of drivers that they name, and
 * what they write into the system's TLS settings. Nothing is run: what stands in a variable is not known.
 */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { installedPackages } from '../containers/installed-packages.ts';
import { shellCommands, type Word } from '../containers/shell-words.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { driverFile } from '../driver-file.ts';
import { tlsOfCommands } from './command-tls.ts';

/** How each shell joins lines, and its text with everything blanked that is not the lexer's. */
interface Shell {
  readonly names: RegExp;
  readonly joiner: string;
  /** Comments of its own, and characters that are no quotes here. */
  readonly blanked: RegExp;
}

const SHELLS: readonly Shell[] = [
  { names: /\.(?:sh|bash|zsh|ksh)$/i, joiner: '\\', blanked: /(?!)/g },
  // `<# a block #>`
  { names: /\.ps[md]?1$/i, joiner: '`', blanked: /<#[\s\S]*?(?:#>|$)/g },
  // `rem a line`, `:: a line`; an apostrophe is a letter.
  { names: /\.(?:cmd|bat)$/i, joiner: '^', blanked: /^[ \t@]*(?:rem\b|::).*|'/gim },
];

/** Every package and every file that names a driver, and every file of TLS settings, holds one of these. */
export const WORDS =
  /openssl|crypto-policies|sql|tds|odbc|sybase|sybdb|mono-|tedious|knex|sequelize|typeorm|prisma|system\.data\.dll/i;

export const script: Reader = {
  id: 'script',
  words: WORDS,
  matches: (path) => SHELLS.some(({ names }) => names.test(path)),
  read(source, vocabulary) {
    const shell = SHELLS.find(({ names }) => names.test(source.file));
    if (!shell || !WORDS.test(source.text)) return [];
    const { joiner, blanked } = shell;
    const text = source.text.replace(blanked, (found) => found.replace(/[^\n]/g, ' '));
    const drivers = new Map<string, DriverDeclaration>();
    const commands = shellCommands(text, 0, text.length, joiner);
    for (const command of commands) {
      for (const driver of driversOf(source, vocabulary, command)) {
        // A package is often named twice: where it is downloaded and where it is installed.
        const key = `${driver.ecosystem}:${driver.package}:${driver.version}`;
        if (!drivers.has(key)) drivers.set(key, driver);
      }
    }
    return [...drivers.values(), ...tlsOfCommands(source, commands)];
  },
};

function driversOf(
  source: SourceText,
  vocabulary: Vocabulary,
  command: readonly Word[],
): DriverDeclaration[] {
  const installed = installedPackages(command, vocabulary.packagesOf).flatMap(({ word, installed }) => {
    const { ecosystem, name, version, at } = installed;
    // With escapes in it the offsets are not those of the value.
    const plain = word.end - word.start === word.value.length;
    const [start, end] = plain ? [word.start + at[0], word.start + at[1]] : [word.start, word.end];
    return driverDeclaration(source, vocabulary, {
      ecosystem,
      package: name,
      version,
      role: 'uses',
      start,
      end,
    });
  });
  if (command.some(({ value }) => REMOVES.test(value))) return installed;
  return [...installed, ...command.flatMap((word) => fileOf(source, vocabulary, word))];
}

/** Commands that take files away, and msiexec's option that does. */
const REMOVES = /^(?:rm|rmdir|unlink|del|erase|remove-item|\/x)$/i;

/** The word as it is written, so that its places are those of the file. */
const fileOf = (source: SourceText, vocabulary: Vocabulary, { start, end }: Word): DriverDeclaration[] =>
  driverFile(source, vocabulary, { text: source.text.slice(start, end), start });
