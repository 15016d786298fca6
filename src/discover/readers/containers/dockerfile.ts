/** Dockerfile and Containerfile: what the image of the last stage runs on, and the drivers it holds (Dockerfile reference). */
import { Add, Copy, Env, type Instruction, Run } from 'dockerfile-ast';
import type { Declaration, DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { type Reader, Unreadable } from '../../reader.ts';
import { fromDotenv, plain } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareVariable } from '../environment.ts';
import { declareRuntime, declareServer, declareTools } from './declare-image.ts';
import { declareInstalled } from './declare-installed.ts';
import {
  expand,
  finalImage,
  type PlacedValue,
  placeOf,
  propertyValue,
  type Variables,
  variablesIn,
} from './dockerfile-stages.ts';
import { driverPaths, withoutKnown } from './driver-paths.ts';
import { type InstalledPackage, installedPackages } from './installed-packages.ts';
import { declareTlsEdits } from './openssl-edits.ts';
import { shellCommands, type Word } from './shell-words.ts';

const NAME = /(?:^|\/)(?:(?:dockerfile|containerfile)(?:\.[^/]+)?|[^/]+\.(?:dockerfile|containerfile))$/i;
/** Files that belong to a Dockerfile and are none. */
const NONE = /\.(?:dockerignore|md|sh|ps1)$/i;
/** `dockerfile.ts` is a program and `Dockerfile.dev` is none: only the text tells. */
const SUFFIXED = /\.(?!dockerfile$|containerfile$)[^./]+$/i;
const FROM = /^[ \t]*FROM[ \t]/im;

/** Nobody writes longer ones, and the parser takes seconds for them. */
const LONGEST_LINE = 16_000;
const CONTINUED = /(?:^[^\n]{0,200}\\[ \t]*\r?\n){2000}/m;

export const dockerfile: Reader = {
  id: 'dockerfile',
  matches: (path) => NAME.test(path) && !NONE.test(path),
  read(source, vocabulary) {
    if (SUFFIXED.test(source.file) && !FROM.test(source.text)) return [];
    if (source.text.split('\n').some(({ length }) => length > LONGEST_LINE) || CONTINUED.test(source.text))
      throw new Unreadable(`a line is longer than ${LONGEST_LINE} characters`, 0);
    const image = finalImage(source);
    if (!image) return [];
    const { base, steps, joiner } = image;
    const found = declareServer(source, base, vocabulary) ?? declareRuntime(source, base, vocabulary);
    const declared: Declaration[] = [...(found ? [found] : []), ...declareTools(source, base, vocabulary)];
    const paths: DriverDeclaration[] = [];
    const drivers = new Map<string, DriverDeclaration>();
    for (const step of steps) {
      if (step.instruction instanceof Env) declared.push(...connectionsOf(source, step.instruction));
      const { start, end } = placeOf(source, step.instruction.getRange());
      if (RUNS.has(step.instruction.getKeyword())) paths.push(...driverPaths(source, vocabulary, start, end));
      const commands = filledCommands(source, step, joiner);
      declared.push(...declareTlsEdits(source, commands));
      for (const driver of driversOf(source, commands, step.variables, vocabulary)) {
        // A package is often named twice: where it is downloaded and where it is installed.
        const key = `${driver.ecosystem}:${driver.package}:${driver.version}`;
        if (!drivers.has(key)) drivers.set(key, driver);
      }
    }
    const installed = [...declared, ...drivers.values()];
    return [...installed, ...oneEach(withoutKnown(paths, installed))];
  },
};

/** Instructions that say what is run. */
const RUNS = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

const oneEach = (drivers: readonly DriverDeclaration[]): DriverDeclaration[] =>
  drivers.filter(({ driver }, index) => drivers.findIndex((one) => one.driver === driver) === index);

function connectionsOf(source: SourceText, env: Env): Declaration[] {
  return env.getProperties().flatMap((property) => {
    const value = propertyValue(source, property);
    if (!value) return [];
    const escaped = source.text.charAt(value.start - 1) === '"' && value.value.includes('\\');
    const decoded = (escaped ? fromDotenv : plain)(source, value.start, value.end);
    return [...declareVariable(source, property.getName(), decoded)];
  });
}

/** A word with its variables filled in. */
interface FilledWord extends Word {
  readonly written: string;
}

function filledCommands(
  source: SourceText,
  { instruction, variables }: { readonly instruction: Instruction; readonly variables: Variables },
  joiner: string,
): FilledWord[][] {
  const commands = commandsOf(source, instruction, joiner).map((words) =>
    words.map((word) => ({ ...word, written: word.value, value: expand(word.value, variables) })),
  );
  if (instruction instanceof Run) return commands;
  // `COPY <<EOF /etc/ssl/openssl.cnf` writes what stands in it, and runs nothing.
  return commands.map((words) => [COPIES, ...words]);
}

const COPIES: FilledWord = { value: 'COPY', written: 'COPY', start: 0, end: 0 };

function driversOf(
  source: SourceText,
  commands: readonly (readonly FilledWord[])[],
  variables: Variables,
  vocabulary: Vocabulary,
): DriverDeclaration[] {
  return commands
    .flatMap((command) => installedPackages(command, vocabulary.packagesOf))
    .flatMap(({ word, installed }) =>
      declareInstalled(source, vocabulary, installed, placeOfPackage(word, installed, variables)),
    );
}

function commandsOf(source: SourceText, instruction: Instruction, joiner: string): Word[][] {
  if (instruction instanceof Run && instruction.getClosingBracket()) {
    return [
      instruction.getJSONStrings().map((argument) => jsonWord(placeOf(source, argument.getJSONRange()))),
    ];
  }
  const range = instruction.getArgumentsRange();
  const runs = instruction instanceof Run || instruction instanceof Add || instruction instanceof Copy;
  if (!runs || !range) return [];
  const { start, end } = placeOf(source, range);
  // What COPY and ADD are given to write is no script.
  return shellCommands(source.text, start, end, joiner, instruction instanceof Run ? 0 : Infinity);
}

/** An element of `RUN ["apt-get", "install", "…"]`; package names need no escapes. */
function jsonWord({ value, start, end }: PlacedValue): Word {
  const quotes = /^"(.*)"$/s.exec(value)?.[1];
  return quotes === undefined ? { value, start, end } : { value: quotes, start: start + 1, end: end - 1 };
}

/** The version's text; where a variable holds it, the variable's value; the whole word when it is taken to pieces. */
function placeOfPackage(word: FilledWord, { version, at }: InstalledPackage, variables: Variables) {
  if (word.written === word.value && word.end - word.start === word.value.length) {
    return { start: word.start + at[0], end: word.start + at[1] };
  }
  const holds = ({ value }: PlacedValue) => version !== null && value !== '' && value.includes(version);
  return variablesIn(word.written, variables).find(holds) ?? word;
}
