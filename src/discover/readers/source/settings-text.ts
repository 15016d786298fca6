/**
 * Files of settings that no other reader makes anything of, line by line: `key = value`, `key: value`, in quotes or not.
 * Templates of such files too, which are often no YAML or INI any more.
 */
import type { ConnectionDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { type DecodedText, fromJsonString, plain } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { WORDS } from './source-code.ts';

const SETTINGS = /\.(?:ya?ml|toml|ini|cfg|conf|cnf|properties|tfvars|hcl|j2|tpl|tmpl|tftpl|template|erb)$/i;
const COMMENT = /^\s*(?:[#;!]|\/\/|--|<!--)/;
/** Up to where the value of a line begins: a key with its separator, or the dash of a list. */
const BEFORE_VALUE = /^\s*(?:-\s+)?(?:(?:export\s+)?["']?[\w.$:[\]-]{1,120}["']?\s*(?:=|:(?!\/\/)|\s)\s*)?/;

export const settingsText: Reader = {
  id: 'settings-text',
  words: WORDS,
  last: true,
  matches: (path) => SETTINGS.test(path),
  read(source) {
    const found: ConnectionDeclaration[] = [];
    let start = 0;
    for (const line of source.text.split('\n')) {
      if (WORDS.test(line) && !COMMENT.test(line)) found.push(...connectionOf(source, line, start));
      start += line.length + 1;
    }
    return found;
  },
};

/** A line that could be anything is no connection string; of two ways to read it, the one that finds a server counts. */
function connectionOf(source: SourceText, line: string, start: number): readonly ConnectionDeclaration[] {
  const read = valuesOf(source, line, start)
    .map((value) => declareConnection(source, value))
    .filter((one) => one !== null && !one.ambiguous);
  const best = read.find((one) => one?.endpointSpan) ?? read[0];
  return best ? [best] : [];
}

/** What a line could say, the likeliest first. `start` is its offset. */
function valuesOf(source: SourceText, line: string, start: number): readonly DecodedText[] {
  const quoted = /(["'])((?:\\.|(?!\1)[^\\])*)\1/d.exec(line);
  const inside = quoted?.indices?.[2];
  const bare = withoutComment(line);
  const value = BEFORE_VALUE.exec(bare)?.[0].length ?? 0;
  return [
    ...(inside && quoted?.[1] === '"' ? [fromJsonString(source, start + inside[0], start + inside[1])] : []),
    ...(inside && quoted?.[1] === "'" ? [plain(source, start + inside[0], start + inside[1])] : []),
    ...[value, /^\s*(?:-\s+)?/.exec(bare)?.[0].length ?? 0].map((from) =>
      plain(source, start + from, start + Math.max(from, bare.length)),
    ),
  ];
}

/** A `#` begins a comment only after a blank: passwords and URLs hold it too. */
const withoutComment = (line: string) => line.replace(/\s#.*$/, '').trimEnd();
