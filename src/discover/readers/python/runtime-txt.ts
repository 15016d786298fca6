/** Heroku's `runtime.txt` ("Python runtimes"): `python-3.11.4`. */
import type { Reader } from '../../reader.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';

const PYTHON = /^\uFEFF?\s*python-(\d+(?:\.\d+)*)\s*$/d;

export const runtimeTxt: Reader = {
  id: 'runtime-txt',
  matches: (path) => /(?:^|\/)runtime\.txt$/.test(path),
  read(source) {
    const found = PYTHON.exec(source.text);
    const [start, end] = found?.indices?.[1] ?? [0, 0];
    if (!found) return [];
    const version = found[1] ?? null;
    return [runtimeDeclaration(source, { platform: 'python', version, lowerBound: false, start, end })];
  },
};
