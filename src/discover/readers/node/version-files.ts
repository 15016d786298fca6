/**
 * Files of version managers: `.nvmrc`, `.node-version`, `.python-version`, `.java-version`, `.go-version`, `.tool-versions` (asdf,
 * mise) and `.sdkmanrc`: a line that says which runtime a developer, and often the pipeline, takes.
 */
import type { Platform, RuntimeDeclaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';

const SINGLE: Readonly<Record<string, Platform>> = {
  '.nvmrc': 'node',
  '.node-version': 'node',
  '.python-version': 'python',
  '.java-version': 'jdk',
  '.go-version': 'go',
};
/** The names of tools, of asdf and mise, that are runtimes. */
export const TOOLS: Readonly<Record<string, Platform>> = {
  nodejs: 'node',
  node: 'node',
  java: 'jdk',
  python: 'python',
  golang: 'go',
  go: 'go',
  'dotnet-core': 'dotnet',
  dotnet: 'dotnet',
};

export const versionFiles: Reader = {
  id: 'version-files',
  matches: (path) =>
    /(?:^|\/)(?:\.nvmrc|\.(?:node|python|java|go)-version|\.tool-versions|\.sdkmanrc)$/.test(path),
  read(source) {
    const name = source.file.slice(source.file.lastIndexOf('/') + 1);
    const platform = SINGLE[name];
    if (platform) return first(source, platform);
    return name === '.sdkmanrc'
      ? lines(source, /^(java)=([^\s#]+)/dgm)
      : lines(source, /^([\w-]+)[ \t]+([^\s#]+)/dgm);
  },
};

/** The first line that is no comment; of several versions the first counts (pyenv). */
function first(source: SourceText, platform: Platform): RuntimeDeclaration[] {
  const found = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*([^\s#]+)/d.exec(source.text);
  const [start, end] = found?.indices?.[1] ?? [0, 0];
  return found ? [runtimeOf(source, platform, start, end)] : [];
}

/** Group 1 is the tool, group 2 its version. */
function lines(source: SourceText, pattern: RegExp): RuntimeDeclaration[] {
  return [...source.text.matchAll(pattern)].flatMap(({ 1: tool = '', indices }) => {
    const platform = TOOLS[tool];
    const [start, end] = indices?.[2] ?? [0, 0];
    return platform ? [runtimeOf(source, platform, start, end)] : [];
  });
}

/** `v18.17.0`, `temurin-17.0.9+9`, `17.0.9-tem`; `lts/*` and `system` name no version. */
export function runtimeOf(
  source: SourceText,
  platform: Platform,
  start: number,
  end: number,
): RuntimeDeclaration {
  const written = source.text.slice(start, end);
  const version = /^(?:[a-z][a-z0-9]*-)*v?(\d+(?:\.\d+)*(?:_\d+|u\d+)?)/i.exec(written)?.[1] ?? null;
  return runtimeDeclaration(source, { platform, version, lowerBound: false, start, end });
}
