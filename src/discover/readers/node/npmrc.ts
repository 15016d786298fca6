/** `.npmrc` (npm, "node-options"): options that npm hands to Node.js. */
import type { Reader } from '../../reader.ts';
import { plain } from '../../text/decoded.ts';
import { nodeOptions } from './node-options.ts';

const NODE_OPTIONS = /^[ \t]*node-options[ \t]*=[ \t]*([^\r\n]*)/dgm;

export const npmrc: Reader = {
  id: 'npmrc',
  matches: (path) => /(?:^|\/)\.npmrc$/.test(path),
  read: (source) =>
    [...source.text.matchAll(NODE_OPTIONS)].flatMap(({ indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      return nodeOptions(source, plain(source, start, end));
    }),
};
