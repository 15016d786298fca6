/** One declaration of what a component runs on. */
import type { Platform, RuntimeDeclaration } from '../../model/declaration.ts';
import type { SourceText } from '../text/source-text.ts';

export interface FoundRuntime {
  readonly platform: Platform;
  readonly version: string | null;
  readonly lowerBound: boolean;
  /** Of the version text. */
  readonly start: number;
  readonly end: number;
}

export function runtimeDeclaration(source: SourceText, found: FoundRuntime): RuntimeDeclaration {
  const { platform, version, lowerBound, start, end } = found;
  return {
    kind: 'runtime',
    span: source.span(start, end),
    text: source.text.slice(start, end),
    scope: source.folder,
    platform,
    version,
    lowerBound,
    stack: null,
  };
}
