/** Shell scripts inside pipelines: SQL Servers that `docker run` starts, drivers they install, connection strings they pass on. */
import type { Endpoint } from '../../../model/connection.ts';
import type {
  ConnectionDeclaration,
  DriverDeclaration,
  ServerDeclaration,
  TlsPolicyDeclaration,
} from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { type DecodedText, fromYamlScalar, plain } from '../../text/decoded.ts';
import { SourceText } from '../../text/source-text.ts';
import type { YamlText, YamlTree } from '../../text/yaml-tree.ts';
import { declareServer } from '../containers/declare-image.ts';
import { declareCommand } from '../containers/declare-installed.ts';
import { declareTlsEdits } from '../containers/openssl-edits.ts';
import { portPublished, SQL_SERVER_PORT } from '../containers/services.ts';
import { shellCommands, type Word } from '../containers/shell-words.ts';
import type { PlacedValue } from './placeholders.ts';

/** A word with the pipeline's own variables filled in, once per value. */
export type Fill = (word: PlacedValue) => readonly PlacedValue[];

export interface Script {
  readonly servers: readonly ServerDeclaration[];
  readonly connections: readonly ConnectionDeclaration[];
  readonly changes: readonly (DriverDeclaration | TlsPolicyDeclaration)[];
}

/** `node` is a script, or a list of them. `scope` is the folder that it runs in. */
export function scriptIn(
  source: SourceText,
  tree: YamlTree,
  node: unknown,
  vocabulary: Vocabulary,
  scope: string,
  fill: Fill = (word) => [word],
): Script {
  const texts = [node, ...tree.items(node)].flatMap((one) => tree.text(one) ?? []);
  const commands = texts.flatMap((text) => commandsOf(source, text));
  return {
    servers: commands.flatMap((command) => serversOf(source, command, vocabulary, fill)),
    connections: commands.flat().flatMap((word) => connectionOf(source, word, scope)),
    changes: [
      ...commands.flatMap((command) => declareCommand(source, vocabulary, command)),
      ...declareTlsEdits(source, commands, scope),
    ].map((one) => ({ ...one, scope })),
  };
}

function commandsOf(source: SourceText, text: YamlText): Word[][] {
  const { decoded } = lines(source, text);
  // PowerShell joins lines with a backtick.
  const joiner = /`[ \t]*\r?\n/.test(decoded.text) ? '`' : '\\';
  const script = new SourceText(source.file, decoded.text);
  return shellCommands(script.text, 0, script.text.length, joiner).map((words) =>
    words.map((word) => ({
      ...word,
      start: decoded.sourceOffset(word.start),
      end: decoded.sourceOffset(word.end),
    })),
  );
}

/** The lines of a literal block (`|`) are the file's own; of a folded one (`>`) they are joined. */
function lines(
  source: SourceText,
  { value, start, end, outer }: YamlText,
): { readonly decoded: DecodedText } {
  const isBlock =
    outer.start === start &&
    /[|>][-+\d]*[ \t]*(?:#.*)?\s*$/.test(source.text.slice(Math.max(0, start - 200), start));
  const breaks = (text: string) => text.trimEnd().split('\n').length;
  const isLiteral = isBlock && breaks(value) === breaks(source.text.slice(start, end));
  return { decoded: isLiteral ? plain(source, start, end) : fromYamlScalar(source, outer.start, outer.end) };
}

const ENGINE = /^(?:.*\/)?(?:docker|podman|nerdctl)(?:\.exe)?$/;

/** `docker run -d -p 14330:1433 --name sql image`, docker-run(1). */
function serversOf(
  source: SourceText,
  command: readonly Word[],
  vocabulary: Vocabulary,
  fill: Fill,
): ServerDeclaration[] {
  const engine = command.findIndex(({ value }) => ENGINE.test(value));
  if (engine < 0) return [];
  const words = command.slice(engine + 1);
  const verb = words.findIndex(({ value }) => /^(?:run|create)$/.test(value));
  if (verb < 0 || verb > 2) return [];
  const options = words.slice(verb + 1);
  const image = options.findIndex((word) =>
    fill(word).some((filled) => declareServer(source, filled, vocabulary)),
  );
  const reference = options[image];
  if (!reference) return [];
  const before = options.slice(0, image);
  const ports = argumentsOf(before, /^(?:-p|--publish)$/, /^(?:-p|--publish=)(?=[\d[])/);
  const names = argumentsOf(
    before,
    /^(?:--name|--hostname|-h|--network-alias)$/,
    /^--(?:name|hostname|network-alias)=/,
  );
  const endpoints: Endpoint[] = [
    ...names.filter((name) => /^[\w.-]+$/.test(name)).map((host) => at(host, SQL_SERVER_PORT)),
    ...ports
      .flatMap((port) => portPublished(port, SQL_SERVER_PORT) ?? [])
      .map((port) => at('localhost', port)),
  ];
  return fill(reference).flatMap((filled) => declareServer(source, filled, vocabulary, endpoints) ?? []);
}

const at = (host: string, port: number): Endpoint => ({ host, port, instance: null });

/** Values of an option, in a word of their own or behind it. */
function argumentsOf(words: readonly Word[], alone: RegExp, joined: RegExp): string[] {
  return words.flatMap(({ value }, index) => {
    if (alone.test(value)) return words[index + 1]?.value ?? [];
    return joined.test(value) ? value.replace(joined, '') : [];
  });
}

/** A word that is a connection string, or `NAME="…"` with one. */
function connectionOf(
  source: SourceText,
  { start, end, heredoc }: Word,
  scope: string,
): ConnectionDeclaration[] {
  if (heredoc) return [];
  const raw = source.text.slice(start, end);
  const named = /^(?:\$env:)?[\w.:-]+=(["']?)(?=\w)/.exec(raw.slice(0, 200));
  const isValue =
    named && (named[1] ? raw.endsWith(named[1]) : /^\w+=(?:jdbc:|[a-z]\w*(?:\+\w+)?:\/\/)/i.test(raw));
  const from = isValue ? start + named[0].length : start;
  const to = isValue && named[1] ? end - 1 : end;
  const found = to > from ? declareConnection(source, plain(source, from, to), { scope }) : null;
  return found ? [found] : [];
}
