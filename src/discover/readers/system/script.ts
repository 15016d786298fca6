/**
 * Scripts of POSIX shells, PowerShell and cmd.exe: the drivers that they install, the files of drivers that they name, and
 * what they write into the system's TLS settings. Nothing is run: what stands in a variable is not known.
 */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareCommand } from '../containers/declare-installed.ts';
import { withoutKnown } from '../containers/driver-paths.ts';
import { declareTlsEdits } from '../containers/openssl-edits.ts';
import { shellCommands, type Word } from '../containers/shell-words.ts';
import { driverFile } from '../driver-file.ts';

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
  /openssl|crypto-policies|\.cnf|sql|tds|odbc|sybase|sybdb|dblib|mono-|tedious|knex|sequelize|typeorm|prisma|system\.data\.dll/i;

const TLS_FILES = /openssl|crypto-policies|\.cnf/i;

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
    for (const command of commands.filter((words) => words.some(({ value }) => WORDS.test(value)))) {
      for (const driver of driversOf(source, vocabulary, command)) {
        // A package is often named twice: where it is downloaded and where it is installed.
        const key = `${driver.ecosystem}:${driver.package}:${driver.version}`;
        if (!drivers.has(key)) drivers.set(key, driver);
      }
    }
    const found = [...drivers.values()];
    const others = found.filter(({ ecosystem }) => ecosystem !== 'path');
    const paths = found.filter(({ ecosystem }) => ecosystem === 'path');
    const edits = TLS_FILES.test(text) ? pipelines(text, commands) : [];
    return [
      ...others,
      ...withoutKnown(paths, others),
      ...edits.flatMap((pipeline) => declareTlsEdits(source, pipeline)),
    ];
  },
};

/** Commands that hand their text on to the next: the file may be named by the last of them alone. */
function pipelines(text: string, commands: readonly (readonly Word[])[]): (readonly Word[])[][] {
  const found: (readonly Word[])[][] = [];
  let end = -1;
  for (const command of commands) {
    const between = end < 0 ? '' : text.slice(end, command[0]?.start ?? end);
    const pipeline = /^["' \t]*\|(?!\|)/.test(between) ? found.at(-1) : undefined;
    if (pipeline) pipeline.push(command);
    else found.push([command]);
    end = command.at(-1)?.end ?? end;
  }
  return found;
}

function driversOf(
  source: SourceText,
  vocabulary: Vocabulary,
  command: readonly Word[],
): DriverDeclaration[] {
  const installed = declareCommand(source, vocabulary, command);
  if (command.some(({ value }) => REMOVES.test(value))) return installed;
  return [...installed, ...command.flatMap((word) => filesOf(source, vocabulary, word))];
}

/** Commands that take files away, and msiexec's option that does. */
const REMOVES = /^(?:rm|rmdir|unlink|del|erase|remove-item|\/x)$/i;

/** A line that is no comment of the file that a here-document writes. */
const LINE = /^(?![ \t]*#)[^\n]+/gm;

/** The word as it is written, so that its places are those of the file. */
function filesOf(source: SourceText, vocabulary: Vocabulary, { start, end }: Word): DriverDeclaration[] {
  return [...source.text.slice(start, end).matchAll(LINE)].flatMap(({ 0: text, index }) =>
    driverFile(source, vocabulary, { text, start: start + index }),
  );
}
