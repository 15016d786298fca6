/** What services of compose files and of GitHub workflows have in common: image, published ports, environment. */
import type { ConnectionDeclaration } from '../../model/declaration.ts';
import { declareConnection } from '../connection-strings/declare.ts';
import { type Decoded, fromYamlScalar, plain } from '../text/decoded.ts';
import type { SourceText } from '../text/source-text.ts';
import type { ImageReference } from './declare-image.ts';
import type { YamlText, YamlTree } from './yaml-tree.ts';

export const SQL_SERVER_PORT = 1433;

/** An image reference with the defaults of its variables, `null` when there is none. */
export function imageIn(tree: YamlTree, node: unknown): ImageReference | null {
  const text = tree.text(node);
  return text && { value: withDefaults(text.value.trim()), start: text.start, end: text.end };
}

/** `ports:` in its short form: `[address:][published:]target[/protocol]`, where both ports may be ranges. */
const SHORT = /^(?:(?:\[[^\]]*\]|[\d.]+):)?(\d{1,5})(?:-\d{1,5})?:(\d{1,5})(?:-(\d{1,5}))?(?:\/tcp)?$/;

/** Published ports that lead to the container's `target`; a port that the host chooses is not among them. */
export function publishedPorts(tree: YamlTree, ports: unknown, target: number): number[] {
  return tree
    .items(ports)
    .flatMap((port) => shortForm(tree, port, target) ?? longForm(tree, port, target) ?? []);
}

function shortForm(tree: YamlTree, port: unknown, target: number): number | null {
  const match = SHORT.exec(withDefaults(tree.text(port)?.value ?? ''));
  if (!match) return null;
  const [published, first] = [Number(match[1]), Number(match[2])];
  const last = match[3] === undefined ? first : Number(match[3]);
  return target >= first && target <= last ? published + target - first : null;
}

function longForm(tree: YamlTree, port: unknown, target: number): number | null {
  const number = (key: string) => Number(withDefaults(tree.text(tree.get(port, key))?.value ?? ''));
  return number('target') === target && number('published') > 0 ? number('published') : null;
}

/** `${NAME:-default}` and `${NAME-default}` become the default; other variables stay as written. */
export function withDefaults(text: string): string {
  return text.replace(/\$\{\w+:?-([^${}]*)\}/g, '$1');
}

/** `node` is a map, or a list of `KEY=value`. `scope` is the folder that the values speak for. */
export function connectionsIn(
  source: SourceText,
  tree: YamlTree,
  node: unknown,
  scope: string,
): ConnectionDeclaration[] {
  const values = [
    ...[...tree.entries(node).values()].map((value) => decodedValue(source, tree.text(value))),
    ...tree.items(node).map((item) => decodedAssignment(source, tree.text(item))),
  ];
  return values.flatMap((decoded) => (decoded && declareConnection(source, decoded, { scope })) ?? []);
}

function decodedValue(source: SourceText, text: YamlText | null): Decoded | null {
  if (!text) return null;
  return defaultIn(source, text) ?? fromYamlScalar(source, text.outer.start, text.outer.end);
}

/** `KEY=value`, with quotes around the whole of it or none. */
function decodedAssignment(source: SourceText, text: YamlText | null): Decoded | null {
  const equals = text ? source.text.indexOf('=', text.start) : -1;
  if (!text || equals < 0 || equals >= text.end) return null;
  const value = { start: equals + 1, end: text.end };
  return defaultIn(source, value) ?? plain(source, value.start, value.end);
}

/** The default of `${NAME:-default}`, when the value is nothing else. */
function defaultIn(source: SourceText, { start, end }: { start: number; end: number }): Decoded | null {
  const before = /^\$\{\w+:?-(?=.*\}$)/.exec(source.text.slice(start, end))?.[0];
  return before === undefined ? null : plain(source, start + before.length, end - 1);
}
