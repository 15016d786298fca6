// The files of test/fixtures/repositories, as text.
import { readdirSync } from 'node:fs';
import { openWorkspace } from '../../src/workspace/workspace.ts';

const ROOT = 'test/fixtures/repositories';

export interface CorpusFile {
  /** Within its family's folder. */
  readonly path: string;
  readonly text: string;
}

export async function corpusFiles(): Promise<readonly CorpusFile[]> {
  const families = readdirSync(ROOT).map(async (family) => {
    const workspace = await openWorkspace(`${ROOT}/${family}`);
    const paths = await workspace.list();
    const read = await Promise.all(paths.map((path) => workspace.read(path)));
    return read.flatMap((file, index) =>
      'text' in file ? [{ path: paths[index] ?? '', text: file.text }] : [],
    );
  });
  return (await Promise.all(families)).flat();
}
