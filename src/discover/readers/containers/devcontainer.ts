/** Development containers: the SQL Server or the runtime of the image, and connection strings (containers.dev, "devcontainer.json"). */
import type { Node } from 'jsonc-parser';
import type { Declaration, Platform, RuntimeDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareRuntime, declareServer } from './declare-image.ts';

export const devcontainer: Reader = {
  id: 'devcontainer',
  matches: (path) => /(?:^|\/)(?:\.devcontainer\/(?:[^/]+\/)?devcontainer|\.devcontainer)\.json$/i.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    const environments = ['containerEnv', 'remoteEnv'].flatMap((key) => entriesOf(member(root, key)));
    const connections = environments.flatMap(([, node]) => {
      if (node.type !== 'string') return [];
      const { start, end } = stringRange(node);
      return declareConnection(source, fromJsonString(source, start, end), { scope: folderOf(source) }) ?? [];
    });
    const image = textOf(member(root, 'image'));
    const server = image && declareServer(source, image, vocabulary, LOCAL);
    if (server) return [{ ...server, scope: folderOf(source) }, ...connections];
    // Where people write their programs is not where these run, unless they connect from there.
    if (connections.length === 0) return [];
    const runtime = image && declareRuntime(source, image, vocabulary, folderOf(source));
    const found: Declaration[] = [...(runtime ? [runtime] : []), ...featuresOf(source, root)];
    return [...found, ...connections];
  },
};

const LOCAL = [{ host: 'localhost', port: 1433, instance: null }];

/** The project is the folder that holds `.devcontainer`. */
const folderOf = ({ folder }: SourceText) => folder.replace(/(?:^|\/)\.devcontainer(?:\/.*)?$/, '');

function textOf(node: Node | undefined) {
  if (node?.type !== 'string' || node.length <= 2) return null;
  return { value: String(node.value), ...stringRange(node) };
}

/** https://github.com/devcontainers/features */
const FEATURES: readonly (readonly [RegExp, Platform])[] = [
  [/\/features\/java(?::|$)/, 'jdk'],
  [/\/features\/node(?::|$)/, 'node'],
  [/\/features\/python(?::|$)/, 'python'],
  [/\/features\/go(?::|$)/, 'go'],
  [/\/features\/dotnet(?::|$)/, 'dotnet'],
];

/** A version of its own; without one, or with `lts` and `latest`, a feature does not say which. */
function featuresOf(source: SourceText, root: Node): RuntimeDeclaration[] {
  return entriesOf(member(root, 'features')).flatMap(([name, options]) => {
    const platform = FEATURES.find(([pattern]) => pattern.test(name))?.[1];
    const written = textOf(options) ?? textOf(member(options, 'version'));
    if (platform === undefined || !written) return [];
    const { value, start, end } = written;
    return [
      {
        kind: 'runtime',
        span: source.span(start, end),
        text: source.text.slice(start, end),
        scope: folderOf(source),
        platform,
        version: /^v?(\d+(?:\.\d+)*)/.exec(value)?.[1] ?? null,
        lowerBound: false,
        stack: null,
      },
    ];
  });
}
