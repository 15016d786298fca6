/** `//go:debug name=value` before the package clause of a main package ("Go, Backwards Compatibility, and GODEBUG"). */
import type { Reader } from '../../reader.ts';
import { godebugSettings } from './godebug.ts';

export const goDebugComment: Reader = {
  id: 'go-debug-comment',
  words: /\/\/go:debug\s/,
  matches: (path) => path.endsWith('.go'),
  read(source) {
    const head = source.text.slice(0, source.text.search(/^package\s/m) + 1);
    return [...head.matchAll(/^\/\/go:debug[ \t]+(\w+=\w+)/dgm)].flatMap(({ 1: text = '', indices }) =>
      godebugSettings(source, text, indices?.[1]?.[0] ?? 0),
    );
  },
};
