/** An image reference, wherever it stands: a SQL Server, or what a client runs on. */
import type { Endpoint } from '../../../model/connection.ts';
import type { RuntimeDeclaration, ServerDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';

export interface ImageReference {
  /** The reference with its variables filled in. */
  readonly value: string;
  /** Offsets of the reference as written. */
  readonly start: number;
  readonly end: number;
}

/** `null` unless the image runs a SQL Server. */
export function declareServer(
  source: SourceText,
  image: ImageReference,
  vocabulary: Vocabulary,
  endpoints: readonly Endpoint[] = [],
): ServerDeclaration | null {
  const { server } = vocabulary.meaningOfImage(image.value);
  if (!server) return null;
  const { product, id, stack } = server;
  return {
    kind: 'server',
    ...written(source, image),
    scope: source.folder,
    image: image.value,
    product,
    server: id,
    stack,
    endpoints,
  };
}

/** `null` when the image does not say what runs in it. */
export function declareRuntime(
  source: SourceText,
  image: ImageReference,
  vocabulary: Vocabulary,
  scope: string = source.folder,
): RuntimeDeclaration | null {
  const { runtime } = vocabulary.meaningOfImage(image.value);
  return runtime && { kind: 'runtime', ...written(source, image), scope, ...runtime, lowerBound: false };
}

function written(source: SourceText, { start, end }: ImageReference) {
  return { span: source.span(start, end), text: source.text.slice(start, end) };
}
