import type { Metafile } from 'esbuild';
export function buildInto(outdir: string): Promise<Metafile>;
