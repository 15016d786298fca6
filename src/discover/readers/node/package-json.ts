/** npm's `package.json`. */
import type { Node } from 'jsonc-parser';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';
import { nodeOptions } from './node-options.ts';

const SECTIONS = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'];

export const packageJson: Reader = {
  id: 'package-json',
  matches: (path) => /(?:^|\/)package\.json$/.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    // A package in several sections is installed as the first of them says.
    const wanted = new Map(SECTIONS.toReversed().flatMap((section) => entriesOf(member(root, section))));
    const drivers = [...wanted].flatMap(([name, node]) => driverOf(source, vocabulary, name, node));
    return [
      ...drivers,
      ...scriptsOf(source, member(root, 'scripts')),
      ...nodeVersion(source, member(member(root, 'volta'), 'node'), false),
      ...nodeVersion(source, member(member(root, 'engines'), 'node'), true),
    ];
  },
};

/** `NODE_OPTIONS=--tls-min-v1.0 node a.js`, `node --tls-min-v1.0 a.js`. */
function scriptsOf(source: SourceText, scripts: Node | undefined): Declaration[] {
  return entriesOf(scripts).flatMap(([, node]) => {
    if (node.type !== 'string' || !/\bnode\b|NODE_OPTIONS/.test(String(node.value))) return [];
    const { start, end } = stringRange(node);
    return nodeOptions(source, fromJsonString(source, start, end));
  });
}

/** A folder, a repository, a tag: no version of the registry. */
const ELSEWHERE =
  /^(?:workspace|file|link|portal|catalog|patch|git|git\+\w+|github|https?):|^(?:latest|next)$/;

/** `npm:name@range`, package.json, "Alias". */
const ALIAS = /^npm:((?:@[^/@]+\/)?[^/@]+)(?:@(?=(.+)))?/;

function driverOf(source: SourceText, vocabulary: Vocabulary, key: string, node: Node): Declaration[] {
  if (node.type !== 'string') return [];
  const { start, end } = stringRange(node);
  const written = fromJsonString(source, start, end);
  const alias = ALIAS.exec(written.text);
  const range = (alias ? alias[2] : written.text) ?? '';
  const version = range === '' || ELSEWHERE.test(range) ? null : range;
  // Without a version the place is that of the key.
  const place = version === null ? node.parent?.children?.[0] : undefined;
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'npm',
    package: alias?.[1] ?? key,
    version,
    role: 'uses',
    ...(place ? stringRange(place) : { start: written.sourceOffset(alias?.[0].length ?? 0), end }),
  });
}

function nodeVersion(source: SourceText, node: Node | undefined, lowerBound: boolean): Declaration[] {
  if (node?.type !== 'string' || node.value === '') return [];
  const version = String(node.value);
  return [runtimeDeclaration(source, { platform: 'node', version, lowerBound, ...stringRange(node) })];
}
