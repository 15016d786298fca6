import type { Metafile } from 'esbuild';
export function buildInto(outdir: string): Promise<Metafile>;
export function bundle(entryPoints: Readonly<Record<string, string>>, outdir: string): Promise<Metafile>;
