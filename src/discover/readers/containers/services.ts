/** What services of compose files and of GitHub workflows have in common: image, published ports, environment. */
import type { ConnectionDeclaration, TlsPolicyDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { type DecodedText, fromYamlScalar } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { YamlText, YamlTree } from '../../text/yaml-tree.ts';
import { optionsOf } from '../environment.ts';
import type { ImageReference } from './declare-image.ts';

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
  return portPublished(withDefaults(tree.text(port)?.value ?? ''), target);
}

/** The port of the host that leads to the container's `target`, as `published:target` says. */
export function portPublished(mapping: string, target: number): number | null {
  const match = SHORT.exec(mapping);
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
  const inMap = [...tree.entries(node).values()].map((value) => decoded(source, tree.text(value)));
  const inList = tree.items(node).map((item) => afterEquals(decoded(source, tree.text(item))));
  return [...inMap, ...inList].flatMap(
    (value) => (value && declareConnection(source, defaultOf(value), { scope })) ?? [],
  );
}

/** Options of runtimes in the same places, that change their TLS. */
export function optionsIn(
  source: SourceText,
  tree: YamlTree,
  node: unknown,
  scope: string,
): TlsPolicyDeclaration[] {
  const inMap = [...tree.entries(node)].map(
    ([name, value]) => [name, decoded(source, tree.text(value))] as const,
  );
  const inList = tree.items(node).map((item) => {
    const whole = decoded(source, tree.text(item));
    return [whole?.text.split('=', 1)[0] ?? '', afterEquals(whole)] as const;
  });
  return [...inMap, ...inList].flatMap(([name, value]) =>
    value ? optionsOf(source, name, defaultOf(value), scope) : [],
  );
}

function decoded(source: SourceText, text: YamlText | null): DecodedText | null {
  return text && fromYamlScalar(source, text.outer.start, text.outer.end);
}

/** The value of `KEY=value`. */
function afterEquals(assignment: DecodedText | null): DecodedText | null {
  const equals = assignment?.text.indexOf('=') ?? -1;
  return assignment && equals >= 0 ? assignment.slice(equals + 1, assignment.text.length) : null;
}

/** The default of `${NAME:-default}`, when the value is nothing else. */
function defaultOf(value: DecodedText): DecodedText {
  const before = /^\$\{\w+:?-(?=.*\}$)/.exec(value.text)?.[0];
  return before === undefined ? value : value.slice(before.length, value.text.length - 1);
}
