/** npm's `package.json`. */
import type { Node } from 'jsonc-parser';
import type { Declaration } from '../../model/declaration.ts';
import type { Reader } from '../reader.ts';
import type { SourceText } from '../text/source-text.ts';
import { readJson } from './appsettings.ts';
import { driverDeclaration } from './driver-declaration.ts';
import { entriesOf, member, stringRange } from './json-tree.ts';

const SECTIONS = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'];

export const packageJson: Reader = {
  id: 'package-json',
  matches: (path) => /(?:^|\/)package\.json$/.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    const seen = new Set<string>();
    const drivers = SECTIONS.flatMap((section) => entriesOf(member(root, section))).flatMap(
      ([name, node]) => {
        if (node.type !== 'string' || seen.has(name)) return [];
        seen.add(name);
        return driverDeclaration(source, vocabulary, {
          ecosystem: 'npm',
          package: name,
          version: String(node.value),
          role: 'uses',
          ...stringRange(node),
        });
      },
    );
    return [
      ...drivers,
      ...nodeVersion(source, member(member(root, 'volta'), 'node'), false),
      ...nodeVersion(source, member(member(root, 'engines'), 'node'), true),
    ];
  },
};

function nodeVersion(source: SourceText, node: Node | undefined, lowerBound: boolean): Declaration[] {
  if (node?.type !== 'string') return [];
  const { start, end } = stringRange(node);
  return [
    {
      kind: 'runtime',
      span: source.span(start, end),
      text: source.text.slice(start, end),
      scope: source.folder,
      platform: 'node',
      version: String(node.value),
      lowerBound,
      stack: null,
    },
  ];
}
