/** Connection strings wherever they stand in YAML values: whole, or within a file that a block scalar holds. */
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { ConnectionDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { fromJsonString, fromYamlScalar, plain } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { YamlTree } from '../../text/yaml-tree.ts';

/** Every map below a node, with itself; what an alias stands for is met where it is written. */
export function* mapsBelow(node: unknown): Generator<unknown> {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isMap(next)) {
      yield next;
      open.push(...next.items.map(({ value }) => value ?? null).reverse());
    } else if (isSeq(next)) open.push(...next.items.toReversed());
  }
}

/** Those of the map's own scalars, below no other map. */
export function connectionsOfMap(source: SourceText, tree: YamlTree, map: unknown): ConnectionDeclaration[] {
  return [...tree.entries(map).values()]
    .flatMap((value) => [value, ...tree.items(value)])
    .flatMap((value) => (isAlias(value) || !isScalar(value) ? [] : connectionsOfScalar(source, tree, value)));
}

export function connectionsOfScalar(
  source: SourceText,
  tree: YamlTree,
  node: unknown,
): ConnectionDeclaration[] {
  const text = tree.text(node);
  if (!text) return [];
  const whole = declareConnection(source, fromYamlScalar(source, text.outer.start, text.outer.end));
  if (whole) return [whole];
  // Quotes of YAML around it would have to be decoded first; a file is written as a block.
  const isBlock = text.outer.start === text.start && text.value.includes('\n');
  return isBlock ? connectionsOfLines(source, text.start, text.end) : [];
}

const LINE = /[^\r\n]+/g;
const IN_QUOTES = /"((?:[^"\\]|\\.)*)"/dg;
/** `key=value`, `key: value`, each maybe in single quotes. */
const VALUE = /^[ \t]*(?:-[ \t]+)?[\w.-]+[ \t]*[=:][ \t]*'?([^'#][^']*)'?$/d;
const COMMENT = /^[ \t]*(?:#|\/\/|;|--|<!--)/;
const LONGEST_LINE = 5000;

/** Lines of properties, of `.env`, of JSON, of YAML: texts in double quotes, else what stands behind the key. */
export function connectionsOfLines(source: SourceText, start: number, end: number): ConnectionDeclaration[] {
  return [...source.text.slice(start, end).matchAll(LINE)].flatMap(({ 0: line, index }) => {
    if (COMMENT.test(line) || line.length > LONGEST_LINE) return [];
    const from = start + index;
    const quoted = [...line.matchAll(IN_QUOTES)].flatMap(({ indices }) => {
      const [first, last] = indices?.[1] ?? [0, 0];
      return declareConnection(source, fromJsonString(source, from + first, from + last)) ?? [];
    });
    const bare = quoted.length === 0 ? VALUE.exec(line.trimEnd())?.indices?.[1] : undefined;
    const found = bare && declareConnection(source, plain(source, from + bare[0], from + bare[1]));
    return found ? [found] : quoted;
  });
}
