/**
 * Helm charts: the images and connection strings of `values*.yaml` and the literals of templates. A template is no YAML
 * before it is rendered: it is read line by line, and what stands between braces is unknown. https://helm.sh/docs/chart_template_guide
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromYamlScalar } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { WORDS } from '../source/source-code.ts';
import { declareRuntime, declareServer, type ImageReference } from './declare-image.ts';
import { imageIn } from './services.ts';
import { connectionsOfMap, mapsBelow } from './yaml-texts.ts';

const TEMPLATE = /(?:^|\/)templates\/(?:[^/]+\/){0,4}[^/]+\.(?:ya?ml|tpl)$/i;

/** Azure Pipelines has templates of its own. */
const OTHERS = /(?:^|\/)\.?azure-?pipelines\//i;

export const helm: Reader = {
  id: 'helm',
  words: WORDS,
  matches: (path) => (TEMPLATE.test(path) && !OTHERS.test(path)) || /(?:^|\/)values[^/]*\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    if (TEMPLATE.test(source.file)) return templateOf(source, vocabulary);
    // A chart's values may be a template of another tool's.
    if (source.text.includes('{{')) return linesOf(source, withoutActions(source.text), vocabulary);
    return valuesOf(source, vocabulary);
  },
};

/** `image: { registry, repository, tag }`, or a reference as a whole. */
function valuesOf(source: SourceText, vocabulary: Vocabulary): Declaration[] {
  const tree = new YamlTree(source);
  const maps = [...mapsBelow(tree.root)];
  const images = maps.flatMap((map) => imagesOf(tree, map));
  const connections = maps.flatMap((map) => connectionsOfMap(source, tree, map));
  // The image of a chart without a connection is somebody else's.
  const runtimes = connections.length > 0 ? images : [];
  return [
    ...images.flatMap((image) => declareServer(source, image, vocabulary) ?? []),
    ...runtimes.flatMap((image) => declareRuntime(source, image, vocabulary) ?? []),
    ...connections,
  ];
}

function imagesOf(tree: YamlTree, map: unknown): ImageReference[] {
  const whole = imageIn(tree, tree.get(map, 'image'));
  const tag = tree.text(tree.get(map, 'tag'));
  const split = tree.text(tree.get(map, 'repository')) ?? (tag ? whole : null);
  if (!split) return whole ? [whole] : [];
  const registry = tree.text(tree.get(map, 'registry'))?.value;
  const path = registry ? `${registry}/${split.value}` : split.value;
  if (!tag || tag.value === '') return [{ ...split, value: path }];
  return [{ value: `${path}:${tag.value}`, start: tag.start, end: tag.end }];
}

function templateOf(source: SourceText, vocabulary: Vocabulary): Declaration[] {
  return linesOf(source, withoutActions(source.text), vocabulary);
}

/** `{{ … }}` as a variable of the same length; comments as blanks. */
function withoutActions(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const isComment = /^\{\{-?\s*\/\*/.test(text.slice(open, open + 20));
    const close = text.indexOf(isComment ? '*/' : '}}', open + 2);
    const end = close < 0 ? text.length : isComment ? endOfComment(text, close) : close + 2;
    const action = text.slice(open, end);
    const blank = action.replace(/[^\n]/g, isComment ? ' ' : '_');
    parts.push(
      text.slice(at, open),
      isComment || action.length < 4 || blank.includes('\n') ? blank : `\${${blank.slice(3)}}`,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function endOfComment(text: string, close: number): number {
  const braces = text.indexOf('}}', close);
  return braces < 0 ? text.length : braces + 2;
}

/** `key: value` or `- value`, where the value may be in quotes. */
const VALUE =
  /^[ \t]*(?:-[ \t]+)?(?:["']?([\w.-]+)["']?:[ \t]+)?("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*|>].*)/d;
const LONGEST_LINE = 5000;

function linesOf(source: SourceText, text: string, vocabulary: Vocabulary): Declaration[] {
  const declared: Declaration[] = [];
  // Places are those of the source, since nothing has moved.
  let start = 0;
  for (const line of text.split('\n')) {
    const match = line.length <= LONGEST_LINE ? VALUE.exec(withoutComment(line)) : null;
    const place = match?.indices?.[2];
    if (place) declared.push(...lineOf(source, match[1], line, start, place, vocabulary));
    start += line.length + 1;
  }
  return declared;
}

/** A comment begins after a blank. */
function withoutComment(line: string): string {
  const behind = Math.max(line.lastIndexOf('"'), line.lastIndexOf("'"), 0);
  const comment = Math.max(line.indexOf(' #', behind), line.indexOf('\t#', behind));
  return (comment < 0 ? line : line.slice(0, comment)).trimEnd();
}

function lineOf(
  source: SourceText,
  key: string | undefined,
  line: string,
  lineStart: number,
  [from, to]: readonly [number, number],
  vocabulary: Vocabulary,
): Declaration[] {
  const written = line.slice(from, to);
  const quotes = /^["']/.test(written) ? 1 : 0;
  const [start, end] = [lineStart + from + quotes, lineStart + to - quotes];
  if (end <= start) return [];
  if (key === 'image') {
    const value = written.slice(quotes, written.length - quotes);
    const server = declareServer(source, { value, start, end }, vocabulary);
    return server ? [server] : [];
  }
  // Of a text with actions in it, the source itself shows what is open.
  const found = declareConnection(source, fromYamlScalar(source, lineStart + from, lineStart + to));
  return found ? [found] : [];
}
